import CLinuxNetwork
import Glibc

/// A refusal by rtnetlink.
struct NetlinkError: Error, Hashable {
    /// The errno.
    var code: CInt
}

/// One socket to rtnetlink. Only one thread may use it at a time.
final class NetlinkSocket {
    let descriptor: CInt
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

    /// Sends requests in one datagram, of which the kernel carries out each, and waits for its reply to the last.
    ///
    /// - Parameter messages: so few that the replies to all of them fit into the socket's buffer.
    /// - Returns: the refusals, by index; every other request has been carried out.
    /// - Throws: when it is unknown which of them have been carried out.
    func perform(_ messages: [NetlinkMessage]) throws(NetlinkError) -> [Int: NetlinkError] {
        guard let last = messages.indices.last else { return [:] }
        let first = sequence &+ 1
        var bytes: [UInt8] = []
        bytes.reserveCapacity(messages.reduce(0) { $0 + Self.headerLength + $1.body.count })
        for (index, message) in messages.enumerated() {
            // A refusal is reported in any case; the reply to the last request shows that there are no more.
            append(message, extraFlags: index == last ? NLM_F_ACK : 0, to: &bytes)
        }
        try send(bytes)
        var refusals: [Int: NetlinkError] = [:]
        var isComplete = false
        while !isComplete {
            isComplete = try receive { (header, body) throws(NetlinkError) in
                let index = Int(header.nlmsg_seq &- first)
                guard index <= last, CInt(header.nlmsg_type) == NLMSG_ERROR else { return false }
                let code = body.integer(CInt.self) ?? 0
                if code != 0 { refusals[index] = NetlinkError(code: -code) }
                return index == last
            }
        }
        return refusals
    }

    private func exchange(_ message: NetlinkMessage, extraFlags: CInt) throws(NetlinkError) -> [NetlinkReply] {
        var bytes: [UInt8] = []
        append(message, extraFlags: extraFlags, to: &bytes)
        try send(bytes)
        var replies: [NetlinkReply] = []
        var isComplete = false
        while !isComplete {
            isComplete = try receive { (header, body) throws(NetlinkError) in
                // A reply to an earlier request that failed half-way.
                guard header.nlmsg_seq == sequence else { return false }
                switch CInt(header.nlmsg_type) {
                case NLMSG_NOOP: return false
                case NLMSG_ERROR, NLMSG_DONE:
                    let code = body.integer(CInt.self) ?? 0
                    guard code == 0 else { throw NetlinkError(code: -code) }
                    return true
                default:
                    replies.append(NetlinkReply(type: header.nlmsg_type, body: Array(body)))
                    return false
                }
            }
        }
        return replies
    }

    /// Appends a request with the next sequence number.
    private func append(_ message: NetlinkMessage, extraFlags: CInt, to bytes: inout [UInt8]) {
        sequence &+= 1
        let header = nlmsghdr(
            nlmsg_len: UInt32(truncatingIfNeeded: Self.headerLength + message.body.count), nlmsg_type: message.type,
            nlmsg_flags: message.flags | UInt16(truncatingIfNeeded: NLM_F_REQUEST | extraFlags), nlmsg_seq: sequence,
            nlmsg_pid: 0)
        withUnsafeBytes(of: header) { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: message.body)
    }

    private func send(_ bytes: [UInt8]) throws(NetlinkError) {
        guard Glibc.send(descriptor, bytes, bytes.count, 0) == bytes.count else { throw NetlinkError(code: errno) }
    }

    /// Waits for one datagram, and visits its messages until a visit returns true: that message is the last that is awaited.
    ///
    /// - Returns: whether one was the last.
    private func receive(
        _ visit: (nlmsghdr, ArraySlice<UInt8>) throws(NetlinkError) -> Bool
    ) throws(NetlinkError) -> Bool {
        var count = recv(descriptor, &buffer, buffer.count, 0)
        while count < 0 && errno == EINTR { count = recv(descriptor, &buffer, buffer.count, 0) }
        guard count >= 0 else {
            let code = errno
            // After an overflow, the kernel drops every reply until all that wait have been read.
            if code == ENOBUFS { discardReplies() }
            throw NetlinkError(code: code)
        }
        var offset = 0
        while offset + Self.headerLength <= count {
            let header = buffer.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: nlmsghdr.self) }
            let length = Int(header.nlmsg_len)
            guard length >= Self.headerLength, offset + length <= count else { throw NetlinkError(code: EBADMSG) }
            if try visit(header, buffer[offset + Self.headerLength..<offset + length]) { return true }
            offset += (length + 3) & ~3
        }
        return false
    }

    private func discardReplies() {
        var count = 0
        repeat {
            count = recv(descriptor, &buffer, buffer.count, CInt(MSG_DONTWAIT))
        } while count >= 0 || errno == ENOBUFS
    }
}
