import AgentModel
import MIPMIB
import MIPTesting
import ManagementCore
import MobileIPv4
import Testing

@Suite("Exchanges in MIPV4-EXT-MIB")
struct ExchangeTests {
    /// A revocation that a home agent has sent twice.
    static let waiting = Exchange(
        number: 1, kind: .revocation, role: .homeAgent, peer: IPv4Address(192, 0, 2, 1), peerRole: .foreignAgent,
        homeAddress: IPv4Address(10, 0, 1, 1), homeAgent: IPv4Address(10, 0, 0, 1), careOfAddress: IPv4Address(192, 0, 2, 1),
        state: .waiting, tries: 2, started: Samples.start, nextTry: Samples.start.adding(milliseconds: 3000))

    static func reading(_ changes: [StateChange]) -> MIBReading {
        MIBReading(
            MIBView(
                state: AgentState(
                    name: "a", changes: [.information(Samples.information())] + changes, agentTime: Samples.start),
                sysUpTime: 5))
    }

    @Test("A waiting revocation has every column but those about its acknowledgment")
    func waiting() {
        let values = Self.reading([.exchange(Self.waiting)]).values
        func value(_ column: String) -> MIBValue? { values["mipExtExchange\(column).1"] }
        #expect(value("Kind") == .integer(1) && value("State") == .integer(1))
        #expect(value("Role") == .integer(3) && value("PeerRole") == .integer(2))
        #expect(value("Peer") == .ipAddress(Self.waiting.peer) && value("HomeAgent") == .ipAddress(Self.waiting.homeAgent))
        #expect(value("HomeAddress") == .ipAddress(Self.waiting.homeAddress))
        #expect(value("CareOfAddress") == .ipAddress(Self.waiting.careOfAddress))
        #expect(value("NAI") == .octets([]) && value("Text") == .octets([]))
        #expect(value("Tries") == .gauge(2) && value("InformsNode") == .integer(2))
        #expect(value("Started") == .dateAndTime(Samples.start) && value("NextTry") == .dateAndTime(Self.waiting.nextTry))
        #expect(value("Ended") == .dateAndTime(nil))
        #expect(value("Delay") == nil && value("Code") == nil && value("Reason") == nil)
    }

    @Test("An acknowledgment without a delay, and a code that accepts, are values and not gaps")
    func zero() {
        var row = Self.waiting
        (row.kind, row.state, row.nextTry, row.ended) = (.notification, .acknowledged, nil, Samples.start)
        (row.delay, row.code, row.reason, row.text) = (0, 0, .peerRevoked, "até já")
        let values = Self.reading([.exchange(row)]).values
        func value(_ column: String) -> MIBValue? { values["mipExtExchange\(column).1"] }
        #expect(value("Delay") == .gauge(0) && value("Code") == .unsigned(0) && value("Reason") == .integer(8))
        #expect(value("Text") == .octets(Array("até já".utf8)))
    }

    @Test("Exchanges are in the order of their numbers, and a removed one has no instances")
    func order() throws {
        let rows = ([300, 2, 1, 70_000] as [UInt32]).map { number -> StateChange in
            var row = Self.waiting
            row.number = number
            return .exchange(row)
        }
        let view = IdentityTests.view(rows + [.exchangeRemoved(ExchangeKey(number: 2))])
        let found = try IdentityTests.walk(view, "mipExtExchangeState")
        #expect(found.map(\.index) == [[1], [300], [70_000]])
    }

    @Test(
        "Bindings and visitors show whether both ends inform each other of a revocation",
        arguments: [(.none, 1), (.agreed, 2), (.agreedInforming, 3)] as [(RevocationAgreement, Int32)])
    func agreement(_ agreement: RevocationAgreement, number: Int32) {
        var (binding, visitor) = (Samples.binding(1), Samples.visitor(1))
        (binding.revocation, visitor.revocation) = (agreement, agreement)
        let values = Self.reading([.binding(binding), .visitor(visitor)]).values
        #expect(values["mipExtBindingRevocation.10.0.1.1.192.0.2.1"] == .integer(number))
        #expect(values["mipExtVisitorRevocation.2.4.10.0.2.1"] == .integer(number))
    }
}
