import Foundation
import MobileIPv4

/// The results of a number of registrations.
struct Summary: Encodable {
    struct Code: Encodable {
        var code: UInt8
        var meaning: String
        var count: Int
    }

    /// Milliseconds from a node's first request to its acceptance.
    struct Latency: Encodable {
        var p50: Double
        var p90: Double
        var p99: Double
        var maximum: Double
    }

    let count: Int
    let accepted: Int
    let denied: [Code]
    /// Denials whose authenticator did not match the node's key.
    let unauthenticated: [Code]
    let unanswered: Int
    let seconds: Double
    let registrationsPerSecond: Double
    let latencyMilliseconds: Latency?

    init(count: Int, tally: NodeFleet.Tally, nanoseconds: Int64) {
        func codes(_ counts: [ReplyCode: Int]) -> [Code] {
            counts.sorted { $0.key < $1.key }.map {
                Code(code: $0.key.rawValue, meaning: $0.key.meaning ?? "unassigned", count: $0.value)
            }
        }
        self.count = count
        accepted = tally.accepted
        denied = codes(tally.deniedByCode)
        unauthenticated = codes(tally.unauthenticatedByCode)
        unanswered = tally.unanswered
        seconds = Double(nanoseconds) / 1e9
        registrationsPerSecond = seconds > 0 ? Double(accepted) / seconds : 0
        let sorted = tally.latencies.sorted()
        func percentile(_ share: Double) -> Double {
            Double(sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]) / 1e6
        }
        latencyMilliseconds =
            sorted.isEmpty
            ? nil : Latency(p50: percentile(0.5), p90: percentile(0.9), p99: percentile(0.99), maximum: percentile(1))
    }

    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    var text: String {
        var lines = ["accepted    \(accepted) of \(count)"]
        for entry in denied { lines.append("denied      \(entry.count) with code \(entry.code) (\(entry.meaning))") }
        for entry in unauthenticated {
            lines.append(
                "denied      \(entry.count) with code \(entry.code) (\(entry.meaning)), in replies that do not match the node's key"
            )
        }
        if unanswered > 0 { lines.append("unanswered  \(unanswered)") }
        lines.append(String(format: "took        %.3f s, %.0f registrations/s", seconds, registrationsPerSecond))
        if let latency = latencyMilliseconds {
            lines.append(
                String(
                    format: "latency     p50 %.2f ms, p90 %.2f ms, p99 %.2f ms, maximum %.2f ms", latency.p50, latency.p90,
                    latency.p99, latency.maximum))
        }
        return lines.joined(separator: "\n")
    }
}
