import Testing

@testable import ManagementAPI

@Suite("How many connections are accepted")
struct ConnectionLimitTests {
    @Test(
        "Two addresses never need more descriptors than there are",
        arguments: [
            (72, 72, 4), (88, 72, 8), (1024, 72, 476), (1024, 832, 96), (1088, 1088, 4), (8264, 72, 4096), (1_048_576, 72, 4096),
            (Int.max, 1088, 4096),
        ])
    func limit(descriptors: Int, required: Int, expected: Int) {
        #expect(ConnectionLimit.connections(descriptors: descriptors, required: required) == expected)
    }
}
