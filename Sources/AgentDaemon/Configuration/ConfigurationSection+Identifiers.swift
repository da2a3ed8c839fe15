import DaemonSupport
import MobileIPv4

extension ConfigurationSection {
    /// A mapping of network access identifiers to addresses; empty if absent. Identifiers that differ only in the case of the
    /// realm are the same, which is a mistake.
    func addresses(byNAI name: String) -> [NetworkAccessIdentifier: IPv4Address] {
        var addresses: [NetworkAccessIdentifier: IPv4Address] = [:]
        for (nai, address) in pairs(name, .nai, .unicastAddress) {
            guard let nai else { continue }
            if addresses.updateValue(address, forKey: nai) != nil { refuseRepetition(of: nai.description, atPath: name) }
        }
        return addresses
    }

    /// Records that an identifier or realm is given more than once.
    ///
    /// - Parameter path: where, below this section.
    func refuseRepetition(of identifier: String, atPath path: String) {
        let place = self.path.isEmpty ? path : "\(self.path).\(path)"
        mistake(
            atPath: path, "\(place): '\(identifier)' is listed twice; the case of a realm does not matter", "remove one of them")
    }
}
