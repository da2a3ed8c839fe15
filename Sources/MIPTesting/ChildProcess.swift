import Foundation
import NIOConcurrencyHelpers

/// A program started by a test, with its output in a file. It is killed at the latest when the value is destroyed.
///
/// Foundation's `Process` detects an exit by a descriptor that the child inherits, and snmpd closes all of those at startup; hence this
/// type.
public final class ChildProcess: Sendable {
    public let identifier: Int32
    private let program: String
    private let log: String
    /// The exit status, once the child has been waited for; 128 plus the signal number if a signal killed it.
    private let ended = NIOLockedValueBox<Int32?>(nil)

    private typealias CloseFrom = @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, CInt) -> CInt

    /// `posix_spawn_file_actions_addclosefrom_np` of glibc 2.34 and newer, whose declaration Swift does not import; nil elsewhere. The type
    /// is that in its manual page.
    private static let closeFrom = dlsym(nil, "posix_spawn_file_actions_addclosefrom_np").map {
        unsafeBitCast($0, to: CloseFrom.self)
    }

    /// - Parameters:
    ///   - program: a path, or a name that is searched for in PATH and the system's sbin folders.
    ///   - log: the file for standard output and standard error.
    public convenience init(_ program: String, _ arguments: [String], log: String, environment: [String: String] = [:]) throws {
        try self.init(program, arguments, output: log, errors: log, environment: environment)
    }

    private init(
        _ program: String, _ arguments: [String], output: String, errors: String, environment: [String: String]
    ) throws {
        guard let path = Self.find(program) else { throw TimedOut(description: "\(program) is not installed; run scripts/test") }
        self.program = program
        log = output
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        if errors == output {
            posix_spawn_file_actions_adddup2(&actions, 1, 2)
        } else {
            posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        }
        // If the child inherited a connection of another test, the connection would stay open after that test's server closes it.
        _ = Self.closeFrom?(&actions, 3)
        // Dispatch's threads block signals, and daemons under test ignore some; a child starts with none blocked or ignored.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        for number in [SIGTERM, SIGINT, SIGPIPE, SIGHUP] { sigaddset(&signals, number) }
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        let all = Self.plainEnvironment.merging(environment) { $1 }
        let words = ([path] + arguments).map { strdup($0) } + [nil]
        let settings = all.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in words + settings { free(text) } }
        var child: pid_t = 0
        let status = posix_spawn(&child, path, &actions, &attributes, words, settings)
        guard status == 0 else { throw TimedOut(description: "cannot start \(path): \(String(cString: strerror(status)))") }
        identifier = child
    }

    /// The environment of this process without variables that would redirect a program or change its output: proxies, settings of
    /// `mip-mib`, the journal, colours. It also disables the user's own configuration files, MIB files, which Debian does not ship, and
    /// backtraces, which take minutes after a crash.
    private static let plainEnvironment = ProcessInfo.processInfo.environment.filter { name, _ in
        !["http_proxy", "https_proxy", "all_proxy", "no_proxy", "journal_stream", "no_color", "clicolor", "clicolor_force"]
            .contains(name.lowercased()) && !name.hasPrefix("MIP_MIB_")
    }.merging([
        "MIBS": "", "SWIFT_BACKTRACE": "enable=no", "MIP_MIB_CONFIG": BuiltProducts.client("mip-mib.yaml"), "TERM": "dumb",
        "SNMPCONFPATH": "/nonexistent",
        "CURL_HOME": "/nonexistent",
    ]) { $1 }

    deinit {
        if isRunning {
            kill(identifier, SIGKILL)
            var status: Int32 = 0
            waitpid(identifier, &status, 0)
        }
    }

    public var isRunning: Bool { exitStatus == nil }

    private var exitStatus: Int32? {
        ended.withLockedValue { ended in
            if let ended { return ended }
            var status: Int32 = 0
            if waitpid(identifier, &status, WNOHANG) == identifier {
                ended = status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
            }
            return ended
        }
    }

    /// The exit status once it has exited, -1 before.
    public var status: Int32 { exitStatus ?? -1 }

    /// Its output so far.
    public var output: String { (try? String(contentsOfFile: log, encoding: .utf8)) ?? "" }

    /// Whether it has a handler for a signal, or ignores it in order to receive it in another way; a program is killed by a signal that
    /// arrives earlier.
    public func handles(_ number: Int32) -> Bool {
        let status = (try? String(contentsOfFile: "/proc/\(identifier)/status", encoding: .utf8)) ?? ""
        return status.split(separator: "\n").contains { line in
            guard line.hasPrefix("SigCgt:") || line.hasPrefix("SigIgn:"), let mask = UInt64(line.dropFirst(8), radix: 16) else {
                return false
            }
            return mask & 1 << UInt64(number - 1) != 0
        }
    }

    public func signal(_ number: Int32) { if isRunning { kill(identifier, number) } }

    /// Waits until it exits and returns the exit status; kills it and throws after `limit`.
    public func waitForExit(within limit: Duration = .seconds(30)) async throws -> Int32 {
        do {
            try await eventually("end of \(program)", within: limit) { !isRunning }
        } catch {
            signal(SIGKILL)
            throw error
        }
        return exitStatus ?? -1
    }

    /// Sends it SIGTERM and waits.
    @discardableResult
    public func stop() async throws -> Int32 {
        signal(SIGTERM)
        return try await waitForExit()
    }

    /// Runs a program until it exits.
    public static func run(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], within limit: Duration = .seconds(60)
    ) async throws -> (status: Int32, output: String, errors: String) {
        let directory = try TemporaryDirectory()
        let (out, err) = (directory.file("out"), directory.file("err"))
        let child = try ChildProcess(program, arguments, output: out, errors: err, environment: environment)
        let status = try await child.waitForExit(within: limit)
        return (status, try String(contentsOfFile: out, encoding: .utf8), try String(contentsOfFile: err, encoding: .utf8))
    }

    private static func find(_ program: String) -> String? {
        if program.contains("/") { return program }
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        return (path.split(separator: ":").map(String.init) + ["/usr/sbin", "/sbin"]).map { "\($0)/\(program)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
