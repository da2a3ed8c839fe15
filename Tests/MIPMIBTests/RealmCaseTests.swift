import AgentModel
import MIPMIB
import MIPTesting
import ManagementCore
import MobileIPv4
import Testing

/// The case of ASCII letters in the realm of an identifier does not matter: an index has small letters, a column what was sent.
@Suite("The case of realms in the MIBs")
struct RealmCaseTests {
    static let index: [UInt] = [3, 17] + "alice@example.net".utf8.map(UInt.init)
    static let otherIndex: [UInt] = [3, 17] + "alice@Example.NET".utf8.map(UInt.init)

    static func association(_ nai: String) throws -> SecurityAssociation {
        var row = Samples.association(0)
        (row.peer, row.spi) = (.nai(try IdentityTests.nai(nai)), SecurityParameterIndex(rawValue: 300))
        return row
    }

    @Test("The index has the realm in small letters, and the column of the identifier has it as it was sent")
    func indexes() throws {
        let view = IdentityTests.view([.association(try Self.association("alice@Example.NET"))])
        let found = try IdentityTests.walk(view, "mipSecurityPeerNAI")
        #expect(found.map(\.index) == [Self.index + [300]])
        #expect(found.map(\.value) == [.octets(Array("alice@Example.NET".utf8))])
        let oid = try PlanTests.oid("mipSecurityPeerNAI", Self.otherIndex + [300])
        let got = PlanTests.mib.get(oid.span, in: view)
        #expect(got == .noSuchInstance)
    }

    @Test("A row whose identifier changes case keeps its index, and shows the later spelling")
    func changed() throws {
        let rows = try ["alice@example.net", "alice@EXAMPLE.net"].map { name -> StateChange in
            var row = Samples.mobileNode(1)
            row.nai = try IdentityTests.nai(name)
            return .mobileNode(row)
        }
        let view = IdentityTests.view(rows)
        let found = try IdentityTests.walk(view, "mipExtNodeAddressNAI")
        #expect(found.map(\.index) == [Self.index + [10, 0, 1, 1]])
        #expect(found.map(\.value) == [.octets(Array("alice@EXAMPLE.net".utf8))])
        #expect(EntityIdentity(nai: try IdentityTests.nai("alice@EXAMPLE.net")).octets == Array("alice@example.net".utf8))
    }

    @Test("Identifiers of more than 64 octets that differ only in the case of the realm have one abbreviation")
    func abbreviation() throws {
        let (small, large) = (String(repeating: "x", count: 60), String(repeating: "X", count: 60))
        let identities = try ["a@" + small, "a@" + large].map { EntityIdentity(nai: try IdentityTests.nai($0 + ".example")) }
        #expect(identities[0] == identities[1] && identities[0].hashValue == identities[1].hashValue)
        #expect(identities[0].octets == identities[1].octets && identities[0].length == 64)
    }

    @Test("The identifier of a peer may be written with another spelling of the realm")
    func written() throws {
        let view = IdentityTests.view([.association(try Self.association("alice@example.net"))])
        let plan = try PlanTests.mib.plan(
            [
                try PlanTests.set("mipSecurityPeerNAI", Self.index + [300], .octets(Array("alice@Example.NET".utf8))),
                try PlanTests.set("mipSecurityReplayTime", Self.index + [300], .unsigned(30)),
            ], in: view)
        #expect(
            plan.agentChanges == [
                .association(
                    SecurityAssociationChange(
                        peer: .nai(try IdentityTests.nai("alice@example.net")), spi: SecurityParameterIndex(rawValue: 300),
                        replayTolerance: 30, creation: .mustExist))
            ])
        let other = try PlanTests.set("mipSecurityPeerNAI", Self.index + [300], .octets(Array("Alice@example.net".utf8)))
        #expect(PlanTests.fault([other], in: view)?.status == .inconsistentValue)
    }

    @Test("A new row keeps the spelling in mipSecurityPeerNAI, and an index with capital letters in the realm creates nothing")
    func created() throws {
        func create(_ index: [UInt]) throws -> [MIBAssignment] {
            [
                try PlanTests.set("mipSecurityStatus", index + [300], .integer(4)),
                try PlanTests.set("mipSecurityKey", index + [300], PlanTests.key),
                try PlanTests.set("mipSecurityPeerNAI", index + [300], .octets(Array("alice@Example.NET".utf8))),
            ]
        }
        let view = IdentityTests.view([])
        guard case .association(let change)? = try PlanTests.mib.plan(try create(Self.index), in: view).agentChanges.first,
            case .nai(let peer) = change.peer
        else {
            Issue.record("the association is not created")
            return
        }
        #expect(peer.value == "alice@Example.NET")
        #expect(PlanTests.fault(try create(Self.otherIndex), in: view)?.status == .noCreation)
    }

    @Test("A set of a row that exists, with capital letters in the realm of the index, does not reach the row")
    func strange() throws {
        let view = IdentityTests.view([.association(try Self.association("alice@example.net"))])
        let write = try PlanTests.set("mipSecurityReplayTime", Self.otherIndex + [300], .unsigned(30))
        #expect(PlanTests.fault([write], in: view)?.status == .inconsistentName)
    }
}
