import Logging
import ServiceLifecycle
import Testing

@testable import DaemonSupport

@Suite("Running services")
struct DaemonTests {
    struct Failing: Service {
        struct Failure: Error {}
        func run() async throws { throw Failure() }
    }

    struct Waiting: Service {
        let stopped: AsyncStream<Void>.Continuation
        func run() async throws {
            try? await gracefulShutdown()
            stopped.finish()
        }
    }

    @Test("A service that fails stops the others, and the exit status is 1")
    func failure() async {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        let status = await Daemon.run(
            [Waiting(stopped: continuation), Failing()], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        for await _ in stream {}
        #expect(status == ExitStatus.failed)
    }

    @Test("A reader of the log that is late by half a second gets the last lines, and an end takes less than 2 seconds with that")
    func lastLines() {
        let limits = Daemon.Limits()
        #expect(Daemon.logTime >= .milliseconds(800))
        #expect(limits.cancellation + Daemon.logTime < limits.end)
        #expect(limits.end + StopDeadline.logTime < .seconds(2))
    }

    @Test("A service that ends by itself ends the daemon cleanly")
    func end() async {
        struct Ending: Service { func run() async throws {} }
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        let status = await Daemon.run(
            [Waiting(stopped: continuation), Ending()], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        for await _ in stream {}
        #expect(status == ExitStatus.stopped)
    }
}
