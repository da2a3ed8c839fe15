import ArgumentParser
import Foundation
import MobileIPv4
import MobileNode

/// One node that keeps itself registered until it is stopped.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Register, stay registered, and deregister on SIGTERM or Ctrl-C.")

    @OptionGroup var options: NodeOptions

    @Option(help: "The home address; 0.0.0.0 asks for one by --nai.")
    var homeAddress = "0.0.0.0"

    @Option(help: "The network access identifier, for example alice@example.net.")
    var nai: String?

    func run() throws {
        let home = try NodeOptions.address(homeAddress, "--home-address")
        let identifier = try nai.map(Self.identifier)
        guard home != .zero || identifier != nil else {
            throw ValidationError("give --home-address ADDRESS, or --nai USER@REALM to be assigned one")
        }
        let node = MobileNode(configuration: try options.makeConfiguration(homeAddress: home, nai: identifier))
        let source = options.fromHomeAddress ? home : try NodeOptions.address(options.localAddress, "--local-address")
        StopSignal.catchSignals()
        var fleet = NodeFleet(nodes: [node], sockets: try SocketSet(on: source), rate: 0, window: 1)
        fleet.report = { _, outcome in Self.log(outcome) }
        fleet.registerAll { _ in }
        guard fleet.tally.accepted == 1 else { throw ExitCode(1) }
        fleet.keep()
        fleet.deregisterAll(seconds: 5)
    }

    static func identifier(_ text: String) throws -> NetworkAccessIdentifier {
        guard let identifier = NetworkAccessIdentifier(text) else {
            throw ValidationError("'\(text)' is not a network access identifier of 1 to 255 octets such as alice@example.net")
        }
        return identifier
    }

    private static func log(_ outcome: MobileNode.Outcome) {
        let text =
            switch outcome {
            case .accepted(_, lifetime: 0): "deregistered"
            case .accepted(let code, let lifetime): "registered for \(lifetime) s (code \(code))"
            case .denied(let code): "denied: \(code)"
            case .unauthenticated(let code): "denied by a reply that could not be authenticated: \(code)"
            case .unanswered: "no answer"
            }
        FileHandle.standardError.write(Data("mip-node: \(text)\n".utf8))
    }
}
