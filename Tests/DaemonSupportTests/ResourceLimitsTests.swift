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
