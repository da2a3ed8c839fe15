import Testing

@testable import DaemonSupport

@Suite("Limits of the process")
struct ResourceLimitsTests {
    private static func problem(_ descriptors: Int, _ addressSpace: Int = .max, processors: Int = 2) -> String? {
        ResourceLimits.problem(descriptors: descriptors, addressSpace: addressSpace, processors: processors)
    }

    @Test("A limit of open files that is too low is named with the expected one and how to raise it")
    func files() {
        let text =
            "the limit of 16 open files is too low; expected at least 72: raise it with 'ulimit -n 72', "
            + "or with LimitNOFILE= in the unit of systemd"
        #expect(Self.problem(16) == text)
    }

    @Test(
        "The soft limit of files is raised to what is useful, as far as the hard limit allows, and never lowered",
        arguments: [
            (1024, 4096, 256, 4096), (1024, 1_048_576, 256, 9280), (1024, Int.max, 2, 8264), (1024, 1024, 256, 1024),
            (20000, 20000, 2, 20000), (Int.max, Int.max, 2, Int.max),
        ])
    func raised(soft: Int, hard: Int, processors: Int, expected: Int) {
        #expect(ResourceLimits.raised(soft: soft, hard: hard, processors: processors) == expected)
    }

    @Test("A machine with 256 processors has enough files with the usual soft limit of 1024 and a higher hard one")
    func manyProcessors() {
        #expect(Self.problem(1024, processors: 256) != nil)
        #expect(Self.problem(ResourceLimits.raised(soft: 1024, hard: 4096, processors: 256), processors: 256) == nil)
    }

    @Test("A limit of address space that is too low is named with the expected one")
    func addressSpace() {
        let text = "the limit of 100 MiB of address space is too low; expected at least 1024: "
        #expect(Self.problem(1024, 100 << 20)?.hasPrefix(text) == true)
        #expect(Self.problem(1024, 1 << 30) == nil)
    }

    @Test("The least sufficient limit of files is accepted, and grows with the number of processors")
    func sufficient() {
        #expect(Self.problem(72) == nil)
        #expect(Self.problem(72, processors: 3) != nil)
        #expect(Self.problem(1024, processors: 128) == nil)
    }
}
