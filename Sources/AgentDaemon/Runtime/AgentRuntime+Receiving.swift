import CLinuxNetwork
import DataPlane
import Glibc
import Logging
import MobileIPv4
import MobilityAgent
import MobilityLink

/// What arrives at the sockets.
extension AgentRuntime {
    /// Handles what arrived at a socket, and then its consequences.
    func receive(_ arrival: SocketReader.Arrival, at local: TransportEndpoint) {
        guard wakes() else { return }
        switch arrival {
        case .datagrams(let batch):
            readFrames()
            let now = clock.now
            batch.forEach { payload, header in
                guard header.excessLength == nil else { return agent.discardTooLong() }
                agent.receive(
                    payload, from: header.source,
                    linkLayer: discovery?.sender(of: payload, from: header.source.address)?.rawValue, to: local,
                    timeToLive: header.timeToLive, at: now, effects: &effects)
            }
        case .readable: break
        case .icmpErrors(let reports):
            for report in reports where report.type == QuotedError.icmpType {
                note(report.code, QuotedRequest(report, from: local))
            }
        case .failure(EBADF): fail(AgentDaemonError("the socket for \(local) was closed by an error"))
        case .failure(let code): readFailed("\(local)", code)
        }
        flush()
    }

    /// Handles ICMP errors that arrived at this machine; those about datagrams of this agent are examined.
    func receiveErrors(_ arrival: SocketReader.Arrival) {
        guard wakes() else { return }
        switch arrival {
        case .datagrams(let batch):
            batch.forEach { datagram, _ in
                guard let error = QuotedError(datagram), let quoted = QuotedRequest(error, in: datagram),
                    sockets[quoted.source] != nil
                else { return }
                note(error.code, quoted)
            }
        case .icmpErrors, .readable: break
        case .failure(EBADF): fail(AgentDaemonError("the socket for ICMP errors was closed by an error"))
        case .failure(let code): readFailed("ICMP", code)
        }
        flush()
    }

    private func note(_ code: UInt8, _ quoted: QuotedRequest) {
        guard let unreachable = HomeAgentUnreachable(icmpCode: code) else { return }
        agent.reportUnreachable(unreachable, quoting: quoted, at: clock.now, effects: &effects)
    }

    /// Handles ICMP messages; solicitations are answered.
    func receiveICMP(_ arrival: SocketReader.Arrival) {
        guard wakes() else { return }
        switch arrival {
        case .datagrams(let batch): batch.forEach { discovery?.receive($0, $1) }
        case .icmpErrors, .readable: break
        case .failure(EBADF): fail(AgentDaemonError("the socket for agent discovery was closed by an error"))
        case .failure(let code): readFailed("ICMP", code)
        }
        flush()
    }

    /// Frames have arrived.
    func receiveFrames() {
        guard wakes() else { return }
        readFrames()
        flush()
    }

    private func readFrames() {
        guard let discovery else { return }
        discovery.refreshNeighbors()
        for request in discovery.takeUnroutable() {
            guard let payload = request.payload else {
                agent.discardTooLong()
                continue
            }
            agent.receive(
                payload.span.bytes, from: TransportEndpoint(.zero, port: request.sourcePort),
                linkLayer: request.sender.rawValue, to: request.destination, timeToLive: request.timeToLive, at: clock.now,
                effects: &effects)
        }
    }

    private func readFailed(_ what: String, _ code: CInt) {
        logger.warning(
            "cannot read from a socket", metadata: ["socket": "\(what)", "error": "\(String(cString: strerror(code)))"])
    }
}
