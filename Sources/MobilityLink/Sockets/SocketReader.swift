package import CLinuxNetwork
import Foundation
import MobileIPv4
import NIOConcurrencyHelpers

/// Reads sockets on its own thread, so that datagrams are received in batches with their headers, and passes them on in order.
///
/// Not a NIO channel: a channel provides neither the time to live nor ICMP errors, and closes permanently when the kernel reports one.
package final class SocketReader: Sendable {
    /// What was read from a socket.
    package enum Arrival: Sendable {
        /// Datagrams. They are valid until `done` is called.
        case datagrams(DatagramBatch)
        /// Input on a source that is not read here. The reader waits until `done` is called.
        case readable
        /// ICMP errors about datagrams that were sent from this socket. The reader waits until `done` is called.
        case icmpErrors([mip_icmp_report])
        /// Reading failed with this `errno`.
        case failure(CInt)
    }

    /// One socket to read, and its handler, which is called on the reader's thread. It passes the arrival on, and `done` is called when the
    /// arrival is no longer in use.
    package struct Source: Sendable {
        let descriptor: CInt
        let isReadHere: Bool
        let handler: @Sendable (Arrival, _ done: @escaping @Sendable () -> Void) -> Void

        package init(
            descriptor: CInt, isReadHere: Bool = true,
            handler: @escaping @Sendable (Arrival, _ done: @escaping @Sendable () -> Void) -> Void
        ) {
            self.descriptor = descriptor
            self.isReadHere = isReadHere
            self.handler = handler
        }
    }

    private let sources: [Source]
    private let wake: CInt
    private let isRunning = NIOLockedValueBox(false)
    private let ended = DispatchSemaphore(value: 0)
    /// Batches that are free to be filled. When all of them are in use, arriving datagrams stay in the kernel's buffers.
    private let free: NIOLockedValueBox<[DatagramBatch]>
    private let available: DispatchSemaphore

    /// ICMP errors that are passed on at once.
    private static let errorLimit = 64
    /// The number of batches.
    private static let batches = 4

    package init(_ sources: [Source]) {
        self.sources = sources
        wake = eventfd(0, CInt(EFD_CLOEXEC | EFD_NONBLOCK))
        free = NIOLockedValueBox((0..<Self.batches).map { _ in DatagramBatch() })
        available = DispatchSemaphore(value: Self.batches)
    }

    deinit { close(wake) }

    package func start() {
        isRunning.withLockedValue { $0 = true }
        Thread.detachNewThread { [self] in
            run()
            ended.signal()
        }
    }

    /// Stops reading; no handler is called after this returns. Handlers may still be using what they were given.
    package func stop() {
        let wasRunning = isRunning.withLockedValue { isRunning in
            defer { isRunning = false }
            return isRunning
        }
        guard wasRunning else { return }
        var one: UInt64 = 1
        _ = write(wake, &one, 8)
        // The thread may be waiting for a batch.
        available.signal()
        ended.wait()
    }

    // MARK: - On the reader's thread

    private func run() {
        var polled = (sources.map(\.descriptor) + [wake]).map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        while true {
            let ready = poll(&polled, nfds_t(polled.count), -1)
            guard ready > 0 || errno == EINTR else { return }
            guard polled[sources.count].revents == 0 else { return }
            for index in sources.indices where polled[index].revents != 0 {
                if polled[index].revents & Int16(POLLERR) != 0 { reportErrors(sources[index]) }
                // Reading clears an error that no ICMP message caused, such as that of an interface that went down; while such an error is
                // pending, poll does not block.
                if polled[index].revents & Int16(POLLIN | POLLERR) != 0 {
                    if !sources[index].isReadHere {
                        announce(sources[index])
                    } else if !readBatch(sources[index]) {
                        return
                    }
                }
                if polled[index].revents & Int16(POLLNVAL) != 0 {
                    sources[index].handler(.failure(EBADF)) {}
                    polled[index].fd = -1
                }
            }
        }
    }

    private func announce(_ source: Source) {
        let done = DispatchSemaphore(value: 0)
        source.handler(.readable) { done.signal() }
        done.wait()
    }

    /// Passes on the ICMP errors that wait, at most `errorLimit` at once: anyone can send them, faster than they can be handled.
    private func reportErrors(_ source: Source) {
        var reports: [mip_icmp_report] = []
        var report = mip_icmp_report()
        while reports.count < Self.errorLimit, mip_receive_icmp_report(source.descriptor, &report) == 1 { reports.append(report) }
        guard !reports.isEmpty else { return }
        let done = DispatchSemaphore(value: 0)
        source.handler(.icmpErrors(reports)) { done.signal() }
        done.wait()
    }

    /// Returns false when the reader must stop.
    private func readBatch(_ source: Source) -> Bool {
        available.wait()
        guard let batch = free.withLockedValue({ $0.popLast() }) else { return false }
        if let code = batch.fill(from: source.descriptor) {
            giveBack(batch)
            // ICMP errors arrive here a second time as the socket's pending error; they were reported above.
            switch code {
            case EAGAIN, EINTR, ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, EPROTO, EOPNOTSUPP, EMSGSIZE, EACCES: break
            default: source.handler(.failure(code)) {}
            }
            return true
        }
        source.handler(.datagrams(batch)) { [self] in giveBack(batch) }
        return true
    }

    private func giveBack(_ batch: DatagramBatch) {
        free.withLockedValue { $0.append(batch) }
        available.signal()
    }
}
