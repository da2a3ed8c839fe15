import Dispatch
import Foundation
import Synchronization

/// A terminal taken over whole: another screen, no echo, each key at once. `restore` gives it back as it was.
final class Terminal: Sendable {
    /// What may come from outside.
    enum Input: Sendable {
        case keys([UInt8])
        case resized
        /// A signal asks the program to end.
        case signal(Int32)
        case tick
    }

    private let before: termios
    private let isRestored = Mutex(false)
    /// Bytes of standard input and signals, in the order they came.
    let input: AsyncStream<Input>
    private let continuation: AsyncStream<Input>.Continuation
    private let sources: Sources

    // A source of Dispatch may be used from any thread; its protocol only does not say so.
    private final class Sources: @unchecked Sendable {
        let all: [any DispatchSourceProtocol]
        init(_ all: [any DispatchSourceProtocol]) { self.all = all }
    }

    /// - Throws: `CommandFailure` of wrong use when standard input or output is no terminal.
    init() throws {
        var settings = termios()
        guard isatty(0) == 1, isatty(1) == 1, tcgetattr(0, &settings) == 0 else {
            throw CommandFailure.usage("watch fills a terminal, and there is none; for programs there is --output ndjson")
        }
        before = settings
        (input, continuation) = AsyncStream.makeStream()
        let events = continuation
        var all: [any DispatchSourceProtocol] = []
        for number in [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH] {
            signal(number, number == SIGWINCH ? SIG_DFL : SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler { events.yield(number == SIGWINCH ? .resized : .signal(number)) }
            all.append(source)
        }
        let keys = DispatchSource.makeReadSource(fileDescriptor: 0)
        keys.setEventHandler {
            var octets = [UInt8](repeating: 0, count: 64)
            let count = read(0, &octets, octets.count)
            // A terminal that was closed can neither be asked nor shown anything.
            guard count > 0 else { return _ = events.yield(.signal(SIGHUP)) }
            events.yield(.keys(Array(octets.prefix(count))))
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

    /// The screen, cursor, line wrap and settings that were there before.
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

    /// Lets the time come in among the keys.
    func tick() { continuation.yield(.tick) }

    /// Columns and rows; 80 by 24 when the terminal does not say.
    var size: (columns: Int, rows: Int) {
        var size = winsize()
        guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return (80, 24) }
        return (Int(size.ws_col), Int(size.ws_row))
    }

    /// Whether to use colour: NO_COLOR (any value) and terminals that have none say no.
    static var hasColour: Bool {
        let environment = ProcessInfo.processInfo.environment
        return environment["NO_COLOR"].map(\.isEmpty) ?? true && environment["TERM"] != "dumb"
    }

    /// Shows these lines and nothing else.
    func show(_ lines: [String]) { Self.put("\u{1B}[H" + lines.joined(separator: "\u{1B}[K\r\n") + "\u{1B}[K\u{1B}[J") }

    private static func put(_ text: String) {
        var octets = Array(text.utf8)[...]
        while !octets.isEmpty {
            let count = octets.withUnsafeBytes { write(1, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count > 0 else { return }
            octets = octets.dropFirst(count)
        }
    }
}
