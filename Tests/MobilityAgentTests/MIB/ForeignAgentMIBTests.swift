import AgentModel
import MIPMIB
import MIPTesting
import MobileIPv4
import MobilityAgent
import Testing

@Suite("MIB objects of a foreign agent that exchanges real datagrams")
struct ForeignAgentMIBTests {
    /// The counter of each code that has one, as described in MIP-MIB.
    static let counters: [UInt8: String] = [
        64: "faReasonUnspecified", 65: "faAdmProhibited", 66: "faInsufficientResource", 67: "faMNAuthenticationFailure",
        68: "faHAAuthenticationFailure", 69: "faRegLifetimeTooLong", 70: "faPoorlyFormedRequests", 71: "faPoorlyFormedReplies",
        72: "faEncapsulationUnavailable", 73: "faVJCompressionUnavailable", 74: "faReverseTunnelUnavailable",
        75: "faReverseTunnelBitNotSet", 76: "faMnTooDistant", 79: "faDeliveryStyleUnsupported", 80: "faHAUnreachable",
        81: "faHAUnreachable", 82: "faHAUnreachable", 88: "faHAUnreachable", 90: "faHAUnreachable",
        96: "faNonZeroHomeAddressRequired",
        100: "faCvsesFromMnUnsupported", 101: "faCvsesFromHaUnsupported", 104: "faUnknownChallenge", 105: "faMissingChallenge",
        106: "faStaleChallenge",
    ]

    @Test("A request increments the counters of its outcome by one, and no others", arguments: ForeignAgentCase.all)
    func request(_ example: ForeignAgentCase) throws {
        var bench = Bench(Lab.foreignAgentConfiguration(example.associations, example.configure))
        let before = bench.mib
        var request = Request(visiting: bench)
        example.request(&request)
        bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent, timeToLive: example.timeToLive)
        let moved = bench.moved(since: before)

        var expected: [String: UInt64] = ["mipExtDatagramsReceived.0": 1]
        switch example.outcome {
        case .relayed:
            expected["faRegRequestsReceived.0"] = 1
            expected["faRegRequestsRelayed.0"] = 1
        case .denied(let code):
            if let name = Self.counters[code] { expected[name + ".0"] = 1 }
            expected["mipExtReplyCount.2.1.\(code)"] = 1
            // Only well-formed requests are counted as received; the engine's own tests determine which ones those are.
            if bench.foreign.requestsReceived == 1 { expected["faRegRequestsReceived.0"] = 1 }
        case .discard(let reason):
            expected["mipExtDiscardCount.2.\(try #require(HomeAgentMIBTests.discards[reason]))"] = 1
        }
        if example.violation != nil { expected["mipSecTotalViolations.0"] = 1 }
        if bench.foreign.extensionsSkipped > 0 { expected["mipExtFaExtensionsSkipped.0"] = bench.foreign.extensionsSkipped }
        if request.homeAgent == .zero { expected["mipExtFaDynamicRequests.0"] = 1 }
        // Those before the node's authenticator are for the home agent.
        let known = Lab.foreignAgentConfiguration([], example.configure).foreignAgent?.knownVendorExtensions ?? []
        expected.merge(request.after.criticalUses(at: 2, knowing: known)) { $1 }
        // The kind is initial(1) or deregistration(3), since there are no visitors before; a message that cannot be read has no kind.
        if (try? RegistrationRequest(decoding: request.octets.span.bytes)) != nil {
            let kind = request.lifetime == 0 ? 3 : 1
            expected["mipExtOutcomeReceived.2.\(kind)"] = 1
            switch example.outcome {
            case .relayed: break
            case .denied: expected["mipExtOutcomeDenied.2.\(kind)"] = 1
            case .discard: expected["mipExtOutcomeDiscarded.2.\(kind)"] = 1
            }
        }
        #expect(moved == expected)
    }

    @Test("A visitor waits, is accepted and appears in the tables of both MIB editions")
    func visitor() throws {
        var bench = Bench(Lab.foreignAgentConfiguration())
        let request = Request(visiting: bench) { $0.nai = Lab.alice }
        bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        let identity = ".3.17." + "alice@example.net".utf8.map { "\($0)" }.joined(separator: ".")
        var reading = bench.mib
        #expect(reading["faRegVisitorCount.0"] == .gauge(1))
        #expect(reading["faVisitorRegIsAccepted.192.0.2.10"] == .integer(2))
        #expect(reading["faVisitorTimeRemaining.192.0.2.10"] == .gauge(0))
        #expect(reading["faRegVisitorRegIsAccepted" + identity] == .integer(2))
        #expect(reading["mipExtVisitorState" + identity] == .integer(1))

        let before = reading
        bench.receive(Answer(to: request).octets, from: Lab.homeAgent, to: Lab.foreignAgent)
        #expect(
            bench.moved(since: before) == [
                "mipExtDatagramsReceived.0": 1, "faRegRepliesRecieved.0": 1, "faRegRepliesRelayed.0": 1,
                "mipExtReplyCount.2.2.0": 1, "mipExtOutcomeAccepted.2.1": 1,
            ])
        reading = bench.mib
        #expect(reading["faVisitorRegIsAccepted.192.0.2.10"] == .integer(1))
        #expect(reading["faRegVisitorTimeGranted" + identity] == .integer(600))
        #expect(reading["faRegVisitorTimeRemaining" + identity] == .gauge(600))
        #expect(reading["faRegVisitorHomeAgentAddress" + identity] == .ipAddress(Lab.homeAgent.address))
        #expect(reading["faRegVisitorNAI" + identity] == .octets(Array("alice@example.net".utf8)))
        #expect(reading["mipExtVisitorState" + identity] == .integer(2))
        #expect(reading["mipExtVisitorSourcePort" + identity] == .unsigned(5001))
        #expect(reading["faRegVisitorRegIDHigh" + identity] == .unsigned(request.identification.high))

        let accepted = reading
        bench.advance(seconds: 601)
        #expect(bench.moved(since: accepted) == ["mipExtFaVisitorsExpired.0": 1])
        #expect(bench.mib["faRegVisitorCount.0"] == .gauge(0))
    }

    @Test("Silence of the home agent is a timeout with code 78")
    func timeout() throws {
        var bench = Bench(Lab.foreignAgentConfiguration())
        bench.receive(Request(visiting: bench).octets, from: Lab.visitor, to: Lab.foreignAgent)
        let before = bench.mib
        bench.advance(seconds: 7)
        #expect(
            bench.moved(since: before) == [
                "mipExtFaPendingTimeouts.0": 1, "mipExtReplyCount.2.1.78": 1, "mipExtOutcomeDenied.2.1": 1,
            ])
    }

    @Test("A pending request is a row of mipExtPendingTable, which counts its retransmissions and is removed when it ends")
    func pending() throws {
        var bench = Bench(Lab.foreignAgentConfiguration())
        let request = Request(visiting: bench)
        bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        func rows() -> [String: MIBValue] { bench.mib.values.filter { $0.key.hasPrefix("mipExtPending") } }
        let first = rows()
        let instance = try #require(first.keys.first { $0.hasPrefix("mipExtPendingKind.") }?.dropFirst("mipExtPendingKind".count))
        #expect(first["mipExtPendingHomeAddress" + instance] == .ipAddress(Lab.visitor.address))
        #expect(first["mipExtPendingHomeAgent" + instance] == .ipAddress(Lab.homeAgent.address))
        #expect(first["mipExtPendingKind" + instance] == .integer(1))
        #expect(first["mipExtPendingRetransmissions" + instance] == .gauge(0))
        bench.advance(seconds: 1)
        bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        #expect(rows()["mipExtPendingRetransmissions" + instance] == .gauge(1))
        bench.receive(Answer(to: request).octets, from: Lab.homeAgent, to: Lab.foreignAgent)
        #expect(rows().isEmpty)
    }

    @Test("An unreachable home agent increments faHAUnreachable, whatever the code")
    func unreachable() throws {
        var bench = Bench(Lab.foreignAgentConfiguration())
        let sent = bench.receive(Request(visiting: bench).octets, from: Lab.visitor, to: Lab.foreignAgent)
        let relayed = try #require(sent)
        let before = bench.mib
        bench.reportUnreachable(
            .host,
            quoting: QuotedRequest(
                source: relayed.source, destination: relayed.destination, length: UInt16(8 + relayed.payload.count),
                payload: relayed.payload))
        #expect(bench.moved(since: before)["faHAUnreachable.0"] == 1)
        #expect(bench.moved(since: before)["mipExtReplyCount.2.1.81"] == 1)
        #expect(bench.moved(since: before)["mipExtFaIcmpErrorsAccepted.0"] == 1)
    }

    @Test("The configuration is visible: care-of addresses, the R bit and whether the agent is busy")
    func configuration() throws {
        let bench = Bench(
            Lab.foreignAgentConfiguration {
                $0.careOfAddresses = [IPv4Address(198, 51, 100, 9), Lab.foreignAgent.address]
                $0.settings.foreignAgent.busy = true
            })
        let reading = bench.mib
        #expect(reading["mipEntities.0"] == .octets([0x40]))
        #expect(reading["faCOAStatus.198.51.100.1"] == .integer(1) && reading["faCOAStatus.198.51.100.9"] == .integer(1))
        #expect(reading["faIsBusy.0"] == .integer(1))
        #expect(reading["mipExtAddressPort.2.198.51.100.1"] == .unsigned(434))
        #expect(!reading.values.keys.contains { $0.hasPrefix("ha") || $0.hasPrefix("mn") })
    }
}
