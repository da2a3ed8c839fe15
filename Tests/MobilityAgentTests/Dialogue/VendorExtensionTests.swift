import AgentModel
import MIPTesting
import MobileIPv4
import MobilityAgent
import Testing

@Suite("Vendor extensions")
struct VendorExtensionTests {
    static let normal: [UInt8] = [134, 9, 0, 0, 0, 0, 0, 9, 0, 14, 1]
    static let otherNormal: [UInt8] = [134, 8, 0, 0, 0, 0, 0, 10, 0, 1]
    static let cutShort: [UInt8] = [134, 4, 0, 0, 0, 9]
    static let known: Set<VendorExtensionKind> = [VendorExtensionKind(vendor: 9, type: 14)]

    @Test(
        "A home agent skips normal vendor extensions and counts the unknown ones by their sender",
        arguments: [
            (normal, [], 1, 0), ([], normal, 0, 1), (normal + otherNormal, otherNormal, 2, 1), (cutShort, [], 1, 0),
        ] as [([UInt8], [UInt8], UInt64, UInt64)])
    func homeAgent(before: [UInt8], after: [UInt8], ofNode: UInt64, ofForeignAgent: UInt64) throws {
        var bench = Bench(Lab.homeAgentConfiguration())
        #expect(try Reply(bench.receive(Request(bench) { ($0.before, $0.after) = (before, after) }.octets))?.code == 0)
        #expect(bench.home.normalVendorExtensionsFromMobileNodeIgnored == ofNode)
        #expect(bench.home.normalVendorExtensionsFromForeignAgentIgnored == ofForeignAgent)
    }

    @Test("Known vendor extensions are not counted as ignored")
    func known() throws {
        var bench = Bench(Lab.homeAgentConfiguration { $0.knownVendorExtensions = Self.known })
        bench.receive(Request(bench) { ($0.before, $0.after) = (Self.normal, Self.normal + Self.otherNormal) }.octets)
        #expect(bench.home.normalVendorExtensionsFromMobileNodeIgnored == 0)
        #expect(bench.home.normalVendorExtensionsFromForeignAgentIgnored == 1)
    }

    @Test("A foreign agent counts the vendor extensions meant for it, in requests and replies, and no others")
    func foreignAgent() throws {
        var bench = Bench(Lab.foreignAgentConfiguration())
        let request = Request(visiting: bench) { ($0.before, $0.after) = (Self.normal, Self.normal + Self.otherNormal) }
        let relayed = bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        #expect(relayed?.destination == Lab.homeAgent)
        #expect(bench.foreign.normalVendorExtensionsFromMobileNodeIgnored == 2)
        let answer = Answer(to: request) { $0.after = Self.normal }
        bench.receive(answer.octets, from: Lab.homeAgent, to: Lab.foreignAgent)
        #expect(bench.foreign.normalVendorExtensionsFromHomeAgentIgnored == 1)
        #expect(bench.foreign.repliesRelayed == 1)
    }

    @Test(
        "A foreign agent replaces a reply with 101 for an unknown critical vendor extension, and accepts a known one",
        arguments: [true, false])
    func criticalInReply(isKnown: Bool) throws {
        var bench = Bench(
            Lab.foreignAgentConfiguration { if isKnown { $0.knownVendorExtensions = [VendorExtensionKind(vendor: 9)] } })
        let request = Request(visiting: bench)
        bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        let answer = Answer(to: request) { $0.after = HomeAgentCase.vendor }
        let sent = bench.receive(answer.octets, from: Lab.homeAgent, to: Lab.foreignAgent)
        let reply = try #require(try Reply(sent))
        #expect(reply.code == (isKnown ? 0 : 101) && reply.scan.first(.foreignAgentError) == nil)
        #expect(bench.foreign.repliesSentByCode[.faUnsupportedCVSEFromHomeAgent] == (isKnown ? 0 : 1))
        #expect(bench.foreign.repliesRelayed == (isKnown ? 1 : 0))
        #expect(bench.everythingIsAccountedFor)
    }
}
