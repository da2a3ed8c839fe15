import Foundation
import Logging
import MIPMIB
import MobileIPv4
import NIOConcurrencyHelpers

/// The daemon's persistent state, read once and written as it changes. Any thread.
final class StateStore: Sendable {
    private let file: PersistentStateFile
    private let contents: NIOLockedValueBox<PersistentState>

    /// Reads the file; one that cannot be read is told and left alone until something is to be written.
    init(path: String, logger: Logger) {
        file = PersistentStateFile(path: path)
        var state = PersistentState()
        do {
            state = try file.read()
        } catch {
            logger.error(
                "the state file cannot be read; written settings of notifications are forgotten, and SNMPv3 managers may need to be told",
                metadata: ["file": "\(path)", "cause": "\(error)"])
        }
        contents = NIOLockedValueBox(state)
    }

    /// What an agent's notifications are set to: the configuration with what was written in its place.
    func settings(of agent: String, configured: NotificationSettings) -> NotificationSettings {
        contents.withLockedValue { $0.agents[agent]?.applied(to: configured) ?? configured }
    }

    /// Keeps written settings.
    func keep(_ settings: NotificationSettings, of agent: String, configured: NotificationSettings) throws {
        try change { $0.agents[agent] = PersistentState.WrittenSettings(settings, over: configured) }
    }

    /// The engine's identifier and the boots before this start. The file is written only where SNMPv3 is spoken, since nobody else asks.
    func startEngine(_ configuration: StandaloneConfiguration) throws -> (id: [UInt8], boots: UInt32) {
        let state = contents.withLockedValue { $0 }
        let kept = state.engineID.flatMap(Self.octets)
        let id = configuration.engineID ?? kept ?? Self.newEngineID()
        let boots = id == kept ? state.engineBoots : 0
        let speaksV3 = !configuration.users.isEmpty
        if speaksV3 {
            try change {
                $0.engineID = Hexadecimal.text(id)
                // The library counts this start by itself; 2³¹−1 is where it stops (RFC 3414 §2.2.2).
                $0.engineBoots = min(boots, UInt32(Int32.max) - 1) + 1
            }
        }
        return (id, boots)
    }

    private func change(_ body: (inout PersistentState) -> Void) throws {
        try contents.withLockedValue { contents in
            var state = contents
            body(&state)
            guard state != contents else { return }
            try file.write(state)
            contents = state
        }
    }

    /// net-snmp's enterprise number, format "octets", and 12 of them at random (RFC 3411, SnmpEngineID).
    private static func newEngineID() -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return [0x80, 0x00, 0x1F, 0x88, 0x05] + (0..<12).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    /// An engine's identifier has 5 to 32 octets (RFC 3411, SnmpEngineID).
    private static func octets(_ digits: String) -> [UInt8]? {
        Hexadecimal.octets(digits).flatMap { (5...32).contains($0.count) ? $0 : nil }
    }
}
