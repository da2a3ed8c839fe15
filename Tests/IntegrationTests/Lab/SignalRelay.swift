import Foundation
import MIPTesting

/// A message of Mobile IP as it reached the relay.
struct RelayedMessage: Decodable {
    /// Seconds since 1970.
    var time: Double
    var type: Int
    var fate: String
    var source: String
    var destination: String
    /// The Identification, or the Revocation Identifier of messages 7 and 15, in hexadecimal digits.
    var identifier: String
}

/// Takes the place of the router between the home network, the first foreign network and the one without agents, and decides what
/// happens to each message of Mobile IP. `signal_relay.py` describes the fates.
final class SignalRelay {
    private let process: ChildProcess

    fileprivate init(namespace: String, _ fates: [String], log: String) async throws {
        process = try ChildProcess(
            "ip",
            ["netns", "exec", namespace, BuiltProducts.python, BuiltProducts.client("signal_relay.py")]
                + ["to-home", "to-a", "to-col"] + fates,
            log: log)
        let child = process
        try await eventually("the relay") {
            guard child.isRunning else { throw TimedOut(description: "signal_relay.py: \(child.output)") }
            return child.output.contains("relaying")
        }
    }

    /// All messages so far, those that were lost included.
    var messages: [RelayedMessage] {
        process.output.split(separator: "\n").compactMap { try? JSONDecoder().decode(RelayedMessage.self, from: Data($0.utf8)) }
    }

    /// The messages of a type so far.
    func messages(of type: Int) -> [RelayedMessage] { messages.filter { $0.type == type } }

    /// Ends the loss of messages whose fate is `lose+`.
    func stopLosing() { process.signal(SIGUSR1) }

    /// Lets the router forward as before.
    func end() async throws { try await process.stop() }
}

extension Laboratory {
    /// Starts a relay with the given fates, such as `7:lose`. There can be one at a time.
    func relay(_ fates: String...) async throws -> SignalRelay { try await relay(fates) }

    func relay(_ fates: [String]) async throws -> SignalRelay {
        try await SignalRelay(
            namespace: "mip-\(name)-hub", fates, log: "/tmp/mip-\(name)/relay-\(UUID().uuidString).log")
    }
}
