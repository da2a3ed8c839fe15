package import DataPlane

/// Where and when a node was seen on a link.
package struct Sighting {
    package let address: LinkLayerAddress
    package let time: ContinuousClock.Instant

    package init(address: LinkLayerAddress, time: ContinuousClock.Instant) {
        self.address = address
        self.time = time
    }
}

/// Sightings by key, at most `limit`. Whatever else is remembered meanwhile, a sighting stays while fewer than half of the limit are added,
/// so a flood of invented senders does not take away those of requests that wait for an answer.
package struct RecentSightings<Key: Hashable> {
    private let half: Int
    private var newer: [Key: Sighting] = [:]
    private var older: [Key: Sighting] = [:]

    package init(limit: Int) { half = max(1, limit / 2) }

    package mutating func remember(_ key: Key, _ sighting: Sighting) {
        if newer.count >= half, newer[key] == nil {
            older = newer
            newer = [:]
        }
        newer[key] = sighting
    }

    package subscript(key: Key) -> Sighting? { newer[key] ?? older[key] }
}
