import Foundation
import Synchronization

@testable import StateStore

/// System calls that fail as a test says.
final class FailingDisk: Sendable {
    struct State: Sendable {
        /// The errors of the calls; 0 if they succeed.
        var writes: CInt = 0
        var syncs: CInt = 0
        var truncates: CInt = 0
        /// How many bytes are still written when writing fails.
        var bytesLeft = 0
        var longestWrite = Int.max
        /// Whether writing waits until this is false.
        var pauses = false
    }

    private let state = Mutex(State())
    private let syncs = Mutex(0)
    private let writes = Mutex(0)

    /// How many times something was made durable.
    var syncCount: Int { syncs.withLock { $0 } }

    /// How many times something was to be written.
    var writeCount: Int { writes.withLock { $0 } }

    func set(_ change: @Sendable (inout State) -> Void) { state.withLock { change(&$0) } }

    var calls: FileCalls {
        FileCalls(
            write: { [self] descriptor, bytes, offset in
                writes.withLock { $0 += 1 }
                while state.withLock({ $0.pauses }) { usleep(1000) }
                let (count, code) = state.withLock { state in
                    guard state.writes != 0 else { return (min(bytes.count, state.longestWrite), 0 as CInt) }
                    defer { state.bytesLeft = 0 }
                    return (min(bytes.count, state.bytesLeft), state.writes)
                }
                guard count > 0 else {
                    errno = code
                    return -1
                }
                return pwrite(descriptor, bytes.baseAddress, count, off_t(offset))
            },
            sync: { [self] descriptor in
                let code = state.withLock { $0.syncs }
                guard code == 0 else {
                    errno = code
                    return -1
                }
                defer { syncs.withLock { $0 += 1 } }
                return fdatasync(descriptor)
            },
            truncate: { [self] descriptor, length in
                let code = state.withLock { $0.truncates }
                guard code == 0 else {
                    errno = code
                    return -1
                }
                return ftruncate(descriptor, off_t(length))
            })
    }
}
