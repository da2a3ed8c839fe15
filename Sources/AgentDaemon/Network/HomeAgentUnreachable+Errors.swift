import CLinuxNetwork
import Glibc
import MobilityAgent

extension HomeAgentUnreachable {
    /// Nil for ICMP errors that do not end the wait for a reply (RFC 5944 §3.7.2.3 lists those that do).
    init?(_ report: mip_icmp_report) {
        guard report.type == 3 else { return nil }
        switch report.code {
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
