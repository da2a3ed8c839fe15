import Foundation
import MIPTesting

extension Laboratory {
    /// Starts simulated nodes that stay registered and acknowledge notifications until they are stopped.
    ///
    /// - Parameters:
    ///   - first: The home address of the first node; those of the others follow it.
    ///   - part: The namespace that they are in.
    ///   - way: Arguments of `mip-node register` that say how they register.
    func fleet(of count: Int, from first: String, on part: String, _ way: String...) async throws -> ChildProcess {
        let key = "/tmp/mip-\(name)/fleet.key"
        _ = FileManager.default.createFile(
            atPath: key, contents: Data("00112233445566778899aabbccddeeff\n".utf8), attributes: [.posixPermissions: 0o600])
        let program = ["netns", "exec", "mip-\(name)-\(part)", BuiltProducts.path(of: "mip-node")]
        let nodes = [
            "register", "--keep", "--home-agent", "10.1.0.1", "--spi", "256", "--key-file", key, "--count", "\(count)",
            "--first-home-address", first,
        ]
        let fleet = try ChildProcess("ip", program + nodes + way, log: "/tmp/mip-\(name)/fleet-\(first).log")
        try await eventually("the registrations of \(count) nodes from \(first) on") {
            guard fleet.isRunning else { throw TimedOut(description: "mip-node register: \(fleet.output)") }
            return fleet.output.contains("accepted    \(count) of \(count)\n")
        }
        return fleet
    }

    /// Sends a text from the home agent by `mip-mib notify`, and waits for the acknowledgments.
    func notify(_ targets: [String], _ text: String) async throws -> (status: Int32, output: String, errors: String) {
        try await ChildProcess.run(
            BuiltProducts.path(of: "mip-mib"),
            ["notify"] + targets + [text, "--yes", "--wait", "30", "--socket", socket("home-agent")])
    }

    /// The notifications with a text that a daemon lists.
    func notifications(_ text: String, of daemon: String) async throws -> [[String: Any]] {
        try await rows("exchanges", of: daemon).filter {
            $0["kind"] as? String == "notification" && $0["text"] as? String == text
        }
    }

    /// Sends a signal to a daemon.
    func signal(_ number: Int32, _ daemon: String) throws {
        let file = try String(contentsOfFile: "/tmp/mip-\(name)/\(daemon).pid", encoding: .utf8)
        guard let identifier = Int32(file.trimmingCharacters(in: .whitespacesAndNewlines)), identifier > 1,
            kill(identifier, number) == 0
        else { throw TimedOut(description: "cannot send signal \(number) to \(daemon), process \(file)") }
    }
}
