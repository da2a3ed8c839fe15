import DataPlane
import MobilityLink
import Testing

@Suite("Where nodes were seen on a link")
struct RecentSightingsTests {
    @Test("A flood of senders leaves the memory bounded, and a recent sighting survives half of the limit")
    func flood() {
        let address = LinkLayerAddress(2, 0, 0, 0, 0, 1)
        var sightings = RecentSightings<Int>(limit: 1000)
        for key in 0..<10_000 {
            sightings.remember(key, Sighting(address: address, time: .now))
            #expect(sightings[max(0, key - 499)] != nil)
        }
        #expect((0..<10_000).count { sightings[$0] != nil } <= 1000)
    }
}
