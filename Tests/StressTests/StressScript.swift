import Foundation
import MIPTesting
import Testing

/// scripts/stress with the programs of this build.
enum StressScript {
    /// Whether it may make network namespaces on this machine.
    static let isPossible: Bool = {
        guard getuid() == 0 else { return false }
        let probe = Process()
        probe.executableURL = URL(fileURLWithPath: "/usr/bin/unshare")
        probe.arguments = ["-n", "-m", "true"]
        guard (try? probe.run()) != nil else { return false }
        probe.waitUntilExit()
        return probe.terminationStatus == 0
    }()

    /// Whether this machine has a Linux kernel that runs as a process, and what makes a disk for it.
    static let hasKernel = ["/usr/bin/linux.uml", "/usr/sbin/mkfs.ext4"].allSatisfy {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    /// Runs a command of the script, in its short form unless this is a long run; a finding fails the test.
    static func run(_ command: String, within limit: Duration = .seconds(240)) async throws {
        let programs = URL(fileURLWithPath: BuiltProducts.path(of: "mip-mib")).deletingLastPathComponent().path
        let result = try await ChildProcess.run(
            BuiltProducts.python,
            ["\(BuiltProducts.repository)/scripts/stress", "--programs", programs] + (TestLength.isLong ? [] : ["--short"]) + [
                command
            ],
            within: TestLength.isLong ? .seconds(7200) : limit)
        #expect(result.status == 0, "\(result.output)\(result.errors)")
    }
}
