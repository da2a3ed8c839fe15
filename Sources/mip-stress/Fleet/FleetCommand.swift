import AgentModel
import ArgumentParser
import Foundation
import MobileIPv4
import MobileNode

/// Runs many nodes over UDP that register with any home agent, until all of them have moved to another one.
struct FleetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fleet",
        abstract: "Registers nodes with any home agent, and measures how they move to another one when theirs is drained.",
        discussion: """
            The first half of the nodes registers through a foreign agent, the others with a co-located care-of address. All \
            home addresses and the care-of address must be local. It prints "registered COUNT" once all are registered, and at \
            the end one JSON object: how many nodes have moved, the seconds from the first lost registration to the last new \
            one, and the longest time in seconds that a node knew itself to be without a registration. Exit status: 0 if all \
            moved within the limits, 1 otherwise, 64 for invalid arguments. Needs root, for port 434 and ICMP.
            """)

    @Option(help: "Number of nodes, 2 to 4000.")
    var nodes = 1000

    @Option(help: "Home address of the first node; the others follow.")
    var firstHomeAddress: String

    @Option(help: "The home agent that the nodes ask first.")
    var homeAgent: String

    @Option(help: "The home agent to which they are to move.")
    var target: String

    @Option(help: "The foreign agent of the first half.")
    var foreignAgent: String

    @Option(help: "The care-of address of the second half.")
    var careOfAddress: String

    @Option(help: "SPI of the security association of all nodes, 256 to 4294967295.")
    var spi: UInt32 = 256

    @Option(help: "File with the key in hexadecimal digits.")
    var keyFile: String

    @Option(help: "Seconds in which all nodes must have moved.")
    var within = 60.0

    @Option(help: "The longest time in seconds that a node may be without a registration.")
    var gap = 5.0

    @Option(help: "Seconds to wait for the first lost registration, and for all nodes to register.")
    var wait = 60.0

    func run() throws {
        guard (2...4000).contains(nodes) else { throw ValidationError("--nodes \(nodes) is invalid; expected 2 to 4000") }
        guard spi > 255 else { throw ValidationError("--spi \(spi) is reserved; expected 256 to 4294967295") }
        let target = try Self.address(target, "--target")
        var fleet = try DrainedFleet(nodes: try makeNodes(), target: target)
        guard fleet.register(seconds: wait) else {
            print("registered \(fleet.registered) of \(nodes)")
            throw ExitCode.failure
        }
        print("registered \(nodes)")
        // Whoever reads this from a file need not wait for the end.
        fflush(nil)
        let result = fleet.move(waiting: wait, within: within)
        print(result.json)
        guard result.moved == nodes, result.seconds <= within, result.longestGap <= gap else { throw ExitCode.failure }
    }

    private func makeNodes() throws -> [FleetNode] {
        let first = try Self.address(firstHomeAddress, "--first-home-address")
        let hint = try Self.address(homeAgent, "--home-agent")
        let foreign = TransportEndpoint(
            try Self.address(foreignAgent, "--foreign-agent"), port: TransportEndpoint.registrationPort)
        let careOf = try Self.address(careOfAddress, "--care-of-address")
        let key = try readKey()
        return (0..<nodes).map { number in
            let isThrough = number < nodes / 2
            var configuration = MobileNodeConfiguration(
                homeAddress: IPv4Address(rawValue: first.rawValue &+ UInt32(number)),
                homeAgent: TransportEndpoint(.zero, port: TransportEndpoint.registrationPort), careOfAddress: .zero,
                nai: NetworkAccessIdentifier("node\(number + 1)@example.net"), spi: SecurityParameterIndex(rawValue: spi),
                key: key)
            configuration.homeAgentHint = hint
            if !isThrough { configuration.revocationOffer = .agreedInforming }
            return FleetNode(
                node: MobileNode(configuration: configuration),
                attachment: isThrough
                    ? .foreignAgent(foreign, careOfAddress: foreign.address) : .coLocated(careOf, foreignAgent: nil))
        }
    }

    private func readKey() throws -> AuthenticationKey {
        let text = try String(contentsOfFile: keyFile, encoding: .utf8)
        guard let key = AuthenticationKey(hexadecimal: text.filter { !$0.isWhitespace }) else {
            throw ValidationError("the key in '\(keyFile)' is invalid; expected an even number of hexadecimal digits")
        }
        return key
    }

    private static func address(_ text: String, _ option: String) throws -> IPv4Address {
        guard let address = IPv4Address(text) else {
            throw ValidationError("\(option) '\(text)' is invalid; expected an IPv4 address such as 192.0.2.1")
        }
        return address
    }
}
