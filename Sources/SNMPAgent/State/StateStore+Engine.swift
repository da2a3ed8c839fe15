import ManagementCore
import MobileIPv4

// The identity of the SNMPv3 engine in the state file.
extension StateStore {
    /// The engine's identifier and its boots before this start. The file is written only if there are SNMPv3 users, because only SNMPv3
    /// uses them.
    func startEngine(_ configuration: StandaloneConfiguration) throws -> (id: [UInt8], boots: UInt32) {
        let state = self.state
        let kept = state.engineID.flatMap(Self.engineID)
        let id = configuration.engineID ?? kept ?? Self.newEngineID()
        let boots = id == kept ? state.engineBoots : 0
        let speaksV3 = !configuration.users.isEmpty
        if speaksV3 {
            try change {
                $0.engineID = Hexadecimal.text(id)
                // The library itself counts this start. The count stops at 2³¹−1 (RFC 3414 §2.2.2).
                $0.engineBoots = min(boots, UInt32(Int32.max) - 1) + 1
            }
        }
        return (id, boots)
    }

    /// net-snmp's enterprise number, the format "octets", and 12 random octets (RFC 3411, SnmpEngineID).
    private static func newEngineID() -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return [0x80, 0x00, 0x1F, 0x88, 0x05] + (0..<12).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    private static func engineID(_ digits: String) -> [UInt8]? {
        Hexadecimal.octets(digits).flatMap { (5...32).contains($0.count) ? $0 : nil }
    }
}
