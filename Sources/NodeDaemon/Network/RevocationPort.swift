import MobileIPv4
import MobilityLink
import NIOCore

/// Where revocations arrive: the port of the protocol at the node's co-located care-of address (RFC 3543 §3.3). Requests leave from
/// another port, so that elsewhere the node does not stand in the way of an agent on the same machine.
final class RevocationPort {
    let address: IPv4Address
    private let socket: UDPSocket
    private let reader: SocketReader

    /// Opens the port. What arrives is handled by the runtime, on its event loop.
    ///
    /// - Parameter mark: A firewall mark on what is sent, so that it takes no tunnel.
    init(
        at address: IPv4Address, mark: UInt32, runtime: NIOLoopBound<NodeRuntime>
    ) throws(LinkError) {
        self.address = address
        let socket = try UDPSocket(
            bindingTo: TransportEndpoint(address, port: TransportEndpoint.registrationPort), receiveBuffer: 1 << 16)
        socket.setMark(mark)
        self.socket = socket
        reader = SocketReader([
            SocketReader.Source(descriptor: socket.descriptor) { arrival, done in
                runtime.eventLoop.execute {
                    if case .datagrams(let batch) = arrival {
                        batch.forEach { runtime.value.receiveRevocation($0, $1, at: socket) }
                        runtime.value.finish()
                    }
                    done()
                }
            }
        ])
        reader.start()
    }

    /// Stops reading. Call it before the last reference is dropped, since the reader uses the socket's descriptor.
    func close() { reader.stop() }
}
