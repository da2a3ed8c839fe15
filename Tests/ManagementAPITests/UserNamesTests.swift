import Foundation
import MIPTesting
import NIOConcurrencyHelpers
import Persistence
import Testing

@testable import ManagementAPI

@Suite("Names of users at the Unix socket")
struct UserNamesTests {
    private static func peer(_ uid: uid_t) -> PeerCredentials { PeerCredentials(uid: uid, gid: 1, pid: 1) }

    @Test("A directory that does not answer delays nobody for long: the number stands for the name until it is known")
    func hung() async throws {
        let answers = NIOLockedValueBox(false)
        let names = UserNames(patience: .milliseconds(20)) { peer in
            while !answers.withLockedValue({ $0 }) { usleep(1000) }
            return "user \(peer.uid)"
        }
        // These are more than are asked for at once.
        for user: uid_t in 1...6 { #expect(await names.name(of: Self.peer(user)) == "\(user)") }
        #expect(await names.name(of: Self.peer(1)) == "1")
        answers.withLockedValue { $0 = true }
        try await eventually("the name") { await names.name(of: Self.peer(1)) == "user 1" }
    }

    @Test("Each name is asked for once")
    func once() async throws {
        let questions = NIOLockedValueBox(0)
        let names = UserNames(patience: .seconds(60)) { peer in
            questions.withLockedValue { $0 += 1 }
            return "user \(peer.uid)"
        }
        for _ in 0..<3 { #expect(await names.name(of: Self.peer(1)) == "user 1") }
        #expect(questions.withLockedValue { $0 } == 1)
    }
}
