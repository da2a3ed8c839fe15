import CLinuxNetwork
import Glibc

/// A refusal by rtnetlink.
struct NetlinkError: Error, Hashable {
    /// The errno.
    var code: CInt
}

/// One socket to rtnetlink. Only one thread may use it at a time.
final class NetlinkSocket {
    private let descriptor: CInt
    private var sequence: UInt32 = 0
    /// As large as the kernel's longest replies.
    private var buffer = [UInt8](repeating: 0, count: 65_536)

    private static let headerLength = MemoryLayout<nlmsghdr>.size

    init() throws(NetlinkError) {
        descriptor = socket(AF_NETLINK, mip_socket_raw_cloexec, NETLINK_ROUTE)
        guard descriptor >= 0 else { throw NetlinkError(code: errno) }
        // The kernel replies at once, or a little later while it is busy with other changes.
        var limit = timeval(tv_sec: 5, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        let code = mip_connect_netlink(descriptor)
        guard code == 0 else { throw NetlinkError(code: code) }
        // The kernel honours a filter in a dump only with this option; older kernels return more, which the readers tolerate.
        _ = mip_set_option(descriptor, Int32(mip_sol_netlink), Int32(mip_netlink_strict_check), 1)
    }

    deinit { close(descriptor) }

    /// Sends a request and waits for the kernel's reply, which comes at once.
    func perform(_ message: NetlinkMessage) throws(NetlinkError) { _ = try exchange(message, extraFlags: NLM_F_ACK) }

    /// Requests one object.
    func get(_ message: NetlinkMessage) throws(NetlinkError) -> NetlinkReply {
        guard let reply = try exchange(message, extraFlags: NLM_F_ACK).first else { throw NetlinkError(code: ENOENT) }
        return reply
    }

    /// Requests all objects of a kind.
    func dump(_ message: NetlinkMessage) throws(NetlinkError) -> [NetlinkReply] {
        try exchange(message, extraFlags: NLM_F_DUMP)
    }

    private func exchange(_ message: NetlinkMessage, extraFlags: CInt) throws(NetlinkError) -> [NetlinkReply] {
        sequence &+= 1
        let header = nlmsghdr(
            nlmsg_len: UInt32(truncatingIfNeeded: Self.headerLength + message.body.count), nlmsg_type: message.type,
            nlmsg_flags: message.flags | UInt16(truncatingIfNeeded: NLM_F_REQUEST | extraFlags), nlmsg_seq: sequence,
            nlmsg_pid: 0)
        let octets = withUnsafeBytes(of: header) { Array($0) } + message.body
        guard send(descriptor, octets, octets.count, 0) == octets.count else { throw NetlinkError(code: errno) }
        var replies: [NetlinkReply] = []
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw NetlinkError(code: errno) }
            if try read(count, into: &replies) { return replies }
        }
    }

    /// - Returns: true after the last reply.
    private func read(_ count: Int, into replies: inout [NetlinkReply]) throws(NetlinkError) -> Bool {
        var offset = 0
        while offset + Self.headerLength <= count {
            let header = buffer.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: nlmsghdr.self) }
            let length = Int(header.nlmsg_len)
            guard length >= Self.headerLength, offset + length <= count else { throw NetlinkError(code: EBADMSG) }
            let body = buffer[offset + Self.headerLength..<offset + length]
            offset += (length + 3) & ~3
            // A reply to an earlier request that failed half-way.
            guard header.nlmsg_seq == sequence else { continue }
            switch CInt(header.nlmsg_type) {
            case NLMSG_NOOP: continue
            case NLMSG_ERROR, NLMSG_DONE:
                let code = body.integer(CInt.self) ?? 0
                guard code == 0 else { throw NetlinkError(code: -code) }
                return true
            default: replies.append(NetlinkReply(type: header.nlmsg_type, body: Array(body)))
            }
        }
        return false
    }
}
