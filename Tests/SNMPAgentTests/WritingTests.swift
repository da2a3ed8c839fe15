import AgentModel
import Foundation
import MIPTesting
import MobileIPv4
import Testing

@Suite("SetRequests through libnetsnmp", .serialized)
struct WritingTests {
    static let enable = ".1.3.6.1.2.1.44.1.1.2.0"
    static let interval = ".1.3.6.1.4.1.8072.9999.9999.44.1.10.2.0"

    @Test("The agent checks and makes the change of a SET, and a GET shows it", arguments: SNMPBench.Mode.allCases)
    func makes(mode: SNMPBench.Mode) async throws {
        let bench = try SNMPBench()
        try await bench.start(mode)
        let answer = try await bench.set([Self.enable, "i", "2"])
        #expect(answer.isDone, "\(answer.text)")
        #expect(await bench.agent.commands == ["validate 1", "apply 1"])
        #expect(await bench.agent.applied == [.enabled(false)])
        try await eventually("the new value") { try await bench.snmp("snmpget", ["-Oqv", Self.enable]) == "2\n" }
        try await bench.stop()
    }

    @Test("Varbinds of both modules in one request form one change", arguments: SNMPBench.Mode.allCases)
    func acrossSubtrees(mode: SNMPBench.Mode) async throws {
        let bench = try SNMPBench()
        try await bench.start(mode)
        let answer = try await bench.set([Self.interval, "u", "33", Self.enable, "i", "2"])
        #expect(answer.isDone, "\(answer.text)")
        #expect(await bench.agent.commands == ["validate 1", "apply 1"])
        #expect(try await bench.snmp("snmpget", ["-Oqv", Self.interval]) == "33\n")
        // If one is bad, none is made; the varbind at fault is reported, whichever module it belongs to.
        for (binds, index) in [
            ([Self.interval, "u", "44", Self.enable, "i", "7"], 2), ([Self.enable, "i", "1", Self.interval, "u", "9999"], 2),
            ([Self.enable, "i", "7", Self.interval, "u", "44"], 1),
        ] {
            let refused = try await bench.set(binds)
            #expect(!refused.isDone && refused.text.contains("wrongValue"), "\(refused.text)")
            #expect(refused.text.contains("Failed object: \(binds[(index - 1) * 3])"), "\(refused.text)")
        }
        #expect(await bench.agent.commands == ["validate 1", "apply 1"])
        #expect(try await bench.snmp("snmpget", ["-Oqv", Self.interval]) == "33\n")
        try await bench.stop()
    }

    static let refusals: [(ChangeProblem, String)] = [
        (.notFound, "inconsistentName"), (.alreadyExists, "inconsistentValue"), (.invalidValue, "wrongValue"),
        (.inconsistent, "inconsistentValue"), (.notPermitted, "notWritable"), (.resourceUnavailable, "resourceUnavailable"),
        (.commitFailed, "commitFailed"),
    ]

    @Test(
        "A refusal of the agent is reported with its status and varbind, and nothing is changed",
        arguments: SNMPBench.Mode.allCases)
    func refused(mode: SNMPBench.Mode) async throws {
        let bench = try SNMPBench()
        try await bench.start(mode)
        for (problem, status) in Self.refusals {
            await bench.agent.refuse(ChangeRefusal(index: 0, problem: problem, reason: "a test"))
            let answer = try await bench.set([Self.interval, "u", "44", Self.enable, "i", "2"])
            #expect(!answer.isDone && answer.text.contains(status), "\(problem): \(answer.text)")
            #expect(answer.text.contains("Failed object: \(Self.enable)"), "\(answer.text)")
        }
        #expect(await bench.agent.applied == [])
        #expect(try await bench.snmp("snmpget", ["-Oqv", Self.interval]) == "10\n")
        try await bench.stop()
    }

    @Test(
        "An agent that accepts a change and then cannot make it causes commitFailed, and nothing is changed",
        arguments: SNMPBench.Mode.allCases)
    func failsLate(mode: SNMPBench.Mode) async throws {
        let bench = try SNMPBench()
        try await bench.start(mode)
        await bench.agent.refuse(ChangeRefusal(index: 0, problem: .resourceUnavailable, reason: "a test"), late: true)
        let answer = try await bench.set([Self.interval, "u", "44", Self.enable, "i", "2"])
        #expect(!answer.isDone && answer.text.contains("commitFailed"), "\(answer.text)")
        #expect(try await bench.snmp("snmpget", ["-Oqv", Self.interval]) == "10\n")
        await bench.agent.refuse(nil)
        #expect(try await bench.set([Self.enable, "i", "2"]).isDone)
        try await bench.stop()
    }

    @Test("A change made by the agent is undone when the rest of the request fails", arguments: SNMPBench.Mode.allCases)
    func takesBack(mode: SNMPBench.Mode) async throws {
        let bench = try SNMPBench()
        try await bench.start(mode)
        // A folder in place of the state file cannot be replaced.
        try FileManager.default.createDirectory(
            atPath: bench.directory.file("state.json/occupied"), withIntermediateDirectories: true)
        let answer = try await bench.set([Self.enable, "i", "2", Self.interval, "u", "44"])
        #expect(!answer.isDone && answer.text.contains("commitFailed"), "\(answer.text)")
        #expect(await bench.agent.commands == ["validate 1", "apply 1", "undo token1"])
        #expect(await bench.agent.applied == [])
        #expect(try await bench.snmp("snmpget", ["-Oqv", Self.interval]) == "10\n")
        try await bench.stop()
    }

    @Test("A change is undone if another subagent cannot commit: the master's UndoSet reaches the agent")
    func undoSet() async throws {
        let bench = try SNMPBench()
        try await bench.start(.agentx)
        let other = try ChildProcess(
            BuiltProducts.python, [BuiltProducts.client("agentx_refuser.py"), bench.directory.file("agentx")],
            log: bench.directory.file("refuser.log"))
        let object = ".1.3.6.1.4.1.8072.9999.9998.1.0"
        try await eventually("the other subagent") { other.output.contains("registered") }
        let answer = try await bench.set([Self.enable, "i", "2", Self.interval, "u", "44", object, "i", "1"])
        #expect(!answer.isDone && answer.text.contains("commitFailed"), "\(answer.text)\(other.output)")
        try await eventually("the undoing") { await bench.agent.commands == ["validate 1", "apply 1", "undo token1"] }
        #expect(await bench.agent.applied == [])
        #expect(try await bench.snmp("snmpget", ["-Oqv", Self.interval]) == "10\n")
        try await other.stop()
        try await bench.stop()
    }

    @Test(
        "An agent that takes too long makes a SET fail within a second, and its late change is undone",
        arguments: SNMPBench.Mode.allCases)
    func slowAgent(mode: SNMPBench.Mode) async throws {
        let bench = try SNMPBench()
        try await bench.start(mode)
        await bench.agent.delay(making: .seconds(4))
        let start = ContinuousClock.now
        let answer = try await bench.set([Self.enable, "i", "2"])
        #expect(!answer.isDone && answer.text.contains("commitFailed"), "\(answer.text)")
        #expect(ContinuousClock.now - start < .seconds(3.5))
        // Other requests are answered while the agent is still busy.
        #expect(try await bench.snmp("snmpget", ["-Oqv", Self.enable]) == "1\n")
        try await eventually("the undoing") { await bench.agent.commands == ["validate 1", "apply 1", "undo token1"] }
        await bench.agent.delay(checking: .seconds(2))
        let unchecked = try await bench.set([Self.enable, "i", "2"])
        #expect(!unchecked.isDone && unchecked.text.contains("resourceUnavailable"), "\(unchecked.text)")
        try await bench.stop()
    }

    @Test(
        "With an unreachable agent a SET fails at once with resourceUnavailable; settings of the daemon can be written",
        arguments: SNMPBench.Mode.allCases)
    func agentAway(mode: SNMPBench.Mode) async throws {
        let bench = try SNMPBench()
        try await bench.start(mode)
        await bench.agent.stop()
        let answer = try await bench.set([Self.enable, "i", "2"])
        #expect(!answer.isDone && answer.text.contains("resourceUnavailable"), "\(answer.text)")
        #expect(try await bench.set([Self.interval, "u", "7"]).isDone)
        try await bench.stop()
    }

    @Test("Concurrent requests of two managers are each written as a whole", arguments: SNMPBench.Mode.allCases)
    func twoManagers(mode: SNMPBench.Mode) async throws {
        let bench = try SNMPBench()
        try await bench.start(mode)
        let rate = ".1.3.6.1.4.1.8072.9999.9999.44.1.10.3.0"
        let port = bench.snmpPort
        await withTaskGroup(of: Void.self) { group in
            for manager in 0..<2 {
                group.addTask {
                    for round in 0..<15 {
                        let value = "\(manager * 100 + round)"
                        _ = try? await ChildProcess.run(
                            "snmpset",
                            [
                                "-v2c", "-c", "private", "-t", "5", "127.0.0.1:\(port)", WritingTests.interval, "u", value, rate,
                                "u",
                                value,
                            ])
                    }
                }
            }
        }
        let values = try await ChildProcess.run(
            "snmpget", ["-v2c", "-c", "public", "-Oqv", "127.0.0.1:\(bench.snmpPort)", Self.interval, rate])
        let numbers = values.output.split(separator: "\n")
        #expect(numbers.count == 2 && numbers[0] == numbers[1] && ["14", "114"].contains(numbers[0]), "\(values.output)")
        try await bench.stop()
    }

    /// The result of each value written to RowStatus, for a row that exists and for one that does not (docs/mib.md).
    static let rowStatus: [(written: String, existing: String?, absent: String?)] = [
        ("1", nil, "inconsistentValue"), ("2", "wrongValue", "wrongValue"), ("3", "wrongValue", "wrongValue"),
        ("4", "inconsistentValue", nil), ("5", "wrongValue", "wrongValue"), ("6", nil, nil), ("7", "wrongValue", "wrongValue"),
    ]

    @Test(
        "RowStatus has the specified result for each value on a row that exists and on one that does not",
        arguments: SNMPBench.Mode.allCases)
    func rowStatusMatrix(mode: SNMPBench.Mode) async throws {
        let bench = try SNMPBench(rows: [.association(Samples.association(1))])
        try await bench.start(mode)
        let entry = ".1.3.6.1.2.1.44.1.2.5.1"
        let existing = Samples.association(1)
        let rows = [
            (index: "2.4.\(existing.peer).\(existing.spi.rawValue)", isThere: true), (index: "2.4.10.0.9.9.256", isThere: false),
        ]
        try await eventually("the row") {
            try await bench.snmp("snmpget", ["-Oqv", "\(entry).11.\(rows[0].index)"]) == "1\n"
        }
        for row in rows {
            for (written, onExisting, onAbsent) in Self.rowStatus {
                let expected = row.isThere ? onExisting : onAbsent
                let commands = await bench.agent.commands.count
                // A new row requires its key in the same request.
                let key = written == "4" ? ["\(entry).6.\(row.index)", "x", "00112233445566778899aabbccddeeff"] : []
                let answer = try await bench.set(["\(entry).11.\(row.index)", "i", written] + key)
                if let expected {
                    #expect(!answer.isDone && answer.text.contains(expected), "\(written) on \(row): \(answer.text)")
                    #expect(await bench.agent.commands.count == commands)
                } else {
                    #expect(answer.isDone, "\(written) on \(row): \(answer.text)")
                }
            }
        }
        // The change reached the agent with the key, which appears in no log.
        let made = await bench.agent.applied.compactMap { change -> SecurityAssociationChange? in
            if case .association(let association) = change { association } else { nil }
        }
        #expect(made.contains { $0.creation == .mustNotExist && $0.key?.count == 16 })
        #expect(bench.daemon?.output.contains("00112233") == false && bench.daemon?.output.contains("112233445566") == false)
        try await bench.stop()
    }
}
