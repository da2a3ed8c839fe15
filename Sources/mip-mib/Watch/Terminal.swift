import Dispatch
import Foundation
import Synchronization

/// Takes over the terminal: alternate screen, no echo, each key delivered at once. `restore` restores its previous state.
final class Terminal: Sendable {
    /// Input that can arrive.
    enum Input: Sendable {
        case keys([UInt8])
        case resized
        /// A signal that asks the program to end.
        case signal(Int32)
        case tick
    }

    private let before: termios
    private let isRestored = Mutex(false)
    /// Bytes of standard input and signals, in order of arrival.
    let input: AsyncStream<Input>
    private let continuation: AsyncStream<Input>.Continuation
    private let sources: Sources

    // Dispatch sources are thread-safe, but their protocol does not declare it.
    private final class Sources: @unchecked Sendable {
        let all: [any DispatchSourceProtocol]
        init(_ all: [any DispatchSourceProtocol]) { self.all = all }
    }

    /// - Throws: A usage `CommandFailure` when standard input or output is not a terminal.
    init() throws {
        var settings = termios()
        guard isatty(0) == 1, isatty(1) == 1, tcgetattr(0, &settings) == 0 else {
            throw CommandFailure.usage("watch needs a terminal; use --output ndjson for programs")
        }
        before = settings
        (input, continuation) = AsyncStream.makeStream()
        let events = continuation
        let initial = settings
        var all: [any DispatchSourceProtocol] = []
        for number in [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH] {
            signal(number, number == SIGWINCH ? SIG_DFL : SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler {
                events.yield(number == SIGWINCH ? .resized : .signal(number))
                if number != SIGWINCH { Terminal.endLater(128 + number, initial) }
            }
            all.append(source)
        }
        let keys = DispatchSource.makeReadSource(fileDescriptor: 0)
        keys.setEventHandler {
            var bytes = [UInt8](repeating: 0, count: 64)
            let count = read(0, &bytes, bytes.count)
            // A closed terminal can be neither read nor written.
            guard count > 0 else { return _ = events.yield(.signal(SIGHUP)) }
            events.yield(.keys(Array(bytes.prefix(count))))
        }
        all.append(keys)
        sources = Sources(all)
        settings.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG | IEXTEN)
        settings.c_iflag &= ~tcflag_t(IXON | ICRNL)
        tcsetattr(0, TCSAFLUSH, &settings)
        Self.put("\u{1B}[?1049h\u{1B}[?25l\u{1B}[?7l")
        for source in all { source.resume() }
    }

    deinit { restore() }

    /// Ends the program if it does not end by itself, because the terminal takes no output.
    private static func endLater(_ status: Int32, _ before: termios) {
        DispatchQueue(label: "mip-mib.stop").asyncAfter(deadline: .now() + .milliseconds(1500)) {
            var settings = before
            tcsetattr(0, TCSANOW, &settings)
            _exit(status)
        }
    }

    /// Restores the previous screen, cursor, line wrap and settings.
    func restore() {
        let isFirst = isRestored.withLock { restored in
            defer { restored = true }
            return !restored
        }
        guard isFirst else { return }
        for source in sources.all { source.cancel() }
        continuation.finish()
        Self.put("\u{1B}[?7h\u{1B}[?25h\u{1B}[?1049l")
        var settings = before
        tcsetattr(0, TCSAFLUSH, &settings)
    }

    /// Inserts a clock tick into the input.
    func tick() { continuation.yield(.tick) }

    /// Columns and rows; 80 by 24 if the terminal does not report its size.
    var size: (columns: Int, rows: Int) {
        var size = winsize()
        guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return (80, 24) }
        return (Int(size.ws_col), Int(size.ws_row))
    }

    /// Whether to use colour. NO_COLOR (any value) and dumb terminals disable it.
    static var hasColour: Bool {
        let environment = ProcessInfo.processInfo.environment
        return environment["NO_COLOR"].map(\.isEmpty) ?? true && environment["TERM"] != "dumb"
    }

    /// Replaces the screen with these lines.
    func show(_ lines: [String]) { Self.put("\u{1B}[H" + lines.joined(separator: "\u{1B}[K\r\n") + "\u{1B}[K\u{1B}[J") }

    private static func put(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { write(1, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN {
                var terminal = pollfd(fd: 1, events: Int16(POLLOUT), revents: 0)
                _ = poll(&terminal, 1, 1000)
                continue
            }
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }
}
