import ArgumentParser
import Foundation
import MobileIPv4
import MobileNode

/// Registers many nodes, for tests, demonstrations and load generation.
struct RegisterCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "register", abstract: "Register many mobile nodes and summarise the results.",
        discussion: "Exit status: 0 if all registrations were accepted, 1 otherwise, 64 for invalid arguments.")

    @OptionGroup var options: NodeOptions

    @Option(help: "Number of nodes.")
    var count = 1

    @Option(help: "Registrations to start per second; 0 for as fast as --window allows.")
    var rate = 0

    @Option(help: "Largest number of registrations in progress at once.")
    var window = 256

    @Option(help: "Home address of the first node; the others follow. 0.0.0.0 requests addresses by NAI.")
    var firstHomeAddress: String

    @Option(help: "NAI of the nodes; '%d' is replaced by the node's number, starting at 1.")
    var naiTemplate: String?

    @Flag(help: "Stay registered and acknowledge notifications (RFC 6098) until SIGTERM or Ctrl-C, then deregister.")
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
        StopSignal.setStatus(fleet.tally.accepted == count ? 0 : 1)
        let summary = Summary(count: count, tally: fleet.tally, nanoseconds: fleet.elapsed)
        print(json ? try summary.json() : summary.text)
        // Whoever reads the summary from a file or a pipe need not wait for the end.
        fflush(nil)
        if keep { fleet.keep() }
        if keep || deregister { fleet.deregisterAll(seconds: 10) }
        if fleet.tally.accepted != count { throw ExitCode(1) }
    }

    private func makeNodes() throws -> [MobileNode] {
        guard (1...10_000_000).contains(count) else {
            throw ValidationError("--count \(count) is invalid; expected 1 to 10000000")
        }
        guard rate >= 0 else { throw ValidationError("--rate \(rate) is invalid; expected 0 or more") }
        guard (1...65_536).contains(window) else { throw ValidationError("--window \(window) is invalid; expected 1 to 65536") }
        let first = try NodeOptions.address(firstHomeAddress, "--first-home-address")
        guard first != .zero || naiTemplate != nil else {
            throw ValidationError("--first-home-address 0.0.0.0 requires --nai-template")
        }
        guard UInt64(first.rawValue) + UInt64(count) <= UInt64(UInt32.max) else {
            throw ValidationError(
                "there are fewer than \(count) addresses starting at \(first); lower --count or --first-home-address")
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
            throw ValidationError(
                "'\(text)' is invalid; expected a network access identifier of 1 to 255 bytes such as alice@example.net")
        }
        return identifier
    }
}
