import Foundation
import Logging
import MIPTesting
import MobileIPv4
import Testing

@testable import ManagementAPI

@Suite("The log of the server")
struct ServerLogTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func server(
        port: UInt16, socket: String, _ log: LogCollector, onRunning: @escaping @Sendable (UInt16) async -> Void = { _ in }
    ) throws -> ManagementServer {
        var configuration = try #require(ManagementServerConfiguration(address: IPv4Address(127, 0, 0, 1), port: port))
        configuration.socketPath = directory.file(socket)
        return ManagementServer(
            configuration: configuration, agents: [], logger: Logger(label: "http") { _ in log }, onRunning: onRunning)
    }

    @Test("It says once for each address that the server listens, and a start that fails adds nothing to the error thrown")
    func lines() async throws {
        let (ports, continuation) = AsyncStream.makeStream(of: UInt16.self)
        let (log, failed) = (LogCollector(), LogCollector())
        let first = try server(port: 0, socket: "first.sock", log) { continuation.yield($0) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await first.run() }
            var iterator = ports.makeAsyncIterator()
            let port = try #require(await iterator.next())
            #expect(log.text.split(separator: "\n").count { $0.contains("listening") } == 2, "\(log.text)")
            let second = try server(port: port, socket: "second.sock", failed)
            let error = await #expect(throws: ManagementServerError.self) { try await second.run() }
            #expect(error?.description.contains("in use by another program") == true)
            #expect(!failed.text.split(separator: "\n").contains { $0.hasPrefix("error ") }, "\(failed.text)")
            group.cancelAll()
        }
        #expect(!log.text.split(separator: "\n").contains { $0.hasPrefix("error ") }, "\(log.text)")
    }
}
