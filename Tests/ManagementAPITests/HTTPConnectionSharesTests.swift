import Testing

@testable import ManagementAPI

@Suite("How many connections and event streams are accepted")
struct HTTPConnectionSharesTests {
    private static func shares(
        _ descriptors: Int, required: Int = 72, agents: Int = 2, hasSocket: Bool = true, maximumStreams: Int = 2000
    ) -> HTTPConnectionShares {
        HTTPConnectionShares(
            descriptors: descriptors, required: required, agents: agents, hasSNMP: true, hasSocket: hasSocket,
            maximumStreams: maximumStreams)
    }

    @Test(
        "Connections to both listeners never need more descriptors than there are, and on each at most half are event streams",
        arguments: [256, 1024, 1088, 8264, 524_288, Int.max], [1, 64])
    func sums(descriptors: Int, agents: Int) {
        for hasSocket in [true, false] {
            let shares = Self.shares(descriptors, agents: agents, hasSocket: hasSocket)
            let all = shares.tcp.connections + (hasSocket ? shares.unix.connections : 0)
            #expect(all + 72 + 2 * agents + 8 <= descriptors || descriptors < 256)
            #expect((4...4096).contains(shares.tcp.connections))
            #expect((1...4096).contains(shares.unix.connections))
            for share in [shares.tcp, shares.unix] {
                #expect((1...2000).contains(share.streams) && share.streams <= max(1, share.connections / 2))
            }
        }
    }

    @Test("With too few descriptors there is still one connection to each listener")
    func few() {
        let shares = Self.shares(72)
        #expect(shares.tcp.connections >= 1 && shares.unix.connections >= 1)
    }

    @Test("Without a Unix socket its share goes to TCP, and the configured maximum limits streams")
    func share() {
        #expect(Self.shares(256, hasSocket: false).tcp.connections > Self.shares(256).tcp.connections)
        #expect(Self.shares(8264, maximumStreams: 7).tcp.streams == 7)
    }
}
