import Foundation

/// Standard output in large pieces. A reader that goes away ends the program quietly, as a pipe expects.
struct StandardOutput {
    private var pending: [UInt8] = []

    init() { signal(SIGPIPE, SIG_IGN) }

    mutating func write(_ text: String) {
        pending.append(contentsOf: text.utf8)
        if pending.count >= 65_536 { flush() }
    }

    mutating func write(_ data: Data) {
        pending.append(contentsOf: data)
        if pending.count >= 65_536 { flush() }
    }

    mutating func flush() {
        var start = 0
        while start < pending.count {
            let count = pending.withUnsafeBytes { Foundation.write(1, $0.baseAddress?.advanced(by: start), $0.count - start) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { exit(errno == EPIPE ? 0 : 1) }
            start += count
        }
        pending.removeAll(keepingCapacity: true)
    }
}
