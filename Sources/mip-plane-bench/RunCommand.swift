import AgentModel
import ArgumentParser
import DataPlane
import Dispatch
import Foundation
import MobileIPv4

/// Runs a data plane that reads from standard input what to forward, and exits at the end of the input.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Runs a data plane controlled by standard input.",
        discussion: """
            Each command is one line and is answered by one line, 'ok' or 'error: …':
              home HOME INTERFACE|- LOCAL,CAREOF,ENCAPSULATION,reverse|forward …
              unhome HOME [LINKLAYER]
              visitor HOME HOMEAGENT CAREOF ENCAPSULATION none|direct|encapsulating INTERFACE [LINKLAYER]
              unvisitor HOME
              node HOME CAREOF PEER ENCAPSULATION true|false
              unnode HOME
              restore
              counters
            """)

    @Option(help: "Name of the device.")
    var device = "mip0"

    @Option(help: "An address at which tunnels end.")
    var local: [String] = []

    @Flag(inversion: .prefixedNo, help: "Enable IP forwarding.")
    var forwarding = true

    @Option(help: "Implementation: automatic, kernel or userSpace.")
    var choice = "automatic"

    @Flag(help: "Require only what a kernel's tunnel devices can do.")
    var modest = false

    @Flag(help: "With the kernel data plane: use existing tunnel devices instead of creating them.")
    var existingDevices = false

    @Flag(help: "Drop all privileges except those needed after startup.")
    var unprivileged = false

    @Option(help: "Additional Dispatch threads, which block signals.")
    var threads = 0

    func run() throws {
        var configuration = DataPlaneConfiguration(device: device, localAddresses: try local.map(address))
        configuration.enablesForwarding = forwarding
        guard let choice = DataPlaneConfiguration.Choice(rawValue: choice) else {
            throw ValidationError("'\(choice)' is invalid; expected automatic, kernel or userSpace")
        }
        configuration.choice = choice
        if modest {
            configuration.encapsulations = [.ipInIp]
            configuration.needsSimultaneousBindings = false
            configuration.needsEncapsulatingDelivery = false
        }
        let plane = try open(configuration)
        for _ in 0..<threads { DispatchQueue.global().async { while true { sleep(60) } } }
        if unprivileged { try Privileges.drop(keeping: Privileges.ofAgent) }
        say("ready \(plane.kind.rawValue)")
        while let line = readLine() {
            do {
                say(try perform(line.split(separator: " ").map(String.init), on: plane))
            } catch {
                say("error: \(error)")
            }
        }
        plane.stop()
    }

    private func open(_ configuration: DataPlaneConfiguration) throws -> any DataPlane {
        guard existingDevices else { return try DataPlanes.open(configuration) { error in say("lost: \(error)") } }
        let client = try RouteClient(protocolNumber: configuration.routeProtocol)
        return try KernelDataPlane(configuration, client, [.ipInIp]) { client, name, _ throws(DataPlaneError) in
            _ = try client.interface(named: name)
        }
    }

    private func perform(_ words: [String], on plane: any DataPlane) throws -> String {
        func word(_ index: Int) throws -> String {
            guard words.indices.contains(index) else { throw ValidationError("the command is incomplete") }
            return words[index]
        }
        switch try word(0) {
        case "home":
            let destinations = try words.dropFirst(3).map { text in
                let parts = text.split(separator: ",").map(String.init)
                guard parts.count == 4 else {
                    throw ValidationError(
                        "the destination '\(text)' is invalid; expected LOCAL,CAREOF,ENCAPSULATION,reverse|forward")
                }
                return HomeForwarding.Destination(
                    tunnel: MobilityTunnelKey(
                        localAddress: try address(parts[0]), remoteAddress: try address(parts[1]),
                        encapsulation: try encapsulation(parts[2])),
                    acceptsReverse: parts[3] == "reverse")
            }
            let interface = try word(2)
            try plane.setHome(
                HomeForwarding(
                    homeAddress: try address(try word(1)), destinations: destinations,
                    homeInterface: interface == "-" ? nil : interface))
        case "unhome":
            try plane.removeHome(
                try address(try word(1)), linkLayerAddress: words.count > 2 ? LinkLayerAddress(words[2]) : nil)
        case "visitor":
            guard let reverse = ReverseTunnel(rawValue: try word(5)) else {
                throw ValidationError("the delivery style is invalid; expected none, direct or encapsulating")
            }
            try plane.setVisitor(
                VisitorForwarding(
                    homeAddress: try address(try word(1)), homeAgent: try address(try word(2)),
                    careOfAddress: try address(try word(3)), encapsulation: try encapsulation(try word(4)), reverse: reverse,
                    interface: try word(6), linkLayerAddress: words.count > 7 ? LinkLayerAddress(words[7]) : nil))
        case "unvisitor": try plane.removeVisitor(try address(try word(1)))
        case "node":
            try plane.setNode(
                NodeForwarding(
                    homeAddress: try address(try word(1)), careOfAddress: try address(try word(2)),
                    peer: try address(try word(3)), encapsulation: try encapsulation(try word(4)),
                    reverseTunnel: try word(5) == "true"))
        case "unnode": try plane.removeNode(try address(try word(1)))
        case "restore": try plane.restore()
        case "counters":
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            return String(decoding: try encoder.encode(CounterReport(plane.counters())), as: UTF8.self)
        default: throw ValidationError("'\(words[0])' is not a command")
        }
        return "ok"
    }

    private func address(_ text: String) throws -> IPv4Address {
        guard let address = IPv4Address(text) else { throw ValidationError("'\(text)' is invalid; expected an IPv4 address") }
        return address
    }

    private func encapsulation(_ text: String) throws -> Encapsulation {
        guard let encapsulation = Encapsulation(rawValue: text) else {
            throw ValidationError("'\(text)' is invalid; expected ipInIp, gre or minEnc")
        }
        return encapsulation
    }
}

/// Writes a line without buffering.
func say(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
}
