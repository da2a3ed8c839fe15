import Foundation

/// Buffered standard output. The program ends quietly when the reader closes the pipe.
struct StandardOutput {
    private var pending: [UInt8] = []

    init() { signal(SIGPIPE, SIG_IGN) }

    mutating func write(_ text: String) { append { $0 += text.utf8 } }

    /// Writes the bytes that `body` appends to its argument.
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
                    StandardError.write("cannot write to standard output: \(String(cString: strerror(errno)))")
                }
                exit(errno == EPIPE ? 0 : 1)
            }
            start += count
        }
        pending.removeAll(keepingCapacity: true)
    }

    /// Whether a person is reading it.
    static var isTerminal: Bool { isatty(1) == 1 }
}

/// Standard error: messages for people, apart from the output.
enum StandardError {
    /// Writes a message, prefixed with the program's name. Whatever a peer has put into it reaches the terminal escaped.
    static func write(_ message: String) { put("mip-mib: \(message.printableLines)\n") }

    static func put(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }

    static var isTerminal: Bool { isatty(2) == 1 }
}
