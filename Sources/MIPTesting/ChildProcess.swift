import Foundation

/// A program started by a test, with its output in a file. Ended when the value goes away at the latest.
public final class ChildProcess: @unchecked Sendable {
    // Unchecked: Foundation's Process is not marked Sendable; after the start only its thread-safe members are used.
    private let process = Process()
    private let log: String

    /// - Parameters:
    ///   - program: a path, or a name to be found in PATH and the system's sbin folders.
    ///   - log: file that receives standard output and standard error.
    public init(_ program: String, _ arguments: [String], log: String, environment: [String: String] = [:]) throws {
        self.log = log
        guard let path = Self.find(program) else { throw TimedOut(description: "\(program) is not installed; run scripts/test") }
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = Self.environment.merging(environment) { $1 }
        let handle = FileHandle(forWritingAtPath: log)
        process.standardOutput = handle
        process.standardError = handle
        process.standardInput = FileHandle.nullDevice
        try process.run()
    }

    deinit {
        if process.isRunning {
            kill(process.processIdentifier, SIGCONT)
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
    }

    /// The environment of children: without MIB files, which Debian does not ship.
    private static var environment: [String: String] { ProcessInfo.processInfo.environment.merging(["MIBS": ""]) { $1 } }

    public var identifier: Int32 { process.processIdentifier }
    public var isRunning: Bool { process.isRunning }
    /// What it has written so far.
    public var output: String { (try? String(contentsOfFile: log, encoding: .utf8)) ?? "" }

    public func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    /// Waits for the end and returns the exit status; kills it and throws after `limit`.
    public func waitForExit(within limit: Duration = .seconds(20)) async throws -> Int32 {
        do {
            try await eventually("end of \(process.executableURL?.lastPathComponent ?? "a child")", within: limit) {
                !process.isRunning
            }
        } catch {
            signal(SIGKILL)
            throw error
        }
        return process.terminationStatus
    }

    /// Asks it to stop and waits.
    @discardableResult
    public func stop() async throws -> Int32 {
        signal(SIGTERM)
        return try await waitForExit()
    }

    /// Runs a program to its end.
    public static func run(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], within limit: Duration = .seconds(60)
    ) async throws -> (status: Int32, output: String, errors: String) {
        guard let path = find(program) else { throw TimedOut(description: "\(program) is not installed; run scripts/test") }
        let directory = try TemporaryDirectory()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = Self.environment.merging(environment) { $1 }
        for name in ["out", "err"] { _ = FileManager.default.createFile(atPath: directory.file(name), contents: nil) }
        process.standardOutput = FileHandle(forWritingAtPath: directory.file("out"))
        process.standardError = FileHandle(forWritingAtPath: directory.file("err"))
        process.standardInput = FileHandle.nullDevice
        try process.run()
        do {
            try await eventually("end of \(program)", within: limit) { !process.isRunning }
        } catch {
            kill(process.processIdentifier, SIGKILL)
            throw error
        }
        return (
            process.terminationStatus, try String(contentsOfFile: directory.file("out"), encoding: .utf8),
            try String(contentsOfFile: directory.file("err"), encoding: .utf8)
        )
    }

    private static func find(_ program: String) -> String? {
        if program.contains("/") { return program }
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        return (path.split(separator: ":").map(String.init) + ["/usr/sbin", "/sbin"]).map { "\($0)/\(program)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
