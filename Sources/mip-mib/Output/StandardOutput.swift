import Foundation

/// Standard output in large pieces. A reader that goes away ends the program quietly, as a pipe expects.
struct StandardOutput {
    private var pending: [UInt8] = []

    init() { signal(SIGPIPE, SIG_IGN) }

    mutating func write(_ text: String) { append { $0 += text.utf8 } }

    /// Writes what `body` adds to the bytes it is handed.
    mutating func append(_ body: (inout [UInt8]) -> Void) {
        body(&pending)
        if pending.count >= 65_536 { flush() }
    }

    mutating func flush() {
        var start = 0
        while start < pending.count {
            let count = pending.withUnsafeBytes { Foundation.write(1, $0.baseAddress?.advanced(by: start), $0.count - start) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else {
                if errno != EPIPE {
                    StandardError.write("standard output cannot be written: \(String(cString: strerror(errno)))")
                }
                exit(errno == EPIPE ? 0 : 1)
            }
            start += count
        }
        pending.removeAll(keepingCapacity: true)
    }

    /// Whether a person reads it.
    static var isTerminal: Bool { isatty(1) == 1 }
}

/// Standard error: what people are told beside the output.
enum StandardError {
    /// One line, with the program's name before it.
    static func write(_ message: String) { put("mip-mib: \(message)\n") }

    static func put(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }

    static var isTerminal: Bool { isatty(2) == 1 }
}
