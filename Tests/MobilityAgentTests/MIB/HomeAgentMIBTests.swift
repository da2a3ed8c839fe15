import AgentModel
import MIPMIB
import MIPTesting
import MobileIPv4
import MobilityAgent
import Testing

@Suite("MIB objects of a home agent that exchanges real datagrams")
struct HomeAgentMIBTests {
    /// The counter of each code that has one, as described in MIP-MIB.
    static let counters: [UInt8: String] = [
        0: "haRegistrationAccepted", 1: "haMultiBindingUnsupported", 128: "haReasonUnspecified", 129: "haAdmProhibited",
        130: "haInsufficientResource", 131: "haMNAuthenticationFailure", 132: "haFAAuthenticationFailure", 133: "haIDMismatch",
        134: "haPoorlyFormedRequest", 135: "haTooManyBindings", 136: "haUnknownHA", 137: "haReverseTunnelUnavailable",
        138: "haReverseTunnelBitNotSet", 139: "haEncapsulationUnavailable", 140: "haCvsesFromMnUnsupported",
        141: "haCvsesFromFaUnsupported",
    ]
    static let discards: [DiscardReason: UInt] = [
        .malformed: 1, .unknownMessageType: 2, .unknownExtension: 3, .noSecurityAssociation: 4, .noAuthorizationExtension: 5,
        .authenticationFailed: 6, .noForeignHomeAssociation: 7, .rateLimited: 8, .unmatchedReply: 9, .wrongReplySource: 10,
        .notServed: 11,
    ]

    @Test("A request increments the counters of its outcome by one, and no others", arguments: HomeAgentCase.all)
    func request(_ example: HomeAgentCase) throws {
        var bench = Bench(Lab.homeAgentConfiguration(example.associations, example.configure))
        let before = bench.mib
        var request = Request(bench)
        example.request(&request)
        bench.receive(request.octets, from: example.source)

        var expected: [String: UInt64] = ["mipExtDatagramsReceived.0": 1, "haRegRequestsReceived.0": 1]
        let isDeregistration = request.lifetime == 0
        if isDeregistration { expected["haDeRegRequestsReceived.0"] = 1 }
        var accepted: UInt64 = 0
        var denied: UInt64 = 0
        switch example.outcome {
        case .reply(let code):
            expected["haRegRepliesSent.0"] = 1
            if isDeregistration { expected["haDeRegRepliesSent.0"] = 1 }
            if let name = Self.counters[code] { expected[name + ".0"] = 1 }
            expected["mipExtReplyCount.3.1.\(code)"] = 1
            (accepted, denied) = code < 2 ? (1, 0) : (0, 1)
            if code == 0, request.flags.contains(.reverseTunnel) { expected["mipExtHaReverseTunnelsGranted.0"] = 1 }
        case .discard(let reason):
            expected["mipExtDiscardCount.3.\(try #require(Self.discards[reason]))"] = 1
        }
        if example.violation != nil { expected["mipSecTotalViolations.0"] = 1 }
        if bench.home.extensionsSkipped > 0 { expected["mipExtHaExtensionsSkipped.0"] = bench.home.extensionsSkipped }
        if [.zero, .limitedBroadcast].contains(request.homeAgent) { expected["mipExtHaDynamicRequests.0"] = 1 }
        // An extension that cannot be read is refused before any is looked at.
        if example.outcome != .reply(134) {
            let known = Lab.homeAgentConfiguration([], example.configure).homeAgent?.knownVendorExtensions ?? []
            expected.merge((request.before + request.after).criticalUses(at: 3, knowing: known)) { $1 }
        }
        let moved = bench.moved(since: before)
        expected.merge(outcome(example.outcome, isDeregistration)) { $1 }
        #expect(moved == expected)

        // The rows of the node and of the violator, in the tables of both MIB editions.
        let after = bench.mib
        let isKnown = !bench.mobileNodes.isEmpty
        for prefix in ["haServiceRequests", "haRegServiceRequests"] where isKnown {
            #expect(after.moved(since: before, column: prefix + "Accepted") == accepted)
            #expect(after.moved(since: before, column: prefix + "Denied") == denied)
        }
        let violations: UInt64 = example.violation == nil ? 0 : 1
        #expect(after.moved(since: before, column: "mipSecurityViolationCounter") == violations)
    }

    /// mipExtOutcomeTable: the kind is initial(1) or deregistration(3), since there are no earlier registrations.
    private func outcome(_ outcome: HomeAgentCase.Outcome, _ isDeregistration: Bool) -> [String: UInt64] {
        let kind = isDeregistration ? 3 : 1
        let column =
            switch outcome {
            case .reply(let code): code < 2 ? "mipExtOutcomeAccepted" : "mipExtOutcomeDenied"
            case .discard: "mipExtOutcomeDiscarded"
            }
        return ["mipExtOutcomeReceived.3.\(kind)": 1, "\(column).3.\(kind)": 1]
    }

    @Test("A binding's row shows the values of the request, and its lifetime counts down")
    func binding() throws {
        var bench = Bench(Lab.homeAgentConfiguration())
        let request = Request(bench) { ($0.flags, $0.nai) = ([.decapsulationByMN, .reverseTunnel], Lab.alice) }
        bench.receive(request.octets)
        let instance = ".192.0.2.10.203.0.113.5"
        let expected: [String: MIBValue] = [
            "haMobilityBindingMN": .ipAddress(Lab.home), "haMobilityBindingCOA": .ipAddress(Lab.careOf),
            "haMobilityBindingSourceAddress": .ipAddress(Lab.careOf), "haMobilityBindingRegFlags": .octets([0x12]),
            // 2023 is past 2^31 seconds of NTP: negative in RFC 2006's type, unchanged in the newer one.
            "haMobilityBindingRegIDHigh": .integer(Int32(bitPattern: request.identification.high)),
            "mipExtBindingIDHigh": .unsigned(request.identification.high),
            "haMobilityBindingTimeGranted": .integer(600), "haMobilityBindingTimeRemaining": .gauge(600),
            "haMobilityBindingMnIdType": .integer(3), "haMobilityBindingMnId": .octets(Array("alice@example.net".utf8)),
            "haMobilityBindingNAI": .octets(Array("alice@example.net".utf8)),
            "haMobilityBindingHA": .ipAddress(Lab.homeAgent.address), "haMobilityBindingInPkts": .counter(0),
            "mipExtBindingCreated": .octets([7, 231, 11, 24, 17, 23, 12, 0, 43, 0, 0]),
            "mipExtBindingRenewals": .counter(0), "mipExtBindingEncapsulation": .integer(1),
            "mipExtBindingReverseTunnel": .integer(2),
            "mipExtBindingSourcePort": .unsigned(5000), "mipExtBindingSPI": .unsigned(256),
            "mipExtBindingAdminStatus": .integer(1),
            // The agent started an hour after the SNMP entity, and made the binding an hour later.
            "mipExtBindingDiscontinuity": .timeTicks(720_000),
        ]
        var reading = bench.mib
        for (name, value) in expected { #expect(reading[name + instance] == value, "\(name)") }
        #expect(request.identification.high > 0x7FFF_FFFF)
        #expect(reading["haRegMobilityBindingCount.0"] == .gauge(1))

        bench.advance(seconds: 100)
        bench.receive(Request(bench) { ($0.flags, $0.nai) = ([.decapsulationByMN], Lab.alice) }.octets)
        bench.advance(seconds: 0.5)
        reading = bench.mib
        #expect(reading["mipExtBindingRenewals" + instance] == .counter(1))
        #expect(reading["mipExtBindingRenewed" + instance] == .octets([7, 231, 11, 24, 17, 24, 52, 0, 43, 0, 0]))
        #expect(reading["haMobilityBindingTimeRemaining" + instance] == .gauge(600))
        #expect(
            reading["haRegOverallServiceTime.3.17." + "alice@example.net".utf8.map { "\($0)" }.joined(separator: ".")]
                == .gauge(100))
        #expect(reading["haRecentServiceAcceptedTime.192.0.2.10"] == .timeTicks(730_000))
    }

    @Test("A denial leaves its code and time in the node's rows, in the tables of both MIB editions")
    func denial() throws {
        var bench = Bench(Lab.homeAgentConfiguration())
        bench.receive(Request(bench).octets)
        bench.advance(seconds: 5)
        bench.receive(Request(bench) { $0.association = Lab.association(key: Lab.wrongKey) }.octets)
        let reading = bench.mib
        #expect(reading["haRecentServiceDeniedCode.192.0.2.10"] == .integer(131))
        #expect(reading["haRegRecentServiceDeniedCode.2.4.192.0.2.10"] == .integer(131))
        #expect(reading["haRecentServiceDeniedTime.192.0.2.10"] == .timeTicks(720_500))
        #expect(reading["mipSecRecentViolationReason.192.0.2.10"] == .integer(2))
        #expect(reading["mipSecurityRecentViolationErrCode.2.4.192.0.2.10"] == .unsigned(131))
        #expect(reading["mipSecurityRecentViolationSPI.2.4.192.0.2.10"] == .unsigned(256))
    }

    @Test("An expiry increments only its counter, and the rows are removed")
    func expiry() throws {
        var bench = Bench(Lab.homeAgentConfiguration())
        bench.receive(Request(bench).octets)
        let before = bench.mib
        bench.advance(seconds: 601)
        #expect(bench.moved(since: before) == ["mipExtHaBindingsExpired.0": 1])
        #expect(bench.mib["haRegMobilityBindingCount.0"] == .gauge(0))
        #expect(bench.mib["haServiceRequestsAccepted.192.0.2.10"] == .counter(1))
    }

    @Test("An association shows its use: when, how often correctly and wrongly, and the offset of the peer's clock")
    func association() throws {
        var bench = Bench(Lab.homeAgentConfiguration())
        bench.receive(Request(bench).octets)
        let column = "mipExtAssocAccepted"
        let row = bench.mib.values.first { $0.key.hasPrefix(column + ".") && $0.value == .counter64(1) }
        let instance = try #require(row?.key.dropFirst(column.count))
        #expect(bench.mib["mipExtAssocClockOffset" + instance] == .integer(0))
        let before = bench.mib
        // Three seconds ahead, which is within the tolerance; then a wrong key; then an hour behind.
        bench.advance(seconds: 5)
        bench.receive(Request(bench) { $0.identification = $0.identification.adding(seconds: 3) }.octets)
        bench.receive(Request(bench) { $0.association = Lab.association(key: Lab.wrongKey) }.octets)
        bench.receive(Request(bench) { $0.identification = $0.identification.adding(seconds: -3600) }.octets)
        let reading = bench.mib
        let moved = reading.moved(since: before).filter { $0.key.hasPrefix("mipExtAssoc") }
        #expect(
            moved == [
                "mipExtAssocAccepted" + instance: 1, "mipExtAssocAuthFailures" + instance: 1,
                "mipExtAssocReplayFailures" + instance: 1,
            ])
        #expect(reading["mipExtAssocClockOffset" + instance] == .integer(-3_600_000))
        #expect(reading["mipExtAssocLastUsed" + instance] != before["mipExtAssocLastUsed" + instance])
    }

    @Test("A move to another care-of address is counted as a handoff in its row, and not as a renewal")
    func handoff() throws {
        var bench = Bench(Lab.homeAgentConfiguration())
        bench.receive(Request(bench).octets)
        bench.advance(seconds: 2)
        bench.receive(Request(bench) { $0.careOfAddress = IPv4Address(198, 51, 100, 77) }.octets)
        let reading = bench.mib
        let instance = ".192.0.2.10.198.51.100.77"
        #expect(reading["mipExtBindingHandoffs" + instance] == .counter(1))
        #expect(reading["mipExtBindingRenewals" + instance] == .counter(0))
        #expect(reading["haRegMobilityBindingCount.0"] == .gauge(1))
    }

    @Test("A repeated request is answered again and counted as a duplicate")
    func duplicate() throws {
        var bench = Bench(Lab.homeAgentConfiguration())
        let request = Request(bench).octets
        bench.receive(request)
        let before = bench.mib
        bench.receive(request)
        #expect(bench.moved(since: before)["mipExtHaDuplicateRequests.0"] == 1)
        #expect(bench.moved(since: before)["haRegRepliesSent.0"] == 1)
    }

    @Test("Normal vendor extensions are counted by their sender")
    func vendorExtensions() throws {
        var bench = Bench(Lab.homeAgentConfiguration())
        let before = bench.mib
        bench.receive(
            Request(bench) {
                ($0.before, $0.after) = (
                    VendorExtensionTests.normal, VendorExtensionTests.normal + VendorExtensionTests.otherNormal
                )
            }.octets)
        let moved = bench.moved(since: before)
        #expect(moved["haNvsesFromMnIgnored.0"] == 1 && moved["haNvsesFromFaIgnored.0"] == 2)
    }

    @Test("Garbage is counted where it is dropped: by the daemon or by the role")
    func garbage() throws {
        var bench = Bench(Lab.homeAgentConfiguration())
        let before = bench.mib
        bench.receive([])
        bench.receive([9] + Array(repeating: 0, count: 19))
        bench.receive([3] + Array(repeating: 0, count: 19))
        bench.receive([1])
        #expect(
            bench.moved(since: before) == [
                "mipExtDatagramsReceived.0": 4, "mipExtDiscardCount.4.1": 1, "mipExtDiscardCount.4.2": 1,
                "mipExtDiscardCount.4.11": 1,
                "mipExtDiscardCount.3.1": 1,
            ])
    }

    @Test("A home agent has the objects of its role and of no other")
    func roles() throws {
        let bench = Bench(Lab.homeAgentConfiguration())
        let names = Set(bench.mib.values.keys.map { $0.prefix { $0 != "." } })
        #expect(bench.mib["mipEntities.0"] == .octets([0x20]))
        #expect(
            !names.contains { $0.hasPrefix("fa") || $0.hasPrefix("mn") || $0.hasPrefix("mipExtFa") || $0.hasPrefix("mipExtMn") })
        #expect(names.contains("haRegRequestsReceived") && names.contains("maAdvertisementsSent"))
    }
}
