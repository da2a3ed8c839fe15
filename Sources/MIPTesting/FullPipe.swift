import Foundation

/// A named pipe that nobody reads, for the log of a program. Once it is full, writing to it blocks.
public final class FullPipe: Sendable {
    private let descriptor: CInt

    public init(_ path: String) throws {
        guard mkfifo(path, 0o600) == 0 else { throw TimedOut(description: "cannot create \(path)") }
        // Open for reading too, so that a program can open it for writing.
        descriptor = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw TimedOut(description: "cannot open \(path)") }
    }

    /// Fills it to the last byte.
    public func fill() {
        let line = [UInt8](repeating: UInt8(ascii: "-"), count: 4096)
        for size in [4096, 1] { while write(descriptor, line, size) > 0 {} }
    }

    deinit { close(descriptor) }
}
