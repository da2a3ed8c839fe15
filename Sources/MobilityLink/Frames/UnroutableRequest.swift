package import DataPlane
package import MobileIPv4

/// A registration request from source address 0.0.0.0 (RFC 5944 §3.6.1.1), as received in its frame.
package struct UnroutableRequest: Sendable {
    /// Nil when it is longer than what is read of a frame.
    package let payload: [UInt8]?
    /// The link-layer address that it came from.
    package let sender: LinkLayerAddress
    package let sourcePort: UInt16
    package let destination: TransportEndpoint
    package let timeToLive: UInt8
}
