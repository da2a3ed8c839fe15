import Foundation

/// A thread that may change what belongs to it alone, such as its user for files, and takes that to its end.
enum OwnThread {
    /// Runs a function on the thread and returns its result. The function must not use `#expect`, which belongs to the thread of a
    /// test.
    static func run<Result: Sendable>(_ body: @escaping @Sendable () -> Result) -> Result? {
        let result = Box<Result>()
        let work = Box<@Sendable () -> Result>()
        work.value = body
        let ended = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            result.value = work.value?()
            // What the function holds is released before the caller goes on.
            work.value = nil
            ended.signal()
        }
        ended.wait()
        return result.value
    }

    /// Passed from one thread to another by a semaphore.
    private final class Box<Value>: @unchecked Sendable {
        var value: Value?
    }

    private typealias SetUser = @convention(c) (uid_t) -> CInt

    /// `setfsuid` of the C library, which Swift does not import. The type is that in its manual page.
    private static let setUser = dlsym(nil, "setfsuid").map { unsafeBitCast($0, to: SetUser.self) }

    /// Whether the thread can access files as another user, which takes root.
    static let canBeNobody = run { becomeNobody() } == true

    /// Makes this thread access files as a user without privileges.
    static func becomeNobody() -> Bool {
        let nobody: uid_t = 65534
        guard let setUser else { return false }
        _ = setUser(nobody)
        // It returns the user before the call.
        return setUser(nobody) == CInt(nobody)
    }
}
