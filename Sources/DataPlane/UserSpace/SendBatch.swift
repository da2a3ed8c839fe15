import CLinuxNetwork
import Glibc
import MobileIPv4

/// Outer datagrams that are sent with one system call, and what is counted once they have been sent.
///
/// The datagrams stay in the buffers they were made in until `flush`. Used by one thread only.
final class SendBatch {
    /// What to count for a message.
    struct Account {
        /// Octets of the datagram in the tunnel.
        var octets: Int
        var tunnel: Int
        /// Nil for the second and further copies of a datagram.
        var party: ForwardingTable.Party?
        /// True for every fragment but the last; these are not counted.
        var isPartial = false
        var isPiece = false
    }

    private static let capacity = 64
    private static let pieceHeaderLength = 32

    private(set) var count = 0
    private var descriptor: CInt = -1
    private var accounts: [Account] = []
    // sendmmsg needs fixed memory that the messages point to.
    private let messages = UnsafeMutablePointer<mip_message>.allocate(capacity: capacity)
    private let vectors = UnsafeMutablePointer<iovec>.allocate(capacity: 2 * capacity)
    private let addresses = UnsafeMutablePointer<sockaddr_in>.allocate(capacity: capacity)
    private let headers = UnsafeMutableRawPointer.allocate(byteCount: pieceHeaderLength * capacity, alignment: 8)

    init() {
        accounts.reserveCapacity(Self.capacity)
        for index in 0..<Self.capacity {
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            (addresses + index).initialize(to: address)
            (vectors + 2 * index).initialize(to: iovec())
            (vectors + 2 * index + 1).initialize(to: iovec())
            var message = mip_message()
            message.header.msg_name = UnsafeMutableRawPointer(addresses + index)
            message.header.msg_namelen = socklen_t(MemoryLayout<sockaddr_in>.size)
            message.header.msg_iov = vectors + 2 * index
            (messages + index).initialize(to: message)
        }
    }

    deinit {
        messages.deallocate()
        vectors.deallocate()
        addresses.deallocate()
        headers.deallocate()
    }

    /// True when nothing can be added for `descriptor` before a flush.
    func mustFlush(before descriptor: CInt) -> Bool { count == Self.capacity || count > 0 && descriptor != self.descriptor }

    /// Adds a whole outer datagram. `mustFlush` must be false.
    func add(_ octets: UnsafeMutableRawPointer, length: Int, to remote: IPv4Address, from descriptor: CInt, _ account: Account) {
        vectors[2 * count] = iovec(iov_base: octets, iov_len: length)
        add(vectorCount: 1, to: remote, from: descriptor, account)
    }

    /// Adds a fragment of the outer datagram at `octets`. `mustFlush` must be false.
    func add(
        _ piece: Fragmentation.Piece, of octets: UnsafeMutableRawPointer, to remote: IPv4Address, from descriptor: CInt,
        _ account: Account
    ) {
        let header = headers + Self.pieceHeaderLength * count
        var span = MutableRawSpan(_unsafeStart: header, byteCount: Self.pieceHeaderLength)
        piece.header.write(into: &span, at: 0)
        vectors[2 * count] = iovec(iov_base: header, iov_len: IPv4Header.minimumLength)
        vectors[2 * count + 1] = iovec(iov_base: octets + piece.payload.lowerBound, iov_len: piece.payload.count)
        add(vectorCount: 2, to: remote, from: descriptor, account)
    }

    private func add(vectorCount: Int, to remote: IPv4Address, from descriptor: CInt, _ account: Account) {
        addresses[count].sin_addr.s_addr = remote.rawValue.bigEndian
        messages[count].header.msg_iovlen = vectorCount
        self.descriptor = descriptor
        accounts.append(account)
        count += 1
    }

    /// Sends everything and calls `done` for each message with an errno, 0 when it was sent.
    func flush(_ done: (Account, CInt) -> Void) {
        var sent = 0
        while sent < count {
            let number = mip_send_messages(descriptor, messages + sent, UInt32(truncatingIfNeeded: count - sent))
            if number > 0 {
                for account in accounts[sent..<min(count, sent + Int(number))] { done(account, 0) }
                sent += Int(number)
            } else {
                let code = errno
                if code == EINTR { continue }
                // The first message was refused; the following ones are tried again.
                done(accounts[sent], code == 0 ? EIO : code)
                sent += 1
            }
        }
        count = 0
        accounts.removeAll(keepingCapacity: true)
    }
}
