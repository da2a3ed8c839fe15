import Foundation
import MIPTesting
import NIOConcurrencyHelpers

/// A network created by scripts/lab under a unique name. It is taken down when a test ends, whether it passes or fails.
final class Laboratory {
    let name: String
    private let environment: [String: String]
    private static let script = BuiltProducts.repository + "/scripts/lab"
    private static let next = NIOLockedValueBox(0)

    /// Whether the tests may create network namespaces and TUN devices on this machine.
    static let isPossible: Bool = {
        guard getuid() == 0 else { return false }
        let probe = Process.status("ip", ["netns", "add", "mip-probe-\(getpid())"])
        guard probe == 0 else { return false }
        let tun = Process.status(
            "ip", ["netns", "exec", "mip-probe-\(getpid())", "ip", "tuntap", "add", "dev", "probe", "mode", "tun"])
        _ = Process.status("ip", ["netns", "delete", "mip-probe-\(getpid())"])
        return tun == 0
    }()

    /// - Parameters:
    ///   - node: lines added to the node's configuration.
    ///   - foreign: lines added to the foreign agents' role.
    ///   - settings: additions to the script's environment.
    init(node: String = "", foreign: String = "", settings: [String: String] = [:]) throws {
        let number = Self.next.withLockedValue { number in
            number += 1
            return number
        }
        name = "t\(getpid())-\(number)"
        environment = [
            "MIP_LAB": name,
            "MIP_LAB_BIN": URL(fileURLWithPath: BuiltProducts.path(of: "mip-agentd")).deletingLastPathComponent().path,
            "MIP_LAB_NODE": node, "MIP_LAB_FOREIGN": foreign,
        ].merging(settings) { $1 }
    }

    deinit { _ = Process.status(Self.script, ["down"], environment) }

    /// Runs the script; if it fails, throws an error with its output.
    @discardableResult
    func run(_ arguments: String..., within limit: Duration = .seconds(90)) async throws -> String {
        let result = try await ChildProcess.run(Self.script, arguments, environment: environment, within: limit)
        guard result.status == 0 else {
            throw TimedOut(description: "scripts/lab \(arguments.joined(separator: " ")): \(result.output)\(result.errors)")
        }
        return result.output
    }

    /// Runs a script of Tests/IntegrationTests/Clients; its arguments are preceded by the path of scripts/lab and this laboratory's folder.
    func runClient(_ client: String, _ arguments: String..., within limit: Duration = .seconds(90)) async throws -> String {
        let result = try await ChildProcess.run(
            BuiltProducts.python, [BuiltProducts.client(client), Self.script, "/tmp/mip-\(name)"] + arguments,
            environment: environment, within: limit)
        guard result.status == 0 else { throw TimedOut(description: "\(client): \(result.output)\(result.errors)") }
        return result.output
    }

    /// Runs a command in one of the namespaces and returns its output.
    func on(_ part: String, _ arguments: String...) async throws -> String { try await on(part, arguments) }

    func on(_ part: String, _ arguments: [String]) async throws -> String {
        try await ChildProcess.run(Self.script, ["on", part] + arguments, environment: environment).output
    }

    /// Makes the switch drop frames to the agent of a network, or forward them again. Advertisements, which are sent to all, still arrive.
    func loseFrames(to network: String, _ isLost: Bool) async throws {
        let state = isLost ? "off" : "on"
        _ = try await on("switch", "bridge", "link", "set", "dev", "to-\(network)", "learning", state, "flood", state)
        _ = try await on("switch", "ip", "link", "set", "dev", "to-\(network)", "type", "bridge_slave", "fdb_flush")
    }

    func log(_ daemon: String) -> String {
        (try? String(contentsOfFile: "/tmp/mip-\(name)/\(daemon).log", encoding: .utf8)) ?? ""
    }

    func socket(_ daemon: String) -> String { "/tmp/mip-\(name)/\(daemon).sock" }

    /// The output of `mip-mib COMMAND --json` for one daemon.
    func rows(_ command: String, of daemon: String) async throws -> [[String: Any]] {
        let result = try await ChildProcess.run(
            BuiltProducts.path(of: "mip-mib"), [command, "--json", "--socket", socket(daemon)])
        return (try? JSONSerialization.jsonObject(with: Data(result.output.utf8))) as? [[String: Any]] ?? []
    }

    /// A counter such as `mobileNode.agentRebootsDetected`.
    func counter(_ path: String, of daemon: String) async throws -> Int? {
        var value: Any? = try await rows("counters", of: daemon).first
        for name in path.split(separator: ".") { value = (value as? [String: Any])?[String(name)] }
        return value as? Int
    }

    /// How many of the given number of pings from the correspondent to the home address were answered.
    func answers(to count: Int) async throws -> Int {
        let output = try await on("correspondent", "ping", "-n", "-c", "\(count)", "-i", "0.02", "-W", "2", "10.1.0.10")
        return output.split(separator: ",").compactMap {
            $0.hasSuffix(" received") ? Int($0.dropFirst().prefix { $0.isNumber }) : nil
        }
        .first ?? 0
    }
}

private enum Process {
    /// Runs a program and returns its exit status, blocking until it exits.
    static func status(_ program: String, _ arguments: [String], _ environment: [String: String] = [:]) -> Int32 {
        guard let log = try? TemporaryDirectory(),
            let child = try? ChildProcess(program, arguments, log: log.file("log"), environment: environment)
        else { return -1 }
        for _ in 0..<600 {
            if !child.isRunning { break }
            usleep(50_000)
        }
        return child.isRunning ? -1 : child.status
    }
}
