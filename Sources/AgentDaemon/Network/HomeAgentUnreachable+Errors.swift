import CLinuxNetwork
import DataPlane
import Glibc
import MobileIPv4
import MobilityAgent

extension HomeAgentUnreachable {
    /// Nil for ICMP errors that do not end the wait for a reply (RFC 5944 §3.7.2.3 lists those that do).
    ///
    /// - Parameter code: of "destination unreachable".
    init?(icmpCode code: UInt8) {
        switch code {
        case 0, 6, 9, 11: self = .network
        case 1, 7, 8, 10, 12: self = .host
        case 3: self = .port
        case 4: return nil
        default: self = .other
        }
    }

    /// Nil for local errors that say nothing about the home agent.
    init?(_ code: CInt) {
        switch code {
        case ENETUNREACH, ENETDOWN: self = .network
        case EHOSTUNREACH, EHOSTDOWN: self = .host
        case ECONNREFUSED: self = .port
        case EINVAL, EACCES, EPERM, EADDRNOTAVAIL: self = .other
        default: return nil
        }
    }
}

extension QuotedRequest {
    /// Nil unless the message quotes a UDP datagram.
    ///
    /// - Parameter datagram: what `error` was read from.
    init?(_ error: QuotedError, in datagram: RawSpan) {
        guard let udp = QuotedUDP(error, in: datagram) else { return nil }
        let payload = datagram.extracting(udp.payload.prefix(RegistrationRequest.fixedSize))
        self.init(
            source: udp.source, destination: udp.destination, length: udp.length, checksum: udp.checksum,
            payload: payload.withUnsafeBytes { Array($0) })
    }

    /// What the kernel reports of an error on the socket that sent the quoted datagram.
    init(_ report: mip_icmp_report, from source: TransportEndpoint) {
        let count = min(Int(report.payload_length), Int(mip_icmp_report_limit))
        let payload = withUnsafePointer(to: report) { pointer in
            // The array inside the structure, of which the kernel has filled this many bytes.
            Array(UnsafeBufferPointer(start: mip_icmp_report_payload(pointer), count: count))
        }
        self.init(
            source: source,
            destination: TransportEndpoint(IPv4Address(rawValue: report.destination_address), port: report.destination_port),
            length: nil, payload: payload)
    }
}
