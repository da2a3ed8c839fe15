import ArgumentParser
import Foundation
import MobileIPv4
import MobileNode

/// Registers many nodes, for tests, demonstrations and load.
struct RegisterCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "register", abstract: "Register many mobile nodes and summarise what came of it.",
        discussion: "Exit status: 0 when all were accepted, 1 otherwise, 2 for wrong arguments.")

    @OptionGroup var options: NodeOptions

    @Option(help: "How many nodes.")
    var count = 1

    @Option(help: "Registrations begun a second; 0 for as fast as --window allows.")
    var rate = 0

    @Option(help: "Registrations under way at once.")
    var window = 256

    @Option(help: "Home address of the first node, the others follow; 0.0.0.0 asks for addresses by NAI.")
    var firstHomeAddress: String

    @Option(help: "NAI of the nodes; '%d' stands for their number, counted from 1.")
    var naiTemplate: String?

    @Flag(help: "Stay registered until SIGTERM or Ctrl-C, then deregister.")
    var keep = false

    @Flag(help: "Deregister once all are registered.")
    var deregister = false

    @Flag(help: "Print the summary as JSON.")
    var json = false

    func run() throws {
        let nodes = try makeNodes()
        let sockets =
            options.fromHomeAddress
            ? try SocketSet(each: nodes.map(\.configuration.homeAddress))
            : try SocketSet(on: NodeOptions.address(options.localAddress, "--local-address"))
        StopSignal.catchSignals()
        var fleet = NodeFleet(nodes: nodes, sockets: sockets, rate: rate, window: window)
        let total = count
        fleet.registerAll { tally in
            FileHandle.standardError.write(Data("\(tally.decided) of \(total) decided, \(tally.accepted) accepted\n".utf8))
        }
        let summary = Summary(count: count, tally: fleet.tally, nanoseconds: fleet.elapsed)
        print(json ? try summary.json() : summary.text)
        if keep { fleet.keep() }
        if keep || deregister { fleet.deregisterAll(seconds: 10) }
        if fleet.tally.accepted != count { throw ExitCode(1) }
    }

    private func makeNodes() throws -> [MobileNode] {
        guard (1...10_000_000).contains(count) else { throw ValidationError("--count must be 1 to 10000000, not \(count)") }
        guard rate >= 0 else { throw ValidationError("--rate must not be negative") }
        guard (1...65_536).contains(window) else { throw ValidationError("--window must be 1 to 65536, not \(window)") }
        let first = try NodeOptions.address(firstHomeAddress, "--first-home-address")
        guard first != .zero || naiTemplate != nil else {
            throw ValidationError("a first home address of 0.0.0.0 needs --nai-template")
        }
        guard UInt64(first.rawValue) + UInt64(count) <= UInt64(UInt32.max) else {
            throw ValidationError("\(count) addresses from \(first) on do not exist")
        }
        let configuration = try options.makeConfiguration(homeAddress: first, nai: nil)
        return try (0..<count).map { number in
            var own = configuration
            if first != .zero { own.homeAddress.rawValue += UInt32(number) }
            own.nai = try naiTemplate.map {
                try Self.identifier($0.replacingOccurrences(of: "%d", with: String(number + 1)))
            }
            return MobileNode(configuration: own)
        }
    }

    private static func identifier(_ text: String) throws -> NetworkAccessIdentifier {
        guard let identifier = NetworkAccessIdentifier(text) else {
            throw ValidationError("'\(text)' is not a network access identifier of 1 to 255 bytes such as alice@example.net")
        }
        return identifier
    }
}
