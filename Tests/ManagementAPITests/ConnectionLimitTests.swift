import Testing

@testable import ManagementAPI

@Suite("How many connections are accepted")
struct ConnectionLimitTests {
    @Test(
        "Two addresses never need more descriptors than there are",
        arguments: [(72, 4), (80, 8), (1024, 480), (8256, 4096), (1_048_576, 4096), (Int.max, 4096)])
    func limit(descriptors: Int, expected: Int) {
        #expect(ConnectionLimit.connections(descriptors: descriptors) == expected)
    }
}
