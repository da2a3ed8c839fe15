import Foundation
import MIPTesting
import Testing

/// The dashboard in a real browser while the real daemons behind it are stopped, killed and restarted.
@Suite("The dashboard and its daemons")
struct DashboardDaemonsTests {
    private static func run(_ script: String) async throws {
        let directory = try TemporaryDirectory()
        let programs = URL(fileURLWithPath: BuiltProducts.path(of: "mip-mibd")).deletingLastPathComponent().path
        try await DashboardScript.run(script, [programs, directory.path], directory)
    }

    @Test("While mip-mibd does not answer, everything is grey and dated and nothing can be clicked; afterwards the page goes on")
    func gone() async throws { try await Self.run("gone.py") }

    @Test("An agent that is away is unknown and has no zeros, and a counter that begins anew draws no peak")
    func agents() async throws { try await Self.run("agents.py") }

    @Test("The page names who is signed in, offers only what the role may do, and reports tokens that are wrong or withdrawn")
    func session() async throws { try await Self.run("session.py") }
}
