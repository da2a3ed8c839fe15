import Testing

@testable import DaemonSupport

@Suite("The limit of open files")
struct DescriptorLimitTests {
    @Test("A limit that is too low is named with the expected one and how to raise it")
    func tooLow() {
        #expect(
            DescriptorLimit.problem(with: 16, processors: 2)
                == "the limit of 16 open files is too low; expected at least 72: raise it with 'ulimit -n 72', or with LimitNOFILE= in the unit of systemd"
        )
    }

    @Test("The least sufficient limit is accepted, and grows with the number of processors")
    func sufficient() {
        #expect(DescriptorLimit.problem(with: 72, processors: 2) == nil)
        #expect(DescriptorLimit.problem(with: 72, processors: 3) != nil)
        #expect(DescriptorLimit.problem(with: 1024, processors: 128) == nil)
    }
}
