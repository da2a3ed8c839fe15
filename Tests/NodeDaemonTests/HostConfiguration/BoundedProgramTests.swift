import Testing

@testable import NodeDaemon

@Suite("Programs that the node runs")
struct BoundedProgramTests {
    private static let shell = BoundedProgram(path: "/bin/sh")
    private static var later: ContinuousClock.Instant { .now + .seconds(60) }

    @Test(
        "A failure names how the program ended and the first line of its errors",
        arguments: [
            ("exit 3", "'/bin/sh' ended with status 3"),
            ("echo first >&2; echo second >&2; exit 1", "'/bin/sh' ended with status 1: first"),
            ("kill -9 $$", "'/bin/sh' was killed by signal 9"),
        ])
    func failure(_ script: String, _ expected: String) {
        let error = #expect(throws: BoundedProgram.Failure.self) { try Self.shell.run(["-c", script], until: Self.later) }
        #expect(error?.description == expected)
    }

    @Test("However much a program writes, it ends, and little is kept")
    func flood() {
        let error = #expect(throws: BoundedProgram.Failure.self) {
            try Self.shell.run(["-c", "head -c 1000000 /dev/zero | tr '\\0' x >&2; exit 1"], until: Self.later)
        }
        #expect((error?.description.utf8.count ?? 0) < 600)
    }

    @Test("Standard input is empty, and success is no error")
    func success() throws {
        try Self.shell.run(["-c", "cat; echo ignored; echo ignored >&2"], until: Self.later)
    }
}
