import Foundation
import MIPTesting
import MobileIPv4
import Synchronization

@testable import NodeDaemon

/// A program in the place of resolvectl that records its arguments, and fails or waits on demand.
final class FakeResolvectl: Sendable {
    let directory: TemporaryDirectory
    let log = RecordedLog()
    private let reported = Mutex<[Bool]>([])

    init() async throws {
        directory = try TemporaryDirectory()
        let folder = directory.path
        let script = try directory.write(
            """
            #!/bin/sh
            echo "$@" >> \(folder)/calls
            while [ -e \(folder)/wait ]; do sleep 0.05; done
            if [ -e \(folder)/fail-once ]; then rm \(folder)/fail-once; exit 1; fi
            if [ -e \(folder)/fail ] || [ -e \(folder)/fail-$1 ]; then echo 'Link lo is managed.' >&2; exit 1; fi
            """, to: "script")
        // Copied by another process: a program that is open for writing, even in a child of another test, cannot be started.
        let copy = try await ChildProcess.run("install", ["-m", "755", script, directory.file("resolvectl")])
        guard copy.status == 0 else { throw TimedOut(description: "cannot copy the program: \(copy.errors)") }
    }

    var backend: ResolvectlBackend {
        ResolvectlBackend(
            program: BoundedProgram(path: directory.file("resolvectl")), record: ResolvectlRecord(path: directory.file("record")),
            logger: log.logger, boot: "this", patience: .seconds(60), patienceOfUndo: .seconds(60))
    }

    /// A configurator as the node's process has it, after its start.
    ///
    /// - Parameter retryDelay: so long that nothing is tried again by itself, unless a test is about that.
    func configurator(_ backend: ResolvectlBackend? = nil, retryDelay: Duration = .seconds(600)) -> HostConfigurator {
        let configurator = HostConfigurator(
            backend: backend ?? self.backend, logger: log.logger, retryDelay: retryDelay
        ) { [self] inForce in
            reported.withLock { $0.append(inForce != nil) }
        }
        configurator.begin()
        return configurator
    }

    /// The arguments of each call.
    var calls: [String] {
        let text = (try? String(contentsOfFile: directory.file("calls"), encoding: .utf8)) ?? ""
        return text.split(separator: "\n").map(String.init)
    }

    /// Whether settings are in force, as the configurators have reported.
    var reports: [Bool] { reported.withLock { $0 } }

    /// Whether each call fails.
    func setFailing(_ fails: Bool) throws { try set("fail", fails) }

    /// Has calls of this command fail, such as `domain`.
    func failAll(_ command: String) throws { try set("fail-" + command, true) }

    /// Has the next call fail.
    func failOnce() throws { try set("fail-once", true) }

    /// Whether there is something to undo after a crash.
    var hasRecord: Bool { FileManager.default.fileExists(atPath: directory.file("record")) }

    /// Whether calls wait.
    func setWaiting(_ waits: Bool) throws { try set("wait", waits) }

    private func set(_ name: String, _ exists: Bool) throws {
        if exists { try directory.write("", to: name) } else { try FileManager.default.removeItem(atPath: directory.file(name)) }
    }
}

extension HostConfigurator {
    /// Asks for settings of the interface `lo`.
    func want(_ settings: ResolverSettings?) { want(settings, through: "lo") }
}

extension ResolverSettings {
    /// One name server, 192.0.2.`number`, and perhaps a search domain.
    static func sample(_ number: UInt8, domain: String? = nil) -> ResolverSettings? {
        ResolverSettings(nameServers: [IPv4Address(192, 0, 2, number)], searchDomain: domain.flatMap { DomainName($0) })
    }
}
