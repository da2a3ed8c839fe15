import CLinuxNetwork
import Foundation

/// A failure of the test network, described in words.
struct LaboratoryError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// A program that runs in a network namespace, with its input and output as lines.
final class NamespaceProcess {
    let identifier: pid_t
    private let input: FileHandle
    private let output: CInt
    private var pending: [UInt8] = []
    private var status: Int32?

    init(_ words: [String]) throws {
        guard let program = words.first else { throw LaboratoryError("no program to start was given") }
        var (toChild, fromChild): ([CInt], [CInt]) = ([0, 0], [0, 0])
        guard mip_pipe(&toChild) == 0, mip_pipe(&fromChild) == 0 else { throw LaboratoryError("cannot create a pipe") }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, toChild[0], 0)
        posix_spawn_file_actions_adddup2(&actions, fromChild[1], 1)
        // Threads of a test process may block signals; a child starts with none blocked.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        // Writing to a child that has exited must return an error instead of terminating this process.
        signal(SIGPIPE, SIG_IGN)
        var usual = sigset_t()
        sigemptyset(&usual)
        sigaddset(&usual, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &usual)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        let arguments = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var child: pid_t = 0
        let code = posix_spawnp(&child, program, &actions, &attributes, arguments, environ)
        close(toChild[0])
        close(fromChild[1])
        input = FileHandle(fileDescriptor: toChild[1], closeOnDealloc: true)
        output = fromChild[0]
        identifier = child
        guard code == 0 else {
            status = -1
            throw LaboratoryError("cannot start \(program): \(String(cString: strerror(code)))")
        }
    }

    deinit {
        kill()
        close(output)
    }

    /// Kills it, as a crash would.
    func kill() {
        guard status == nil else { return }
        Foundation.kill(identifier, SIGKILL)
        wait()
    }

    /// Closes its input and waits until it exits.
    @discardableResult
    func finish() -> Int32 {
        try? input.close()
        wait()
        return status ?? -1
    }

    private func wait() {
        guard status == nil else { return }
        var value: Int32 = 0
        while waitpid(identifier, &value, 0) < 0 && errno == EINTR {}
        status = value
    }

    /// The next line of its output; nil at the end of the output.
    func readLine(within seconds: Double = 20) throws -> String? {
        let end = Date().addingTimeInterval(seconds)
        while true {
            if let newline = pending.firstIndex(of: 0x0A) {
                let line = String(decoding: pending[..<newline], as: UTF8.self)
                pending.removeSubrange(...newline)
                return line
            }
            var ready = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
            guard poll(&ready, 1, Int32(max(0, end.timeIntervalSinceNow * 1000))) > 0 else {
                throw LaboratoryError("no answer within \(seconds) s")
            }
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = read(output, &buffer, buffer.count)
            guard count > 0 else { return nil }
            pending += buffer[..<count]
        }
    }

    /// Sends it a line and returns its answer.
    func ask(_ line: String) throws -> String {
        try input.write(contentsOf: Data((line + "\n").utf8))
        guard let answer = try readLine() else { throw LaboratoryError("the program exited without answering '\(line)'") }
        return answer
    }
}

/// A network namespace without a name. It lasts as long as the process that holds it, which exits with this process in any case.
final class NetworkNamespace {
    private let holder: NamespaceProcess

    init() throws {
        // Duplicate address detection is disabled: while it runs, addresses of an interface are shown as tentative, a state that a later
        // comparison would not find again.
        let detection = "/proc/sys/net/ipv6/conf/default/accept_dad"
        holder = try NamespaceProcess([
            "unshare", "--net", "sh", "-c", "[ ! -w \(detection) ] || echo 0 > \(detection); echo ready; exec cat",
        ])
        guard try holder.readLine() == "ready" else { throw LaboratoryError("network namespaces are not permitted here") }
    }

    /// The process ID by which `ip link … netns` refers to it.
    var identifier: pid_t { holder.identifier }

    /// Starts a program in the namespace.
    func start(_ words: [String]) throws -> NamespaceProcess {
        try NamespaceProcess(["nsenter", "--net=/proc/\(identifier)/ns/net"] + words)
    }

    /// Runs a program in the namespace until it exits and returns its output.
    @discardableResult
    func run(_ words: String..., within seconds: Double = 60) throws -> String {
        let process = try start(words)
        var lines: [String] = []
        while let line = try process.readLine(within: seconds) { lines.append(line) }
        let status = process.finish()
        guard status == 0 else {
            throw LaboratoryError("'\(words.joined(separator: " "))' failed with status \(status): \(lines)")
        }
        return lines.joined(separator: "\n")
    }

    /// Runs `ip` in the namespace.
    @discardableResult
    func ip(_ words: String) throws -> String {
        let process = try start(["ip"] + words.split(separator: " ").map(String.init))
        var lines: [String] = []
        while let line = try process.readLine() { lines.append(line) }
        guard process.finish() == 0 else { throw LaboratoryError("'ip \(words)' failed") }
        return lines.joined(separator: "\n")
    }
}
