import CLinuxNetwork
import DataPlane
import Glibc

/// Receives the ICMP "destination unreachable" messages that arrive at this machine, about whatever datagrams. Each is a whole IPv4
/// datagram, for `QuotedError` to read.
///
/// A UDP socket reports such errors too, but not the UDP header that they quote, and it returns them from calls that send other datagrams.
package final class ICMPErrorSocket: Sendable {
    package let descriptor: CInt

    /// Nil when this program may not open a raw socket.
    package init?() {
        let opened = socket(AF_INET, CInt(mip_socket_raw | mip_socket_flags), CInt(IPPROTO_ICMP))
        guard opened >= 0 else { return nil }
        guard mip_pass_icmp_types(opened, QuotedError.icmpType, QuotedError.icmpType) == 0 else {
            close(opened)
            return nil
        }
        descriptor = opened
    }

    deinit { close(descriptor) }
}
