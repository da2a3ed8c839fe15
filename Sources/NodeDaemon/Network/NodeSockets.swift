import DataPlane
import MobileIPv4
import MobileNode
import MobilityLink

/// The sockets of a mobile node: UDP, ICMP, and frames for what a node must not or cannot route.
final class NodeSockets {
    let link: LinkWatch
    let neighbors: LinkLayerTable
    let udp: UDPSocket
    let icmp: ICMPSocket
    /// The firewall mark on datagrams that take no tunnel.
    private(set) var mark: UInt32 = 0

    init(_ configuration: NodeDaemonConfiguration, routes: RouteClient) throws(NodeDaemonError) {
        link = try LinkWatch(interface: configuration.interface, routes: routes)
        do {
            neighbors = try LinkLayerTable(
                interface: configuration.interface, index: link.index, ports: [configuration.movement.foreignAgentPort])
            icmp = try ICMPSocket(
                receiving: AgentAdvertisement.icmpType, from: ICMPSocket.allSystems, interfaces: [link.index])
            udp = try UDPSocket(bindingTo: TransportEndpoint(.zero, port: 0), receiveBuffer: 1 << 18)
        } catch {
            throw NodeDaemonError(error)
        }
        // A foreign agent recognises by this that the node is on its link (RFC 3024 §4.2.1).
        udp.setTimeToLive(255)
    }

    var port: UInt16 { udp.port }

    /// Sets a firewall mark on what the node sends, by which routing rules distinguish it from what goes through a tunnel.
    func setMark(_ mark: UInt32) {
        self.mark = mark
        udp.setMark(mark)
    }

    /// Sends an agent solicitation. Returns 0 or an `errno`.
    func solicit(from source: IPv4Address) -> CInt {
        icmp.send(AgentSolicitation.encoded(), to: ICMPSocket.allRouters, from: source, interface: link.index)
    }

    /// Sends a request; a node without an address sends it in a frame to the agent it has heard. Returns 0 or an `errno`.
    func send(_ request: [UInt8], to destination: TransportEndpoint, from source: IPv4Address) -> CInt {
        guard source == .zero, let agent = neighbors.address(of: destination.address) else {
            return udp.send(request, to: destination, from: source, interface: 0)
        }
        let datagram = OutgoingDatagram(
            source: TransportEndpoint(source, port: port), destination: destination, payload: request)
        return neighbors.send(datagram.inIPv4, to: agent)
    }
}
