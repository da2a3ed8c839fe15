import Foundation

@testable import mip_plane_bench

/// A network namespace of one thread, and of the threads and programs that it starts. It ends with them.
enum IsolatedNetwork {
    private typealias Unshare = @convention(c) (CInt) -> CInt

    /// `unshare` of the C library, a GNU extension, which Swift does not import. The type is that in its manual page.
    private static let unshare = dlsym(nil, "unshare").map { unsafeBitCast($0, to: Unshare.self) }

    /// Runs a function on a thread with its own namespace, where only the loopback interface exists, and returns its result. The function
    /// must not use `#expect`, which belongs to the thread of a test.
    static func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) throws -> Result {
        let result = Box<Swift.Result<Result, any Error>>()
        let ended = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            defer { ended.signal() }
            let cloneNewNetwork: CInt = 0x4000_0000
            guard let unshare, unshare(cloneNewNetwork) == 0 else { return }
            result.value = Swift.Result { try body() }
        }
        ended.wait()
        guard let result = result.value else { throw LaboratoryError("network namespaces are not permitted here") }
        return try result.get()
    }

    /// Runs `ip` in the namespace of the calling thread, and returns its output.
    @discardableResult
    static func ip(_ words: String) throws -> String {
        let process = try NamespaceProcess(["ip"] + words.split(separator: " ").map(String.init))
        var lines: [String] = []
        while let line = try process.readLine() { lines.append(line) }
        guard process.finish() == 0 else { throw LaboratoryError("'ip \(words)' failed") }
        return lines.joined(separator: "\n")
    }

    /// Passed from one thread to another by a semaphore.
    private final class Box<Value>: @unchecked Sendable {
        var value: Value?
    }
}
