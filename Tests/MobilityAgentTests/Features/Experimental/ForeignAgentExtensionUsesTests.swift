import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

@Suite("Uses of vendor extensions at a foreign agent")
struct ForeignAgentExtensionUsesTests {
    /// Extensions 38 and 134 (RFC 3115 §2) with one byte.
    private static func critical(_ vendor: UInt16, _ type: UInt8) -> [UInt8] {
        [38, 0, 0, 7, 0, 0, UInt8(vendor >> 8), UInt8(vendor & 0xFF), 0, type, 42]
    }
    private static func normal(_ vendor: UInt16, _ type: UInt16) -> [UInt8] {
        let header: [UInt8] = [134, 9, 0, 0, 0, 0, UInt8(vendor >> 8), UInt8(vendor & 0xFF)]
        return header + [UInt8(type >> 8), UInt8(type & 0xFF), 42]
    }

    private static func send(_ extensions: [UInt8], to bench: inout Bench) -> OutgoingDatagram? {
        let request = Request(visiting: bench) { $0.after = extensions }
        return bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
    }

    private static func uses(_ bench: Bench) -> [ExtensionUse] {
        bench.effects.changes.compactMap { if case .extensionUse(let use) = $0 { use } else { nil } }
    }

    @Test("Vendor extensions in the part that is relayed keep their order and their bytes")
    func order() {
        var bench = Bench(Lab.foreignAgentConfiguration())
        let request = Request(visiting: bench) {
            $0.before = Self.normal(9, 2) + Self.critical(0x1234, 7) + Self.normal(9, 1) + Self.critical(9, 1)
        }
        let sent = bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        #expect(sent?.payload == request.octets)
        #expect(Self.uses(bench).isEmpty)
    }

    @Test("Each vendor extension for the foreign agent is counted in the row of its vendor and type by what becomes of it")
    func rows() {
        var bench = Bench(
            Lab.foreignAgentConfiguration { $0.knownVendorExtensions = [VendorExtensionKind(vendor: 9, type: 1)] })
        _ = Self.send(Self.normal(9, 1) + Self.normal(9, 2) + Self.critical(9, 3) + [134, 4, 0, 0, 0, 9], to: &bench)
        let expected = [
            ExtensionUse(
                role: .foreignAgent, type: 134, vendor: 9, number: 1, isKnown: true, seen: 1, skipped: 1,
                lastSource: Lab.visitor.address, lastSeen: bench.time),
            ExtensionUse(
                role: .foreignAgent, type: 134, vendor: 9, number: 2, seen: 1, skipped: 1, lastSource: Lab.visitor.address,
                lastSeen: bench.time),
            ExtensionUse(
                role: .foreignAgent, type: 38, vendor: 9, number: 3, seen: 1, refused: 1, lastSource: Lab.visitor.address,
                lastSeen: bench.time),
            ExtensionUse(
                role: .foreignAgent, type: 134, vendor: .max, number: .max, seen: 1, skipped: 1,
                lastSource: Lab.visitor.address, lastSeen: bench.time),
        ]
        #expect(Self.uses(bench) == expected)
    }

    @Test("A known extension is accepted with the request that has it; in one that is denied, no other extension is refused")
    func outcomes() throws {
        var bench = Bench(
            Lab.foreignAgentConfiguration([Lab.ofVisitor]) {
                $0.knownVendorExtensions = [VendorExtensionKind(vendor: 9, type: 1)]
            })
        let extensions = Self.critical(9, 1) + Self.normal(9, 2)
        // The node's authenticator is missing.
        #expect(try Reply(Self.send(extensions + Self.critical(9, 3), to: &bench))?.code == 67)
        #expect(Self.uses(bench).map(\.skipped) == [1, 1, 1])
        bench.advance(seconds: 1)
        let request = Request(visiting: bench) {
            ($0.after, $0.signatures) = (extensions, [(.mobileForeignAuthentication, Lab.ofVisitor)])
        }
        #expect(bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)?.destination == Lab.homeAgent)
        #expect(Self.uses(bench).map(\.accepted) == [1, 0] && Self.uses(bench).map(\.skipped) == [1, 2])
        let answer = Answer(to: request) { $0.after = Self.critical(9, 1) + Self.critical(9, 4) }
        bench.advance(seconds: 1)
        #expect(try Reply(bench.receive(answer.octets, from: Lab.homeAgent, to: Lab.foreignAgent))?.code == 101)
        #expect(Self.uses(bench).map(\.accepted) == [1, 0] && Self.uses(bench).map(\.refused) == [0, 1])
    }

    @Test("A row is published at once, and then at most once a second with all that has come meanwhile")
    func paced() {
        var bench = Bench(Lab.foreignAgentConfiguration())
        var published: [UInt64] = []
        for _ in 0..<10 {
            _ = Self.send(Self.normal(9, 1), to: &bench)
            published += Self.uses(bench).map(\.seen)
        }
        #expect(published == [1])
        bench.advance(seconds: 1)
        #expect(Self.uses(bench).map(\.seen) == [10])
        bench.advance(seconds: 5)
        #expect(Self.uses(bench).isEmpty)
        _ = Self.send(Self.normal(9, 1), to: &bench)
        #expect(Self.uses(bench).map(\.seen) == [11])
    }

    @Test("A flood of invented kinds takes no more than a quarter of the rows, and keeps no known kind from getting one")
    func bounded() {
        var bench = Bench(
            Lab.foreignAgentConfiguration { $0.knownVendorExtensions = [VendorExtensionKind(vendor: 9, type: 1)] })
        var keys: Set<ExtensionUseKey> = []
        for vendor in 100..<1100 as Range<UInt16> {
            _ = Self.send(Self.normal(vendor, 1), to: &bench)
            keys.formUnion(Self.uses(bench).map(\.key))
        }
        #expect(keys.count == ExtensionUse.rowLimit / 4 + 1)
        let others = ExtensionUseKey(
            role: .foreignAgent, type: 134, vendor: ExtensionUse.others.vendor, number: ExtensionUse.others.number)
        #expect(keys.contains(others))
        bench.advance(seconds: 1)
        #expect(Self.uses(bench).first { $0.key == others }?.seen == 1000 - UInt64(ExtensionUse.rowLimit / 4))
        _ = Self.send(Self.normal(9, 1), to: &bench)
        #expect(Self.uses(bench).map(\.vendor) == [9])
    }

    @Test("A vendor that is known as a whole does not keep kinds that are known themselves from getting rows")
    func wholeVendor() {
        var bench = Bench(
            Lab.foreignAgentConfiguration {
                $0.knownVendorExtensions = [VendorExtensionKind(vendor: 9), VendorExtensionKind(vendor: 10, type: 1)]
            })
        var keys: Set<ExtensionUseKey> = []
        for type in 0..<1000 as Range<UInt16> {
            _ = Self.send(Self.normal(9, type), to: &bench)
            keys.formUnion(Self.uses(bench).map(\.key))
        }
        #expect(keys.count == ExtensionUse.rowLimit / 8 + 1)
        _ = Self.send(Self.normal(10, 1), to: &bench)
        #expect(Self.uses(bench).map(\.vendor) == [10])
    }

    @Test("Requests that nobody has authenticated take no rows from those of nodes that the foreign agent knows")
    func authenticated() {
        var bench = Bench(Lab.foreignAgentConfiguration([Lab.ofVisitor]))
        let stranger = IPv4Address(10, 1, 0, 1)
        for vendor in 100..<1100 as Range<UInt16> {
            let request = Request(visiting: bench) { ($0.homeAddress, $0.after) = (stranger, Self.normal(vendor, 1)) }
            bench.receive(request.octets, from: TransportEndpoint(stranger, port: 434), to: Lab.foreignAgent)
        }
        let request = Request(visiting: bench) {
            ($0.after, $0.signatures) = (Self.normal(9, 1), [(.mobileForeignAuthentication, Lab.ofVisitor)])
        }
        bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        #expect(Self.uses(bench).map(\.vendor) == [9])
    }
}
