import Testing

@Suite("An idle mobile node", .enabled(if: IsolatedNode.isPossible, "needs root and TUN devices"))
struct IdleTests {
    @Test("In five seconds it polls the data plane often but takes no snapshot and publishes nothing")
    func idle() async throws {
        // The other end stays down, so that there is no link.
        let node = try await IsolatedNode(["link add eth0 type veth peer name other"])
        // By then the kernel has sent all notifications about the new device.
        try await Task.sleep(for: .seconds(1))
        let before = try await node.counts()
        try await Task.sleep(for: .seconds(5))
        let after = try await node.counts()
        try await node.stop()
        #expect(before.snapshots > 0 && before.changes > 0)
        #expect(after.snapshots == before.snapshots)
        #expect(after.changes == before.changes)
        #expect(after.polls > before.polls + 20)
    }

    @Test("While it looks for an agent, it takes one snapshot for each solicitation")
    func searching() async throws {
        let node = try await IsolatedNode(["link add eth0 type veth peer name other", "link set other up"])
        try await Task.sleep(for: .seconds(1))
        let before = try await node.counts()
        try await Task.sleep(for: .seconds(5))
        let after = try await node.counts()
        try await node.stop()
        // One per second at first, then fewer and fewer.
        #expect((1...6).contains(after.snapshots - before.snapshots))
        #expect(after.changes > before.changes)
    }
}
