import DaemonSupport
import Testing

@Suite("Shares of the file descriptors")
struct DescriptorBudgetTests {
    @Test(
        "The shares of a process never exceed what it has, and everyone has some", arguments: [256, 1024, 8264, 524_288],
        [84, 210])
    func sums(descriptors: Int, own: Int) {
        let budget = DescriptorBudget(descriptors: descriptors, own: own)
        #expect(own + budget.http + budget.unix <= descriptors)
        #expect(own + budget.control <= descriptors)
        #expect(budget.streams * 2 <= budget.http)
        #expect(budget.unixStreams * 2 <= budget.unix)
        #expect(min(budget.http, budget.unix, budget.streams, budget.unixStreams, budget.control) >= 1)
    }

    @Test("256 descriptors leave an administrator 43 connections and requests 65 of those over TCP")
    func few() {
        let budget = DescriptorBudget(descriptors: 256, own: 84)
        #expect(budget.unix == 43)
        #expect(budget.http == 129)
        #expect(budget.streams == 64)
        #expect(budget.control == 156)
    }

    @Test("Too few descriptors make a process slow, not mute")
    func none() {
        let budget = DescriptorBudget(descriptors: 72, own: 84)
        #expect(budget == DescriptorBudget(descriptors: 0, own: 0))
        #expect(min(budget.http, budget.unix, budget.streams) == 1)
        #expect(budget.control == 8)
    }
}
