import Foundation
import MIPTesting

/// A separate `mip-mibd` process that serves HTTP, so that its memory and descriptors can be measured.
struct ManagementProcess {
    let port: UInt16
    private let directory: TemporaryDirectory
    private let process: ChildProcess

    /// - Parameters:
    ///   - socket: the control socket of the agent, which is named `one`.
    ///   - stateFile: nil for a temporary one.
    ///   - descriptors: how many the process may have; nil for as many as the test itself.
    ///   - api: the path of the API's Unix socket; nil for none.
    init(socket: String, stateFile: String? = nil, descriptors: Int? = nil, api: String? = nil) async throws {
        directory = try TemporaryDirectory()
        // Another program may take a free port before the daemon binds it. The daemon then exits, and another port is tried.
        for attempt in 1... {
            let port = freePort(stream: true)
            let file = try directory.write(
                """
                agents:
                  - {name: one, control: \(socket)}
                runtimeDirectory: \(directory.path)/run
                stateFile: \(stateFile ?? directory.file("state.json"))
                http:
                  port: \(port)
                  requestsPerSecond: 100000
                  \(ManagementToken.setting)
                  \(api.map { "socket: \($0)" } ?? "")

                """, to: "mip-mibd.yaml")
            let limit = descriptors.map { "ulimit -n \($0); " } ?? ""
            let process = try ChildProcess(
                "sh", ["-c", limit + "exec \"$0\" \"$@\"", BuiltProducts.path(of: "mip-mibd"), "--config", file],
                log: directory.file("log"))
            try await eventually("mip-mibd is ready: \(process.output)") {
                guard process.isRunning else { return true }
                return try await Self.get("/readyz", [], port).status == 200
            }
            guard process.isRunning || attempt == 3 else { continue }
            self.port = port
            self.process = process
            return
        }
        throw TimedOut(description: "mip-mibd does not start")
    }

    /// The answer to a request, or status 0 when there is none within 30 seconds.
    func get(_ path: String, _ more: [String] = []) async throws -> (status: Int, body: String, headers: String) {
        try await Self.get(path, more, port)
    }

    private static func get(
        _ path: String, _ more: [String], _ port: UInt16
    ) async throws -> (status: Int, body: String, headers: String) {
        let folder = try TemporaryDirectory()
        let arguments =
            ["-s", "--max-time", "30", "-D", folder.file("head"), "-w", "\n%{http_code}"] + ManagementToken.curl + more
            + ["http://127.0.0.1:\(port)\(path)"]
        let output = try await ChildProcess.run("curl", arguments).output
        let lines = output.split(separator: "\n", omittingEmptySubsequences: false)
        let headers = (try? String(contentsOfFile: folder.file("head"), encoding: .utf8)) ?? ""
        return (Int(lines.last ?? "") ?? 0, lines.dropLast().joined(separator: "\n"), headers)
    }

    /// Resident memory in bytes.
    func memory() throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(process.identifier)/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return (line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 1024
    }

    /// Open file descriptors.
    func descriptors() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process.identifier)/fd").count
    }

    func stop() async throws { try await process.stop() }
}
