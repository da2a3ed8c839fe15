import CLinuxNetwork
import Glibc

/// Receives the ICMP "destination unreachable" messages that arrive at this machine, of which those about tunnels are used.
final class TunnelErrorSocket: Sendable {
    let descriptor: CInt

    init() throws(DataPlaneError) {
        let action = "cannot open the raw socket for ICMP errors about tunnels"
        let opened = try Descriptor(
            socket(AF_INET, mip_socket_raw | mip_socket_flags, CInt(IPProtocol.icmp)), action,
            hint: "the program needs CAP_NET_RAW")
        let code = mip_pass_icmp_types(opened.number, QuotedError.icmpType, QuotedError.icmpType)
        guard code == 0 else { throw DataPlaneError(action, code) }
        descriptor = opened.take()
    }

    deinit { close(descriptor) }
}
