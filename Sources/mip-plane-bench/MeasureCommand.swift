import ArgumentParser
import DataPlane
import Foundation

/// Measures the path correspondent → home agent → tunnel → foreign agent → mobile node, all in namespaces of this machine.
struct MeasureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measure", abstract: "Measures the throughput of a home and a foreign agent on this machine. Needs root.")

    @Option(help: "UDP payload in bytes.") var size: [Int] = [64, 1400]
    @Option(help: "Encapsulation: ipInIp, gre or minEnc.") var encapsulation = "ipInIp"
    @Option(help: "Duration in seconds.") var seconds = 5.0
    @Option(help: "Datagrams offered per second; 0 for as many as possible.") var rate = 0.0
    @Flag(help: "Print one JSON object for each size.") var json = false

    /// The result of one run. Rates are per second; bytes are those of the inner IPv4 datagrams.
    private struct Result: Encodable {
        var encapsulation: String
        var payload: Int
        var offeredPerSecond: Double
        var packetsPerSecond: Double
        var megabitsPerSecond: Double
        var tunnelled: UInt64
        var delivered: UInt64
    }

    func run() throws {
        guard Laboratory.isPossible else {
            throw ValidationError("this user may not create network namespaces or open /dev/net/tun; run this command as root")
        }
        let program = "/proc/\(getpid())/exe"
        for size in size {
            let laboratory = try Laboratory()
            let planes = try laboratory.planes(program, encapsulation: encapsulation)
            let receiver = try laboratory.mobileNode.start([program, "receive"])
            guard try receiver.readLine() == "ready" else { throw LaboratoryError("the receiver has not started") }
            let sender = try laboratory.correspondent.start([
                program, "send", "--to", Laboratory.homeAddress, "--size", "\(size)", "--seconds", "\(seconds)",
                "--rate", "\(rate)",
            ])
            let sent = try report(sender)
            let received = try report(receiver)
            let home = try Laboratory.counters(planes.homeAgent)
            let foreign = try Laboratory.counters(planes.foreignAgent)
            let packets = Double(received.packets) / max(received.seconds, 0.001)
            let result = Result(
                encapsulation: encapsulation, payload: size, offeredPerSecond: Double(sent.packets) / sent.seconds,
                packetsPerSecond: packets, megabitsPerSecond: packets * Double(size + 28) * 8 / 1e6,
                tunnelled: home.homes[Laboratory.homeAddress]?.toNode.packets ?? 0,
                delivered: foreign.visitors[Laboratory.homeAddress]?.toNode.packets ?? 0)
            if json {
                say(String(decoding: try JSONEncoder().encode(result), as: UTF8.self))
            } else {
                say(
                    String(
                        format:
                            "%@ payload %d: offered %.0f/s, delivered %.0f packets/s, %.0f Mbit/s of IPv4 (%.1f %% of offered)",
                        encapsulation, size, result.offeredPerSecond, packets, result.megabitsPerSecond,
                        100 * Double(received.packets) / Double(max(1, sent.packets))))
                say(
                    "  home agent tunnelled \(result.tunnelled), foreign agent delivered \(result.delivered), "
                        + "drops \(home.drops) \(foreign.drops)")
            }
            planes.homeAgent.finish()
            planes.foreignAgent.finish()
        }
    }

    private func report(_ process: NamespaceProcess) throws -> TrafficReport {
        guard let line = try process.readLine(within: seconds + 40) else {
            throw LaboratoryError("a sender or receiver has printed no report")
        }
        return try JSONDecoder().decode(TrafficReport.self, from: Data(line.utf8))
    }
}
