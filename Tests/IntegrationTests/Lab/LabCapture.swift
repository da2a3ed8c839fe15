import Foundation
import MIPTesting

/// A capture by tshark on one interface of the laboratory.
final class LabCapture {
    let file: String
    private let tshark: ChildProcess

    init(namespace: String, interface: String, file: String) async throws {
        self.file = file
        // The kernel's buffer is large enough for a transfer at full speed until tshark runs.
        tshark = try ChildProcess(
            "ip", ["netns", "exec", namespace, "tshark", "-n", "-q", "-B", "64", "-i", interface, "-w", file],
            log: file + ".log")
        let child = tshark
        try await eventually("tshark on \(interface)") { child.output.contains("Capturing on") }
        // tshark prints this before its socket is open.
        try await Task.sleep(for: .milliseconds(300))
    }

    /// Ends the capture; throws if it has lost packets.
    func end() async throws {
        // Packets just sent are still on their way to tshark.
        try await Task.sleep(for: .milliseconds(500))
        guard tshark.isRunning else { return }
        tshark.signal(SIGINT)
        _ = try await tshark.waitForExit()
        guard !tshark.output.contains("dropped") else { throw TimedOut(description: "tshark lost packets: \(tshark.output)") }
    }

    /// The tunnelled datagrams, as counted by `tunnel_counts.py`.
    func counts() async throws -> [String: Any] {
        try await end()
        let result = try await ChildProcess.run(BuiltProducts.python, [BuiltProducts.client("tunnel_counts.py"), file])
        guard let counts = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any] else {
            throw TimedOut(description: "tunnel_counts.py: \(result.output)\(result.errors)")
        }
        return counts
    }
}

extension Laboratory {
    /// Starts a capture on an interface of a namespace.
    func capture(on part: String, _ interface: String, to file: String) async throws -> LabCapture {
        try await LabCapture(namespace: "mip-\(name)-\(part)", interface: interface, file: file)
    }
}
