import MIPTesting
import Testing

/// Short forms of scripts/stress; docs/stress.md explains what each command checks. `scripts/test --long` runs the long forms, which takes
/// hours.
@Suite("Load, failures and hostile input", .enabled(if: StressScript.isPossible, "needs root and network namespaces"))
struct HarnessTests {
    @Test("The standalone SNMP agent lists the same before, during and after faulty BER, and neither grows nor floods its log")
    func faultyEncoding() async throws {
        try await StressScript.run("bad-ber")
    }

    @Test("Whatever an SNMP agent answers, mip-mib ends in time with one clear line and shows no false rows")
    func lies() async throws {
        try await StressScript.run("lies")
    }

    @Test("After random kills of all daemons everything heals, and all interfaces show the same ordered lists")
    func kills() async throws {
        try await StressScript.run("kills")
    }

    @Test("SIGTERM ends daemons with status 0 while their peers are stopped")
    func stoppedPeers() async throws {
        try await StressScript.run("stopped")
    }

    @Test("With few descriptors a daemon serves or ends with a clear error, and more clients do no lasting harm")
    func descriptors() async throws {
        try await StressScript.run("descriptors")
    }

    @Test("Requests with a wrong UDP or IP checksum are not read, neither from sockets nor from frames")
    func checksums() async throws {
        try await StressScript.run("checksums")
    }

    @Test("After kill -9 under load, a home agent shows exactly what its replies promised, and accepts no captured request")
    func restarts() async throws {
        try await StressScript.run("restarts")
    }

    @Test(
        "After a loss of power, nothing accepted is missing with durability disk, and at most the last moments with process",
        .enabled(if: StressScript.hasKernel, "needs the package user-mode-linux"))
    func power() async throws {
        try await StressScript.run("power", within: .seconds(600))
    }

    @Test(
        "An agent follows a clock that is set, locks out no node and keeps refusing captured requests",
        .enabled(if: StressScript.hasKernel, "needs the package user-mode-linux"))
    func clock() async throws {
        try await StressScript.run("clock", within: .seconds(420))
    }
}
