import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

/// What a home agent knows about revocation after a restart.
@Suite("Revocation after a restart")
struct RevocationRestoringTests {
    private static let offer = Offer(timestamp: RevocationLab.start)

    /// A home agent with a binding whose revocation has been agreed on, and its timestamp in the reply.
    private static func agreed(informing: Bool = true) throws -> (bench: KeptBench, stamp: UInt32) {
        var old = KeptBench(RevocationLab.homeAgentConfiguration())
        let stamp = try Revoker.homeAgent.register(&old.bench, informing: informing)
        old.bench.advance(seconds: 60)
        return (old, stamp)
    }

    /// A home agent that has revoked a binding and waits for the acknowledgment, and the identifier that it sent.
    private static func revoked() throws -> (bench: KeptBench, identifier: UInt32) {
        var old = try agreed().bench
        old.bench.revoke(Lab.home)
        return (old, try #require(old.bench.sentRevocations.first).identifier)
    }

    @Test("What has been agreed on remains: an operator's revocation is sent as before the restart", arguments: [true, false])
    func terms(informing: Bool) throws {
        let (old, stamp) = try Self.agreed(informing: informing)
        var new = try old.restarted(after: 30)
        #expect(new.bench.bindings == old.bench.bindings)
        #expect(new.bench.bindings.map(\.revocation) == [informing ? .agreedInforming : .agreed])
        new.bench.revoke(Lab.home)
        let sent = try #require(new.bench.sentRevocations.first)
        #expect(sent.informs == informing)
        #expect(sent.destination == Lab.foreignAgent)
        #expect(sent.isSigned(by: Lab.ofForeignAgent))
        #expect(!stamp.follows(sent.identifier))
    }

    @Test("A replay of a revocation from before the registration is still known as one")
    func replay() throws {
        let old = try Self.agreed().bench
        var new = try old.restarted(after: 30)
        new.bench.receive(Revocation(fromHome: false, RevocationLab.start &- 1).octets, from: Lab.foreignAgent)
        #expect(new.bench.bindings.count == 1)
        #expect(new.bench.discarded(.replayed) == 1)
        new.bench.receive(Revocation(fromHome: false, RevocationLab.start).octets, from: Lab.foreignAgent)
        #expect(new.bench.bindings.isEmpty)
    }

    @Test("Timestamps do not go back when the clock was set back meanwhile", arguments: ["", "second"])
    func clockSetBack(boot: String) throws {
        let (old, stamp) = try Self.agreed()
        var new = try old.restarted(after: 30, clockSetBy: -3600, boot: boot)
        new.bench.revoke(Lab.home)
        let sent = try #require(new.bench.sentRevocations.first)
        #expect(!stamp.follows(sent.identifier))
    }

    @Test("A revocation that was not acknowledged is sent again with a later identifier", arguments: [true, false])
    func unacknowledged(isComplete: Bool) throws {
        let (old, identifier) = try Self.revoked()
        var new = try old.restarted(after: 5, isComplete: isComplete)
        new.bench.advance(seconds: 0.5)
        let sent = try #require(new.bench.sentRevocations.first)
        #expect(sent.identifier.follows(identifier))
        #expect(sent.octets == Revocation(fromHome: true, sent.identifier) { $0.informs = true }.octets)
        #expect(sent.destination == Lab.foreignAgent)
        Revoker.homeAgent.acknowledge(&new.bench, sent.identifier)
        #expect(new.bench.exchanges.map(\.state) == [.acknowledged])
        var last = try new.restarted(after: 5)
        last.bench.advance(seconds: 100)
        #expect(last.bench.exchanges.isEmpty)
    }

    @Test("The operator's text is in the revocation that is sent again")
    func text() throws {
        var old = try Self.agreed().bench
        old.bench.made(.revoke(RevocationOrder(text: "moved to maintenance")))
        var new = try old.restarted(after: 5)
        new.bench.advance(seconds: 0.5)
        let sent = try #require(new.bench.sentRevocations.first)
        let expected = Revocation(fromHome: true, sent.identifier) {
            $0.informs = true
            $0.extensions.append(message: "moved to maintenance", by: 1)
        }
        #expect(sent.octets == expected.octets)
        #expect(new.bench.exchanges.map(\.text) == ["moved to maintenance"])
    }

    @Test("The identifier is later also if the clock was set back meanwhile, and in the same second", arguments: [-3600, -5])
    func unacknowledgedAfterClockStep(seconds: Int64) throws {
        let (old, identifier) = try Self.revoked()
        var new = try old.restarted(after: 5, clockSetBy: seconds)
        new.bench.advance(seconds: 0.5)
        let sent = try #require(new.bench.sentRevocations.first)
        #expect(sent.identifier.follows(identifier))
    }

    @Test("A registration after the restart is later than a revocation before it, also if the clock was set back")
    func laterThanRevocation() throws {
        let (kept, identifier) = try Self.revoked()
        var old = kept
        Revoker.homeAgent.acknowledge(&old.bench, identifier)
        var new = try old.restarted(after: 5, clockSetBy: -3600)
        new.bench.advance(seconds: 1)
        let stamp = try Revoker.homeAgent.register(&new.bench)
        #expect(stamp.follows(identifier))
        new.bench.advance(seconds: 1)
        new.bench.revoke(Lab.home)
        let sent = try #require(new.bench.sentRevocations.first)
        #expect(!stamp.follows(sent.identifier))
    }

    @Test("A revocation that was acknowledged or given up is not sent again", arguments: [true, false])
    func settled(isAcknowledged: Bool) throws {
        let (kept, identifier) = try Self.revoked()
        var old = kept
        if isAcknowledged {
            Revoker.homeAgent.acknowledge(&old.bench, identifier)
        } else {
            old.bench.advance(seconds: 100)
        }
        var new = try old.restarted(after: 5)
        new.bench.advance(seconds: 100)
        #expect(new.bench.sentRevocations.isEmpty)
        #expect(new.bench.exchanges.isEmpty)
    }

    @Test("A revocation of a binding that would have expired meanwhile is not sent again")
    func expired() throws {
        let old = try Self.revoked().bench
        var new = try old.restarted(after: 541)
        new.bench.advance(seconds: 100)
        #expect(new.bench.sentRevocations.isEmpty)
    }

    @Test("A revocation to a node with a co-located care-of address is sent again as well")
    func direct() throws {
        var old = KeptBench(RevocationLab.homeAgentConfiguration())
        try old.bench.registerDirectly(Self.offer)
        old.bench.advance(seconds: 5)
        old.bench.revoke(Lab.home)
        var new = try old.restarted(after: 5)
        new.bench.advance(seconds: 0.5)
        let sent = try #require(new.bench.sentRevocations.first)
        #expect(sent.destination.address == Lab.careOf)
        #expect(sent.informs)
        #expect(sent.isSigned(.mobileHomeAuthentication, by: Lab.association()))
    }

    @Test("A binding whose home network the configuration has withdrawn is revoked at the restart")
    func withdrawn() throws {
        let old = try Self.agreed().bench
        var configuration = RevocationLab.homeAgentConfiguration()
        let network = try #require(IPv4Prefix(containing: IPv4Address(198, 18, 0, 0), length: 16))
        configuration.homeAgent?.homeNetworks = [network]
        var new = try old.restarted(after: 5, configuration: configuration)
        #expect(new.bench.bindings.isEmpty)
        new.bench.advance(seconds: 0.5)
        let sent = try #require(new.bench.sentRevocations.first)
        #expect(sent.destination == Lab.foreignAgent)
        #expect(sent.octets == Revocation(fromHome: true, sent.identifier) { $0.informs = true }.octets)
        Revoker.homeAgent.acknowledge(&new.bench, sent.identifier)
        #expect(new.bench.home.revocationsAcknowledged == 1)
    }

    @Test("A binding whose address the pool of the configuration no longer has is revoked at the restart")
    func withdrawnPool() throws {
        let alice = try #require(Lab.alice)
        let associations = [Lab.association(.nai(alice)), Lab.ofForeignAgent]
        let pool = try #require(IPv4AddressRange("198.19.0.10-198.19.0.20"))
        var old = KeptBench(Lab.homeAgentConfiguration(associations) { $0.addressPool = [pool] })
        try old.bench.registerAtHome(Self.offer) {
            ($0.homeAddress, $0.nai, $0.association) = (.zero, alice, Lab.association(.nai(alice)))
        }
        #expect(old.bench.bindings.map(\.homeAddress) == [IPv4Address(198, 19, 0, 10)])
        old.bench.advance(seconds: 60)
        let kept = try old.restarted(after: 5)
        #expect(kept.bench.bindings.map(\.homeAddress) == [IPv4Address(198, 19, 0, 10)])
        var new = try old.restarted(after: 5, configuration: Lab.homeAgentConfiguration(associations))
        #expect(new.bench.bindings.isEmpty)
        new.bench.advance(seconds: 0.5)
        #expect(new.bench.sentRevocations.map(\.destination) == [Lab.foreignAgent])
        let again = try new.bench.registerAtHome(Self.offer) {
            ($0.homeAddress, $0.nai, $0.association) = (.zero, alice, Lab.association(.nai(alice)))
        }
        #expect(again.fixed.code == .haAdministrativelyProhibited)
    }

    @Test("An agent that is started without revocation sends nothing again, and keeps the binding")
    func switchedOff() throws {
        let configuration = RevocationLab.homeAgentConfiguration { $0.revocation = false }
        var bound = try Self.agreed().bench.restarted(after: 5, configuration: configuration)
        #expect(bound.bench.bindings.count == 1)
        bound.bench.revoke(Lab.home)
        #expect(bound.bench.sentRevocations.isEmpty)
        var revoked = try Self.revoked().bench.restarted(after: 5, configuration: configuration)
        revoked.bench.advance(seconds: 100)
        #expect(revoked.bench.sentRevocations.isEmpty)
    }

    @Test("Records without an agreement have the form of the version before, and are read as before")
    func plain() throws {
        var old = KeptBench(RevocationLab.homeAgentConfiguration())
        try old.bench.registerAtHome(nil)
        old.save()
        #expect(old.records.values.map(\.first) == [1])
        let new = try old.restarted(after: 5)
        #expect(new.bench.bindings == old.bench.bindings)
        #expect(new.bench.bindings.map(\.revocation) == [.none])
    }

    @Test("A record with an agreement and an unacknowledged revocation that was cut anywhere cannot be read and does no harm")
    func damaged() throws {
        var old = try Self.revoked().bench
        old.bench.advance(seconds: 0.5)
        try old.bench.registerAtHome(
            Self.offer, through: RevocationLab.ofOtherForeignAgent, from: RevocationLab.otherForeignAgent)
        old.save()
        let bytes = try #require(old.records.first?.value)
        #expect(bytes.first == 2)
        var new = KeptBench(RevocationLab.homeAgentConfiguration())
        let history = AgentHistory(new.present, after: [old.present])
        func isReadable(_ bytes: [UInt8]) -> Bool {
            var effects = AgentEffects()
            let now = new.bench.now
            return (try? new.bench.agent.restore(mobileNode: Lab.home, bytes, history, at: now, effects: &effects)) != nil
        }
        for count in 0..<bytes.count { #expect(!isReadable(Array(bytes.prefix(count)))) }
        #expect(!isReadable(bytes + [0]))
        #expect(new.bench.bindings.isEmpty && new.bench.exchanges.isEmpty)
        #expect(isReadable(bytes))
        #expect(new.bench.bindings.count == 1 && new.bench.exchanges.count == 1)
    }
}
