import CLinuxNetwork
import Glibc

/// Receives outer datagrams from a raw socket with one system call. Used by one thread only.
final class ReceiveBatch {
    private let buffers: PacketBuffers
    // recvmmsg needs fixed memory that the messages point to.
    private let messages: UnsafeMutablePointer<mip_message>
    private let vectors: UnsafeMutablePointer<iovec>

    init(into buffers: PacketBuffers) {
        self.buffers = buffers
        messages = .allocate(capacity: buffers.count)
        vectors = .allocate(capacity: buffers.count)
        for index in 0..<buffers.count {
            (vectors + index).initialize(
                to: iovec(iov_base: buffers.start(index), iov_len: IPv4Header.maximumTotalLength))
            var message = mip_message()
            message.header.msg_iov = vectors + index
            message.header.msg_iovlen = 1
            (messages + index).initialize(to: message)
        }
    }

    deinit {
        messages.deallocate()
        vectors.deallocate()
    }

    /// Receives into the first buffers; returns the number of datagrams, 0 when there are none.
    func receive(from descriptor: CInt) -> Int {
        let number = mip_receive_messages(descriptor, messages, UInt32(truncatingIfNeeded: buffers.count))
        return max(0, Int(number))
    }

    /// Octets of datagram `index`.
    func length(_ index: Int) -> Int { Int(messages[index].length) }
}
