import Foundation
import MIPTesting

/// A real snmptrapd on its own port, and the notifications it has received.
final class TrapReceiver {
    /// A notification as printed by snmptrapd, with numeric OIDs.
    struct Notification: Equatable {
        /// snmpTrapOID.0; for SNMPv1 the enterprise.
        var identifier: String
        /// For SNMPv1: generic and specific trap number.
        var numbers: [String]
        /// For example `TRAP2, SNMP v2c, community public`.
        var form: String
        /// Instances and values after sysUpTime.0 and snmpTrapOID.0, in their order.
        var variables: [(name: String, value: String)]
        /// The values by instance.
        var values: [String: String] { Dictionary(variables.map { ($0.name, $0.value) }) { first, _ in first } }

        static func == (a: Self, b: Self) -> Bool {
            a.identifier == b.identifier && a.form == b.form && a.variables.map(\.name) == b.variables.map(\.name)
                && a.variables.map(\.value) == b.variables.map(\.value)
        }

        /// The value of an object, in any instance.
        func value(_ object: String) -> String? { variables.first { $0.name.hasPrefix(object + ".") }?.value }
    }

    let port = freePort()
    private let process: ChildProcess

    /// - Parameter configuration: lines of snmptrapd.conf, such as users of SNMPv3; without any, everything is accepted.
    init(in directory: TemporaryDirectory, name: String = "snmptrapd", configuration: [String] = ["disableAuthorization yes"])
        throws
    {
        let file = try directory.write(configuration.joined(separator: "\n") + "\n", to: "\(name).conf")
        process = try ChildProcess(
            "snmptrapd",
            [
                "-f", "-C", "-c", file, "-Lo", "-On", "-OQ", "-Oe", "-F", "@@ %N|%w|%q|%P|%V\\n%v\\n", "udp:127.0.0.1:\(port)",
            ], log: directory.file("\(name).log"), environment: ["SNMP_PERSISTENT_DIR": directory.file(name)])
    }

    /// All notifications received so far, oldest first.
    var received: [Notification] {
        // The last line may be incomplete.
        let lines = process.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        var notifications: [Notification] = []
        for line in lines {
            if line.hasPrefix("@@ ") {
                let fields = line.dropFirst(3).split(separator: "|", maxSplits: 4, omittingEmptySubsequences: false).map(
                    String.init)
                guard fields.count == 5 else { continue }
                notifications.append(
                    Notification(identifier: fields[0], numbers: [fields[1], fields[2]], form: fields[3], variables: []))
                add(fields[4][...], to: &notifications)
            } else {
                add(line, to: &notifications)
            }
        }
        return notifications
    }

    private func add(_ line: Substring, to notifications: inout [Notification]) {
        guard !notifications.isEmpty, let sign = line.range(of: " = ") else { return }
        let (name, value) = (String(line[..<sign.lowerBound]), String(line[sign.upperBound...]))
        let last = notifications.count - 1
        switch name {
        case ".1.3.6.1.2.1.1.3.0": break
        case ".1.3.6.1.6.3.1.1.4.1.0": notifications[last].identifier = value
        default: notifications[last].variables.append((name, value))
        }
    }

    /// Waits for a notification with this identifier.
    func wait(for identifier: String, where condition: (Notification) -> Bool = { _ in true }) async throws -> Notification {
        var found: Notification?
        do {
            try await eventually("notification \(identifier)") {
                found = received.first { $0.identifier == identifier && condition($0) }
                return found != nil
            }
        } catch {
            throw TimedOut(description: "\(error)\n\(process.output)")
        }
        return found ?? Notification(identifier: identifier, numbers: [], form: "", variables: [])
    }

    /// Suspends it, so that it behaves like a hung process.
    func pause() { process.signal(SIGSTOP) }

    func resume() { process.signal(SIGCONT) }

    func stop() async throws { try await process.stop() }
}
