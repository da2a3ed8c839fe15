import AgentControl
import AgentModel
import MIPMIB
import MIPTesting
import ManagementCore
import MobileIPv4
import Testing

@Suite("Search in MIP-MIB")
struct MIBSearchTests {
    /// A view of a state that was received through a control socket, as every state is.
    static func view(_ rows: [StateChange], information: AgentInformation = Samples.information()) async throws -> MIBView {
        let directory = try TemporaryDirectory()
        let agent = ScriptedAgent(socketPath: directory.file("a.sock"), information: information, rows: rows)
        try await agent.start()
        let state = try await AgentCommands(socketPath: directory.file("a.sock")).state(
            name: "a", topics: Set(ControlTopic.allCases))
        await agent.stop()
        return MIBView(state: state, sysUpTime: 1_000_000)
    }

    static func rows(_ count: Int) -> [StateChange] {
        var counters = AgentCounters(homeAgent: HomeAgentCounters(), foreignAgent: ForeignAgentCounters())
        counters.securityViolations = 0x1_0000_0005
        counters.foreignAgent?.repliesSentByCode[.faHomeNetworkUnreachable] = 2
        counters.foreignAgent?.repliesSentByCode[.faHomeAgentUnreachable] = 3
        var rows: [StateChange] = [.counters(counters)]
        for number in 0..<count {
            rows += [
                .binding(Samples.binding(number * 7)), .visitor(Samples.visitor(number * 3)),
                .association(Samples.association(number)), .violation(Samples.violation(number)),
                .mobileNode(Samples.mobileNode(number, deniedCode: number.isMultiple(of: 3) ? 133 : nil)),
            ]
        }
        return rows
    }

    static func walk(_ view: MIBView, sourceLocation: SourceLocation = #_sourceLocation) -> [MIBWalk.Instance] {
        MIBWalk(view, sourceLocation: sourceLocation).instances
    }

    @Test(
        "A visit passes the same instances as a chain of GETNEXT, from any instance, and stops on request", arguments: [1, 40])
    func visits(count: Int) async throws {
        let view = try await Self.view(Self.rows(count))
        let mib = MIPMIB()
        let found = Self.walk(view).filter { $0.oid.starts(with: MIBObject.root) }
        for start in stride(from: 0, to: found.count, by: 97) {
            for inclusive in [true, false] {
                var visited: [(oid: [UInt], value: MIBValue)] = []
                var name: [UInt] = []
                let origin = found[start].oid
                mib.visit(from: origin.span, inclusive: inclusive, in: view, within: .mip, name: &name) { name, value in
                    visited.append((name, value))
                    return visited.count < 300
                }
                let expected = found[(inclusive ? start : start + 1)...].prefix(300)
                #expect(visited.map(\.oid) == expected.map(\.oid))
                #expect(visited.map(\.value) == expected.map(\.value))
            }
        }
    }

    @Test("A walk returns strictly increasing OIDs, and GET of each returns the value of the walk", arguments: [0, 1, 40])
    func walks(count: Int) async throws {
        let view = try await Self.view(Self.rows(count))
        let mib = MIPMIB()
        let found = Self.walk(view)
        for (before, after) in zip(found, found.dropFirst()) { #expect(before.oid.lexicographicallyPrecedes(after.oid)) }
        for (oid, value) in found {
            let got = mib.get(oid.span, in: view)
            #expect(got == .value(value), "\(oid)")
        }
        // Every row has every column of its table.
        func instances(_ table: [UInt]) -> Int { found.count { $0.oid.starts(with: MIBObject.root + table) } }
        #expect(instances([1, 2, 1]) == 4 * count)
        #expect(instances([1, 2, 3]) == 7 * count)
        #expect(instances([1, 2, 6]) == 10 * count)
        #expect(instances([1, 5, 3, 1]) == 9 * count)
        #expect(instances([1, 5, 3, 30]) == 14 * count)
        #expect(instances([1, 6, 3, 1]) == 16 * count)
        #expect(instances([1, 6, 3, 28]) == 6 * count)
        // Only every third node has been denied.
        #expect(instances([1, 6, 3, 2]) == 5 * count + (0..<count).count { $0.isMultiple(of: 3) })
    }

    @Test("GETNEXT from any odd OID returns the first instance after it, as found by a scan of the whole walk")
    func oddStarts() async throws {
        let view = try await Self.view(Self.rows(12))
        let mib = MIPMIB()
        let found = Self.walk(view)
        var generator = SeededGenerator(seed: 7)
        var name: [UInt] = []
        for _ in 0..<4000 {
            var oid = found[Int.random(in: 0..<found.count, using: &generator)].oid
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: oid = Array(oid.prefix(Int.random(in: 1...oid.count, using: &generator)))
            case 1: oid.append(UInt.random(in: 0...3, using: &generator))
            case 2:
                oid[Int.random(in: 7..<oid.count, using: &generator)] =
                    [0, 256, 70_000, .max].randomElement(using: &generator) ?? 0
            case 3: oid[oid.count - 1] &+= 1
            default: oid[oid.count - 1] = oid[oid.count - 1] == 0 ? 0 : oid[oid.count - 1] - 1
            }
            let inclusive = Bool.random(using: &generator)
            let value = mib.next(after: oid.span, inclusive: inclusive, in: view, name: &name)
            let expected = found.first {
                oid.lexicographicallyPrecedes($0.oid) || inclusive && $0.oid == oid
            }
            #expect(value == expected?.value, "after \(oid)")
            if value != nil { #expect(name == expected?.oid) }
        }
    }

    @Test("Unknown instances and unknown objects are distinguished")
    func exceptions() async throws {
        let view = try await Self.view(Self.rows(1))
        let mib = MIPMIB()
        func get(_ suffix: [UInt]) -> MIPMIB.Lookup {
            let oid = MIBObject.root + suffix
            return mib.get(oid.span, in: view)
        }
        #expect(get([1, 1, 1, 0]) == .value(.octets([0x60])))
        #expect(get([1, 1, 1, 1]) == .noSuchInstance)
        #expect(get([1, 1, 1]) == .noSuchInstance)
        #expect(get([1, 6, 3, 1, 1, 1, 1, 2, 3, 4, 5, 6, 7, 8]) == .noSuchInstance)
        #expect(get([1, 6, 3, 1, 1, 1, 10, 0, 1, 256]) == .noSuchInstance)
        #expect(get([1, 6, 3, 1, 1, 99, 1]) == .noSuchObject)
        #expect(get([]) == .noSuchObject)
        #expect(get([9]) == .noSuchObject)
        let empty: [UInt] = []
        let got = mib.get(empty.span, in: view)
        #expect(got == .noSuchObject)
    }

    @Test("Values follow the MIB: low 32 bits, bit-cast integers, sums, BITS and TimeStamps")
    func values() async throws {
        let view = try await Self.view(Self.rows(2))
        let mib = MIPMIB()
        func value(_ suffix: [UInt]) -> MIPMIB.Lookup {
            let oid = MIBObject.root + suffix
            return mib.get(oid.span, in: view)
        }
        let binding: [UInt] = [10, 0, 1, 0, 192, 0, 2, 0]
        #expect(value([1, 2, 2, 0]) == .value(.counter(5)))
        #expect(value([1, 5, 3, 12, 0]) == .value(.counter(5)))
        #expect(value([1, 6, 3, 1, 1, 4] + binding) == .value(.octets([0x12])))
        #expect(value([1, 6, 3, 1, 1, 6] + binding) == .value(.integer(-385_131_904)))
        #expect(value([1, 6, 3, 1, 1, 7] + binding) == .value(.integer(600)))
        #expect(value([1, 2, 1, 1, 5, 10, 0, 1, 0, 0x8000_0100]) == .value(.octets([])))
        #expect(value([1, 2, 3, 1, 3, 10, 0, 3, 0]) == .value(.integer(Int32(bitPattern: 0x9000_0000))))
        guard case .value(.timeTicks(let ticks)) = value([1, 2, 3, 1, 4, 10, 0, 3, 0]) else {
            Issue.record("no time")
            return
        }
        #expect(ticks <= 1_000_000 && ticks > 990_000)
    }

    @Test("A binding that never expires has 65535 seconds granted and remaining")
    func infinity() async throws {
        let view = try await Self.view([.binding(Samples.binding(0, lifetime: .max))])
        let mib = MIPMIB()
        let suffix: [UInt] = [10, 0, 1, 0, 192, 0, 2, 0]
        let granted = MIBObject.root + [1, 6, 3, 1, 1, 7] + suffix
        let left = MIBObject.root + [1, 6, 3, 1, 1, 8] + suffix
        let (a, b) = (mib.get(granted.span, in: view), mib.get(left.span, in: view))
        #expect(a == .value(.integer(65535)))
        #expect(b == .value(.gauge(65535)))
    }

    @Test("Of several visitors with one source address, only the first is shown")
    func sharedSource() async throws {
        let source = IPv4Address(0, 0, 0, 0)
        let view = try await Self.view([
            .visitor(Samples.visitor(5, source: source)), .visitor(Samples.visitor(3, source: source)),
            .visitor(Samples.visitor(9)),
        ])
        let column = MIBObject.root + [1, 5, 3, 1, 1, 2]
        let rows = Self.walk(view).filter { $0.oid.starts(with: column) }
        #expect(rows.map(\.value) == [.ipAddress(IPv4Address(10, 0, 2, 3)), .ipAddress(IPv4Address(10, 0, 2, 9))])
    }

    @Test("Objects of a role that the agent does not play are absent")
    func roles() async throws {
        let view = try await Self.view(Self.rows(1), information: Samples.information(roles: [.homeAgent]))
        let names = Self.walk(view).map(\.oid)
        let home = MIBObject.root + [1, 6]
        let advertisement = MIBObject.root + [1, 5, 2]
        let counters = MIBObject.root + [1, 5, 3, 2]
        #expect(names.contains { $0.starts(with: home) })
        #expect(!names.contains { $0.starts(with: advertisement) || $0.starts(with: counters) })
    }

    @Test("Every object has a unique name and OID")
    func objects() {
        let objects = MIPMIB().objects
        #expect(Set(objects.map(\.name)).count == objects.count)
        #expect(Set(objects.map(\.oid)).count == objects.count)
        #expect(objects.allSatisfy { $0.access != .notAccessible && !$0.summary.isEmpty })
    }
}
