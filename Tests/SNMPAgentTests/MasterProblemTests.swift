import Foundation
import Testing

@testable import SNMPAgent

@Suite("Advice about the AgentX master")
struct MasterProblemTests {
    @Test("Nobody is advised to join group root, which has more rights than the socket needs")
    func group() throws {
        let finding = MasterProblem.Finding(path: "/x", code: EACCES, mode: 0o660, group: 0)
        #expect(MasterProblem.cause(finding).contains("'agentXPerms' in snmpd.conf must let this user"))
        // The group of this machine that is not root's, if it has one.
        guard let entry = getgrgid(1), let name = entry.pointee.gr_name else { return }
        let other = MasterProblem.Finding(path: "/x", code: EACCES, mode: 0o660, group: 1)
        #expect(MasterProblem.cause(other).contains("add this user to group \(String(cString: name))"))
        let closed = MasterProblem.Finding(path: "/x", code: EACCES, mode: 0o600, group: 1)
        #expect(MasterProblem.cause(closed).contains("'agentXPerms' in snmpd.conf must let this user"))
    }

    @Test("Looking at the socket finds what the sentence needs")
    func find() {
        let missing = MasterProblem.find(address: "unix:/nowhere/master")
        #expect(missing == MasterProblem.Finding(path: "/nowhere/master", code: ENOENT))
        let long = MasterProblem.find(address: "unix:/" + String(repeating: "x", count: 200))
        #expect(long.code == ENAMETOOLONG)
        #expect(MasterProblem.find(address: "tcp:127.0.0.1:705").path == nil)
    }
}
