import Foundation
import MIPTesting
import Testing

@Suite("A configuration with many associations")
struct LargeFileTests {
    /// Runs a command and prints the seconds of processor time and the kilobytes of memory that it took.
    private static let measure = """
        import resource, subprocess, sys
        status = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(status, usage.ru_utime, usage.ru_maxrss)
        """

    @Test("50,000 associations are checked in 8 seconds of processor time and 90 MB, even by a debug build")
    func many() async throws {
        let directory = try TemporaryDirectory()
        let lines = (0..<50_000).map { number in
            "  - {peer: 10.0.\(number >> 8).\(number & 0xFF), spi: \(256 + number), key: 00112233445566778899aabbccddeeff}\n"
        }
        let file = try directory.write(
            "name: a\nhomeAgent: {addresses: [127.0.0.1], homeNetworks: [10.0.0.0/8]}\nsecurityAssociations:\n" + lines.joined(),
            to: "a.yaml")
        let result = try await ChildProcess.run(
            BuiltProducts.python, ["-c", Self.measure, BuiltProducts.path(of: "mip-agentd"), "--config", file, "--check"])
        let numbers = result.output.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
        try #require(numbers.count == 3, "\(result.output)\(result.errors)")
        #expect(numbers[0] == 0, "\(result.errors)")
        #expect(numbers[1] < 8)
        #expect(numbers[2] < 90_000)
    }
}
