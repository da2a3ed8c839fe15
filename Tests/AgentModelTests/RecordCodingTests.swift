import AgentModel
import Foundation
import MIPTesting
import MobileIPv4
import Testing

@Suite("Records as JSON")
struct RecordCodingTests {
    private func comesBack<Record: Codable & Equatable>(_ record: Record) throws -> Bool {
        try JSONDecoder().decode(Record.self, from: JSONEncoder().encode(record)) == record
    }

    @Test("Records survive encoding and decoding unchanged")
    func records() throws {
        #expect(try comesBack(Samples.binding(2)))
        #expect(try comesBack(Samples.binding(3, lifetime: .max)))
        #expect(try comesBack(Samples.visitor(1, state: .pending)))
        #expect(try comesBack(Samples.association(1)))
        #expect(try comesBack(Samples.violation(1)))
        #expect(try comesBack(Samples.mobileNode(1, deniedCode: 133)))
        #expect(try comesBack(Samples.information()))
        #expect(try comesBack(Samples.registration(1)))
        #expect(try comesBack(Samples.registration(2, isAccepted: false)))
        #expect(try comesBack(Samples.foreignAgent(1)))
        #expect(try comesBack(Samples.mobileNodeStatus()))
        var information = Samples.information()
        information.drain = DrainStatus(
            since: Samples.start, homeAgents: [IPv4Address(10, 0, 0, 2)], redirected: 7, text: "moved", bindings: 5,
            movableBindings: 4)
        #expect(try comesBack(information))
        var status = Samples.mobileNodeStatus()
        status.homeAgentSearch = HomeAgentSearch(
            state: .redirected, homeAgent: IPv4Address(10, 0, 0, 2), source: .redirected, redirects: [IPv4Address(10, 0, 0, 1)])
        status.hostConfiguration = ReceivedHostConfiguration(received: Samples.start)
        #expect(try comesBack(status))
        var counters = AgentCounters(mobileNode: MobileNodeCounters())
        counters.mobileNode?.repliesReceivedByCode[.faStaleChallenge] = 2
        #expect(try comesBack(counters))
    }

    @Test("Counts by code contain only the codes that occurred, and refuse names that are not codes")
    func codes() throws {
        var counts = CodeCounts()
        counts[.accepted] = 7
        counts[ReplyCode(rawValue: 255)] = 1
        let data = try JSONEncoder().encode(counts)
        #expect(try JSONDecoder().decode([String: UInt64].self, from: data) == ["0": 7, "255": 1])
        #expect(try comesBack(counts))
        #expect(counts.total(0...254) == 7)
        for wrong in [#"{"256":1}"#, #"{"x":1}"#, #"{"0":-1}"#, "[]"] {
            #expect(throws: DecodingError.self) { try JSONDecoder().decode(CodeCounts.self, from: Data(wrong.utf8)) }
        }
    }

    @Test("Counts by reason contain every reason, and can be read from an agent that knows other reasons")
    func reasons() throws {
        var counts = DiscardCounts()
        counts[.malformed] = 3
        let names = try JSONDecoder().decode([String: UInt64].self, from: JSONEncoder().encode(counts))
        #expect(Set(names.keys) == Set(DiscardReason.allCases.map(\.rawValue)))
        let others = try JSONDecoder().decode(DiscardCounts.self, from: Data(#"{"malformed":3,"ofTheFuture":1}"#.utf8))
        #expect(others == counts)
        #expect(others.total == 3)
    }

    @Test("Advertisement flags are an array of labels, and an unknown label is refused")
    func advertisementFlags() throws {
        let flags: AdvertisementFlags = [.registrationRequired, .foreignAgent, .reverseTunnel]
        let data = try JSONEncoder().encode(flags)
        #expect(try JSONDecoder().decode([String].self, from: data) == ["regRequired", "foreignAgent", "reverseTunnel"])
        #expect(flags.description == "RFT")
        #expect(try comesBack(flags))
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(AdvertisementFlags.self, from: Data(#"["none"]"#.utf8)) }
    }

    @Test(
        "A request's T flag and delivery style determine the reverse tunnel it asks for",
        arguments: [
            ([], false, .none), ([], true, .none), (.reverseTunnel, false, .direct), (.reverseTunnel, true, .encapsulating),
        ]
            as [(RegistrationFlags, Bool, ReverseTunnel)])
    func reverseTunnel(flags: RegistrationFlags, encapsulating: Bool, asked: ReverseTunnel) {
        #expect(ReverseTunnel(flags: flags, encapsulatingDelivery: encapsulating) == asked)
    }
}
