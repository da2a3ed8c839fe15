import CLinuxNetwork
import Foundation

/// A program that is run without a shell and for a limited time.
struct BoundedProgram: Hashable, Sendable {
    /// Absolute path of the program.
    let path: String

    /// Why a run failed, with the first line that the program wrote to standard error.
    struct Failure: Error, Hashable, Sendable {
        let description: String
    }

    /// How much of standard error is kept, in bytes.
    private static let keptOutput = 400

    /// Runs the program and waits for it on this thread. At the deadline, kills it and its children.
    ///
    /// - Throws: when it cannot be started, fails, or has not ended at the deadline.
    func run(_ arguments: [String], until deadline: ContinuousClock.Instant) throws(Failure) {
        var ends: [CInt] = [-1, -1]
        let problem = mip_pipe(&ends)
        guard problem == 0 else { throw Failure(description: "cannot create a pipe: \(Self.cause(problem))") }
        defer { close(ends[0]) }
        var child: pid_t = 0
        let code = spawn(&child, arguments, errors: ends[1])
        close(ends[1])
        guard code == 0 else { throw Failure(description: "cannot start '\(path)': \(Self.cause(code))") }
        var output: [UInt8] = []
        var isOpen = true
        while true {
            // A child of the program may keep standard error open after the program's end, and the program may close it before.
            if isOpen { isOpen = Self.collect(from: ends[0], into: &output, wait: 20) } else { usleep(5000) }
            var status: CInt = 0
            let ended = waitpid(child, &status, WNOHANG)
            if ended == child {
                if isOpen { _ = Self.collect(from: ends[0], into: &output, wait: 0) }
                return try check(status, output)
            }
            if ended < 0, errno != EINTR {
                throw Failure(description: "'\(path)' was started, but its end cannot be awaited: \(Self.cause(errno))")
            }
            guard ContinuousClock.now < deadline else {
                // It leads a process group of its own.
                kill(-child, SIGKILL)
                while waitpid(child, &status, 0) < 0, errno == EINTR {}
                throw Failure(description: "'\(path)' did not end in time and was killed")
            }
        }
    }

    private func check(_ status: CInt, _ output: [UInt8]) throws(Failure) {
        guard status != 0 else { return }
        let end = status & 0x7F == 0 ? "ended with status \(status >> 8 & 0xFF)" : "was killed by signal \(status & 0x7F)"
        let line = output.split(separator: UInt8(ascii: "\n")).first.map { ": " + String(decoding: $0, as: UTF8.self) }
        throw Failure(description: "'\(path)' \(end)\(line ?? "")")
    }

    /// Reads what has arrived, or waits for it, in milliseconds. Returns false at the end of the output.
    private static func collect(from descriptor: CInt, into output: inout [UInt8], wait: CInt) -> Bool {
        var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&wanted, 1, wait) > 0 else { return true }
        var buffer = [UInt8](repeating: 0, count: 512)
        let count = read(descriptor, &buffer, buffer.count)
        guard count > 0 else { return count < 0 && errno == EINTR }
        output += buffer[..<min(count, keptOutput - output.count)]
        return true
    }

    /// Returns 0 or an error number.
    private func spawn(_ child: inout pid_t, _ arguments: [String], errors: CInt) -> CInt {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, errors, 2)
        // Dispatch's threads block signals, and the daemon ignores some; the program starts with none blocked or ignored.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        for number in [SIGTERM, SIGINT, SIGPIPE, SIGHUP] { sigaddset(&signals, number) }
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))
        // Messages in one language, whatever the daemon's is.
        let environment = ProcessInfo.processInfo.environment.merging(["LC_ALL": "C"]) { $1 }
        let words = ([path] + arguments).map { strdup($0) } + [nil]
        let settings = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in words + settings { free(text) } }
        return posix_spawn(&child, path, &actions, &attributes, words, settings)
    }

    private static func cause(_ code: CInt) -> String { String(cString: strerror(code)) }
}
