import AgentModel
import MIPMIB
import MIPTesting
import ManagementCore
import MobileIPv4
import Testing

@Suite("Plans of SetRequests")
struct PlanTests {
    static let mib = MIPMIB()
    static let home = IPv4Address(10, 0, 1, 0)
    static let careOf = IPv4Address(192, 0, 2, 0)

    static func view(_ roles: [AgentRole] = [.homeAgent, .foreignAgent]) async throws -> MIBView {
        try await MIBSearchTests.view(
            MIBSearchTests.rows(2) + [.mobileNodeStatus(Samples.mobileNodeStatus()), .advertising(interface)],
            information: Samples.information(roles: roles))
    }

    static let interface = AdvertisingInterface(
        name: "eth0", address: IPv4Address(10, 0, 0, 1), prefixLength: 24, destination: IPv4Address(224, 0, 0, 1),
        maximumRegistrationLifetime: 1800, maximumInterval: 600, minimumInterval: 450, advertisementLifetime: 1800,
        onlyOnSolicitation: false, includesPrefixLength: true, flags: [.homeAgent, .foreignAgent], careOfAddresses: [],
        challengeLength: 0,
        interfaceIndex: 3)

    /// The OID of an instance by the object's name.
    static func oid(_ name: String, _ instance: [UInt] = [0]) throws -> [UInt] {
        try #require(mib.object(named: name)).oid + instance
    }

    static func set(_ name: String, _ instance: [UInt] = [0], _ value: MIBValue) throws -> MIBAssignment {
        MIBAssignment(try oid(name, instance), value)
    }

    /// alice@example.net with SPI 300.
    static let alice: [UInt] = [3, 17] + "alice@example.net".utf8.map(UInt.init) + [300]
    /// The first sample association: 10.0.1.0 with SPI 2147483904.
    static let known: [UInt] = [2, 4, 10, 0, 1, 0, 0x8000_0100]
    static let key = MIBValue.octets(Array(repeating: 7, count: 16))

    /// The error of a plan that must be refused.
    static func fault(
        _ varbinds: [MIBAssignment], in view: MIBView, allowing areas: Set<MIBWriteArea> = Set(MIBWriteArea.allCases)
    ) -> MIBSetError? {
        do {
            _ = try mib.plan(varbinds, in: view, allowing: areas)
            return nil
        } catch {
            return error
        }
    }

    // MARK: - What is planned

    @Test("mipEnable becomes a change of the agent")
    func enable() async throws {
        let plan = try Self.mib.plan([try Self.set("mipEnable", [0], .integer(2))], in: try await Self.view())
        #expect(plan.agentChanges == [.enabled(false)])
        #expect(plan.notificationSettings == nil)
    }

    @Test("Varbinds of one row form one change, in any order")
    func association() async throws {
        let view = try await Self.view()
        let varbinds = [
            try Self.set("mipSecurityStatus", Self.alice, .integer(4)), try Self.set("mipSecurityKey", Self.alice, Self.key),
            try Self.set("mipSecurityAlgorithmType", Self.alice, .integer(4)),
            try Self.set("mipSecurityReplayTime", Self.alice, .gauge(20)),
        ]
        let expected = SecurityAssociationChange(
            peer: .nai(try #require(NetworkAccessIdentifier("alice@example.net"))), spi: SecurityParameterIndex(rawValue: 300),
            peerRole: .mobileNode, algorithm: .hmacSHA256, replayMethod: .timestamps, replayTolerance: 20,
            key: SecretOctets(Array(repeating: 7, count: 16)), creation: .mustNotExist)
        for order in [varbinds, varbinds.reversed()] {
            #expect(try Self.mib.plan(order, in: view).agentChanges == [.association(expected)])
        }
    }

    @Test("Changing one column of an existing association changes only that column")
    func change() async throws {
        let plan = try Self.mib.plan(
            [try Self.set("mipSecurityReplayTime", Self.known, .unsigned(30))], in: try await Self.view())
        #expect(
            plan.agentChanges == [
                .association(
                    SecurityAssociationChange(
                        peer: .address(Self.home), spi: SecurityParameterIndex(rawValue: 0x8000_0100), replayTolerance: 30,
                        creation: .mustExist))
            ])
    }

    @Test("destroy removes an existing association and otherwise does nothing")
    func destroy() async throws {
        let view = try await Self.view()
        let key = SecurityAssociationKey(peer: .address(Self.home), spi: SecurityParameterIndex(rawValue: 0x8000_0100))
        #expect(
            try Self.mib.plan([try Self.set("mipSecurityStatus", Self.known, .integer(6))], in: view).agentChanges
                == [.removeAssociation(key)])
        #expect(try Self.mib.plan([try Self.set("mipSecurityStatus", Self.alice, .integer(6))], in: view).isEmpty)
    }

    @Test("An association of RFC 2006 is created by setting its four columns in one request")
    func legacyAssociation() async throws {
        let view = try await Self.view()
        let instance: [UInt] = [10, 9, 9, 9, 0x9000_0000]
        let all = [
            try Self.set("mipSecAlgorithmType", instance, .integer(2)),
            try Self.set("mipSecAlgorithmMode", instance, .integer(2)),
            try Self.set("mipSecKey", instance, Self.key), try Self.set("mipSecReplayMethod", instance, .integer(3)),
        ]
        #expect(
            try Self.mib.plan(all, in: view).agentChanges == [
                .association(
                    SecurityAssociationChange(
                        peer: .address(IPv4Address(10, 9, 9, 9)), spi: SecurityParameterIndex(rawValue: 0x9000_0000),
                        peerRole: .mobileNode, algorithm: .prefixSuffixMD5, replayMethod: .nonces,
                        key: SecretOctets(Array(repeating: 7, count: 16)), creation: .mustNotExist))
            ])
        #expect(Self.fault(Array(all.dropLast()), in: view)?.status == .inconsistentName)
    }

    @Test("Writing revoke ends a binding, and writing active changes nothing")
    func binding() async throws {
        let view = try await Self.view()
        let instance: [UInt] = [10, 0, 1, 0, 192, 0, 2, 0]
        #expect(
            try Self.mib.plan([try Self.set("mipExtBindingAdminStatus", instance, .integer(2))], in: view).agentChanges
                == [.endBinding(homeAddress: Self.home, careOfAddress: Self.careOf)])
        #expect(try Self.mib.plan([try Self.set("mipExtBindingAdminStatus", instance, .integer(1))], in: view).isEmpty)
    }

    @Test("RowStatus adds and removes care-of addresses and home agents")
    func addresses() async throws {
        let agent = try await Self.view()
        let node = try await Self.view([.mobileNode])
        let added = IPv4Address(192, 0, 2, 77)
        #expect(
            try Self.mib.plan([try Self.set("faCOAStatus", [192, 0, 2, 77], .integer(4))], in: agent).agentChanges
                == [.addCareOfAddress(added)])
        #expect(
            try Self.mib.plan([try Self.set("faCOAStatus", [192, 0, 2, 1], .integer(6))], in: agent).agentChanges
                == [.removeCareOfAddress(IPv4Address(192, 0, 2, 1))])
        #expect(
            try Self.mib.plan([try Self.set("mnHAStatus", [192, 0, 2, 77], .integer(4))], in: node).agentChanges
                == [.addHomeAgent(added)])
        #expect(
            try Self.mib.plan([try Self.set("mnHAStatus", [10, 0, 0, 1], .integer(6))], in: node).agentChanges
                == [.removeHomeAgent(IPv4Address(10, 0, 0, 1))])
    }

    @Test("Advertisement settings of one interface form one change, which is checked against the unchanged values")
    func advertising() async throws {
        let view = try await Self.view()
        let instance: [UInt] = [10, 0, 0, 1]
        let both = [
            try Self.set("maAdvMaxInterval", instance, .integer(20)), try Self.set("maAdvMinInterval", instance, .integer(10)),
            try Self.set("maAdvMaxAdvLifetime", instance, .integer(60)),
        ]
        #expect(
            try Self.mib.plan(both, in: view).agentChanges == [
                .advertising(
                    AdvertisingChange(
                        address: IPv4Address(10, 0, 0, 1), maximumInterval: 20, minimumInterval: 10, advertisementLifetime: 60,
                        creation: .mustExist))
            ])
    }

    @Test("createAndGo starts advertising at an address, and destroy ends it")
    func advertisingRows() async throws {
        let view = try await Self.view()
        #expect(
            try Self.mib.plan(
                [
                    try Self.set("maAdvStatus", [10, 0, 0, 9], .integer(4)),
                    try Self.set("maAdvMaxRegLifetime", [10, 0, 0, 9], .integer(0)),
                ],
                in: view
            ).agentChanges == [
                .advertising(
                    AdvertisingChange(
                        address: IPv4Address(10, 0, 0, 9), maximumRegistrationLifetime: 0, creation: .mustNotExist))
            ])
        #expect(
            try Self.mib.plan([try Self.set("maAdvStatus", [10, 0, 0, 1], .integer(6))], in: view).agentChanges
                == [.removeAdvertising(IPv4Address(10, 0, 0, 1))])
    }

    @Test("Interfaces can also be set by number, and a foreign agent's settings through any of them")
    func interfaces() async throws {
        let view = try await Self.view()
        #expect(
            try Self.mib.plan([try Self.set("maAdvertMaxRegLifetime", [3], .integer(65535))], in: view).agentChanges == [
                .advertising(
                    AdvertisingChange(address: IPv4Address(10, 0, 0, 1), maximumRegistrationLifetime: 65535, creation: .mustExist)
                )
            ])
        #expect(
            try Self.mib.plan(
                [
                    try Self.set("faAdvertRegRequired", [3], .integer(2)),
                    try Self.set("faAdvertChallengeWindow", [3], .integer(4)),
                ], in: view
            ).agentChanges == [
                .foreignAgent(
                    ForeignAgentSettings {
                        $0.registrationRequired = false; $0.challengeWindow = 4
                    })
            ])
        #expect(
            try Self.mib.plan([try Self.set("faRegistrationRequired", [0], .integer(1))], in: view).agentChanges
                == [.foreignAgent(ForeignAgentSettings { $0.registrationRequired = true })])
    }

    @Test("Thresholds and the history limit are settings of the daemon")
    func thresholds() async throws {
        let plan = try Self.mib.plan(
            [
                try Self.set("mipExtCapacityRising", [1], .unsigned(50)),
                try Self.set("mipExtCapacityFalling", [1], .unsigned(40)),
                try Self.set("mipExtHistoryLimit", [0], .unsigned(7)),
            ], in: try await Self.view())
        #expect(plan.agentChanges.isEmpty)
        #expect(plan.notificationSettings?.thresholds == [.bindings: CapacityThreshold(rising: 50, falling: 40)])
        #expect(plan.notificationSettings?.historyLimit == 7)
    }

    @Test("Notification settings belong to the daemon and do not require an agent")
    func notifications() async throws {
        let plan = try Self.mib.plan(
            [
                try Self.set("mipExtNotifyEnabled", [11], .integer(1)), try Self.set("mipExtNotifyEnabled", [1], .integer(2)),
                try Self.set("mipExtNotifyNodeInterval", [0], .unsigned(0)),
                try Self.set("mipExtNotifyMaximumRate", [0], .gauge(60000)),
            ], in: try await Self.view())
        #expect(plan.agentChanges.isEmpty)
        let settings = try #require(plan.notificationSettings)
        #expect(settings.enabled.contains(.authFailure) && !settings.enabled.contains(.event(.registered)))
        #expect(settings.nodeInterval == 0 && settings.maximumRate == 60000)
    }

    // MARK: - What is refused

    struct Mistake: Sendable, CustomStringConvertible {
        let name: String
        var instance: [UInt] = [0]
        var content: MIBAssignment.Content
        let status: MIBSetStatus
        var description: String { "\(name).\(instance) = \(content): \(status)" }
    }

    static let mistakes: [Mistake] = [
        Mistake(name: "mipEnable", content: .value(.unsigned(1)), status: .wrongType),
        Mistake(name: "mipEnable", content: .foreign, status: .wrongType),
        Mistake(name: "mipEnable", content: .malformed, status: .wrongEncoding),
        Mistake(name: "mipEnable", content: .value(.integer(3)), status: .wrongValue),
        Mistake(name: "mipEnable", instance: [1], content: .value(.integer(1)), status: .noCreation),
        Mistake(name: "mipEntities", content: .value(.octets([0x20])), status: .notWritable),
        Mistake(name: "mipExtNotifyRole", content: .value(.integer(1)), status: .noAccess),
        Mistake(
            name: "mipSecurityviolationStorageType", instance: [2, 4, 10, 0, 3, 0], content: .value(.integer(3)),
            status: .notWritable),
        Mistake(
            name: "mipSecurityKey", instance: known, content: .value(.octets(Array(repeating: 1, count: 65))),
            status: .wrongLength),
        Mistake(name: "mipSecurityKey", instance: known, content: .value(.octets([])), status: .wrongValue),
        Mistake(name: "mipSecKey", instance: [10, 0, 1, 0, 0x8000_0100], content: .value(.octets([1])), status: .wrongLength),
        Mistake(name: "mipSecurityReplayTime", instance: known, content: .value(.unsigned(2)), status: .wrongValue),
        Mistake(name: "mipSecurityAlgorithmType", instance: known, content: .value(.integer(1)), status: .wrongValue),
        Mistake(name: "mipSecurityAlgorithmType", instance: alice, content: .value(.integer(2)), status: .inconsistentName),
        Mistake(name: "mipSecurityStatus", instance: alice, content: .value(.integer(1)), status: .inconsistentValue),
        Mistake(name: "mipSecurityStatus", instance: alice, content: .value(.integer(4)), status: .inconsistentValue),
        Mistake(name: "mipSecurityStatus", instance: alice, content: .value(.integer(3)), status: .wrongValue),
        Mistake(name: "mipSecurityStatus", instance: known, content: .value(.integer(4)), status: .inconsistentValue),
        Mistake(name: "mipSecurityStatus", instance: [2, 4, 10, 0], content: .value(.integer(6)), status: .noCreation),
        Mistake(name: "mipSecurityStatus", instance: [2, 3, 10, 0, 1, 300], content: .value(.integer(6)), status: .noCreation),
        Mistake(
            name: "mipSecurityPeerIpAddress", instance: known, content: .value(.ipAddress(careOf)), status: .inconsistentValue),
        Mistake(name: "maAdvAddress", instance: [10, 0, 0, 1], content: .value(.ipAddress(careOf)), status: .wrongValue),
        Mistake(name: "maAdvMaxInterval", instance: [10, 0, 0, 1], content: .value(.integer(3)), status: .wrongValue),
        Mistake(name: "maAdvMaxInterval", instance: [10, 0, 0, 1], content: .value(.integer(440)), status: .inconsistentValue),
        Mistake(
            name: "maAdvMaxAdvLifetime", instance: [10, 0, 0, 1], content: .value(.integer(599)), status: .inconsistentValue),
        Mistake(name: "maAdvStatus", instance: [10, 0, 0, 1], content: .value(.integer(4)), status: .inconsistentValue),
        Mistake(name: "maAdvertStatus", instance: [4], content: .value(.integer(4)), status: .inconsistentName),
        Mistake(name: "maAdvertMaxInterval", instance: [0], content: .value(.integer(20)), status: .noCreation),
        Mistake(name: "maAdvertService", instance: [3], content: .value(.octets([0x40])), status: .notWritable),
        Mistake(name: "faAdvertChallengeWindow", instance: [3], content: .value(.integer(-1)), status: .wrongValue),
        Mistake(name: "faAdvertRegRequired", instance: [4], content: .value(.integer(1)), status: .noCreation),
        Mistake(name: "faCOAStorageType", instance: [192, 0, 2, 1], content: .value(.integer(4)), status: .wrongValue),
        // The agent has no state file.
        Mistake(name: "faCOAStorageType", instance: [192, 0, 2, 1], content: .value(.integer(3)), status: .inconsistentValue),
        Mistake(name: "mipSecurityStatus", instance: alice, content: .value(.integer(5)), status: .wrongValue),
        Mistake(name: "mipSecurityStatus", instance: known, content: .value(.integer(2)), status: .wrongValue),
        Mistake(name: "mipExtCapacityRising", instance: [1], content: .value(.unsigned(79)), status: .inconsistentValue),
        Mistake(name: "mipExtCapacityRising", instance: [10], content: .value(.unsigned(90)), status: .noCreation),
        Mistake(name: "mipExtHistoryLimit", content: .value(.unsigned(1_000_001)), status: .wrongValue),
        Mistake(name: "faCOAStatus", instance: [192, 0, 2, 1], content: .value(.integer(4)), status: .inconsistentValue),
        Mistake(name: "faCOAStatus", instance: [224, 0, 0, 1], content: .value(.integer(4)), status: .noCreation),
        Mistake(name: "faCOAStatus", instance: [192, 0, 2], content: .value(.integer(4)), status: .noCreation),
        Mistake(name: "faCOAStatus", instance: [192, 0, 2, 256], content: .value(.integer(4)), status: .noCreation),
        Mistake(name: "mnHAStatus", instance: [10, 0, 0, 1], content: .value(.integer(6)), status: .noCreation),
        Mistake(
            name: "mipExtBindingAdminStatus", instance: [10, 0, 1, 0, 192, 0, 2, 9], content: .value(.integer(2)),
            status: .noCreation),
        Mistake(
            name: "mipExtVisitorAdminStatus", instance: [2, 4, 10, 0, 2, 9], content: .value(.integer(2)), status: .noCreation),
        Mistake(
            name: "mipExtVisitorAdminStatus", instance: [2, 4, 10, 0, 2], content: .value(.integer(2)), status: .noCreation),
        Mistake(
            name: "mipExtVisitorAdminStatus", instance: [2, 4, 10, 0, 2, 0], content: .value(.integer(3)), status: .wrongValue),
        Mistake(name: "mipExtRevocation", content: .value(.integer(3)), status: .wrongValue),
        Mistake(name: "mipExtRetransmissionTimeout", content: .value(.unsigned(61)), status: .wrongValue),
        Mistake(name: "mipExtRetransmissionTries", content: .value(.unsigned(0)), status: .wrongValue),
        Mistake(name: "mipExtRetransmissionTries", instance: [1], content: .value(.unsigned(1)), status: .noCreation),
        Mistake(name: "mipExtExchangeState", instance: [1], content: .value(.integer(2)), status: .notWritable),
        Mistake(name: "mipExtNotifyEnabled", instance: [99], content: .value(.integer(1)), status: .noCreation),
        Mistake(name: "mipExtNotifyMaximumRate", content: .value(.unsigned(60001)), status: .wrongValue),
    ]

    @Test("Each mistake is reported with its error status at the varbind that made it", arguments: mistakes)
    func refused(_ mistake: Mistake) async throws {
        let view = try await Self.view()
        let good = try Self.set("mipExtNotifyNodeInterval", [0], .unsigned(5))
        let bad = MIBAssignment(oid: try Self.oid(mistake.name, mistake.instance), content: mistake.content)
        let error = try #require(Self.fault([good, bad], in: view))
        #expect(error.status == mistake.status, "\(error)")
        #expect(error.position == 1)
    }

    @Test("An unknown object is not writable, and a contradicting second value is inconsistent")
    func strange() async throws {
        let view = try await Self.view()
        let cases: [([MIBAssignment], MIBSetStatus, Int)] = [
            ([MIBAssignment(MIBModule.mip.root + [9, 9], .integer(1))], .notWritable, 0),
            (
                [try Self.set("mipEnable", [0], .integer(1)), try Self.set("mipEnable", [0], .integer(2))], .inconsistentValue, 1
            ),
            (
                [
                    try Self.set("mipSecurityStatus", Self.known, .integer(6)),
                    try Self.set("mipSecurityReplayTime", Self.known, .unsigned(9)),
                ], .inconsistentValue, 0
            ),
            (
                [
                    try Self.set("mipSecurityAlgorithmType", Self.known, .integer(3)),
                    try Self.set("mipSecurityAlgorithmMode", Self.known, .integer(2)),
                ], .inconsistentValue, 1
            ),
        ]
        for (varbinds, status, position) in cases {
            let error = try #require(Self.fault(varbinds, in: view))
            #expect(error.status == status && error.position == position, "\(error)")
        }
    }

    @Test("Areas that the operator has not allowed are not writable")
    func areas() async throws {
        let view = try await Self.view()
        let varbind = try Self.set("mipEnable", [0], .integer(2))
        #expect(Self.fault([varbind], in: view, allowing: [.notifications])?.status == .notWritable)
        #expect(try Self.mib.plan([varbind], in: view, allowing: [.enable]).agentChanges.count == 1)
    }

    @Test("The agent's refusal is reported at the varbind that wrote the member at fault")
    func refusals() async throws {
        let plan = try Self.mib.plan(
            [
                try Self.set("mipEnable", [0], .integer(1)), try Self.set("mipSecurityReplayTime", Self.known, .unsigned(9)),
                try Self.set("mipSecurityKey", Self.known, Self.key),
            ], in: try await Self.view())
        let refusals: [(ChangeRefusal, MIBSetStatus, Int)] = [
            (ChangeRefusal(index: 0, problem: .commitFailed, reason: "r"), .commitFailed, 0),
            (ChangeRefusal(index: 1, problem: .notPermitted, reason: "r"), .notWritable, 1),
            (ChangeRefusal(index: 1, field: "key", problem: .invalidValue, reason: "r"), .wrongValue, 2),
            (ChangeRefusal(index: 1, field: "strange", problem: .notFound, reason: "r"), .inconsistentName, 1),
            (ChangeRefusal(index: 9, problem: .resourceUnavailable, reason: "r"), .resourceUnavailable, 0),
        ]
        for (refusal, status, position) in refusals {
            let error = plan.error(for: refusal)
            #expect(error.status == status && error.position == position && error.reason == "r")
        }
    }

    @Test("Without the agent's state, its objects cannot be written, but those of the daemon can")
    func unreachable() async throws {
        let directory = try TemporaryDirectory()
        let view = MIBView(state: ManagedAgent(name: "a", socketPath: directory.file("none")).state(), sysUpTime: 1)
        #expect(Self.fault([try Self.set("mipEnable", [0], .integer(2))], in: view)?.status == .resourceUnavailable)
        #expect(
            try Self.mib.plan([try Self.set("mipExtNotifyNodeInterval", [0], .unsigned(5))], in: view).notificationSettings != nil
        )
    }
}
