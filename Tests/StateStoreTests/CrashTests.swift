import Foundation
import GRDB
import Logging
import MIPTesting
import Synchronization
import Testing

@testable import StateStore

@Suite("A crash of the machine or the process")
struct CrashTests {
    private let folder: StoreFolder

    init() throws { folder = try StoreFolder() }

    /// A store with a journal of three batches, as a crash leaves it, and what it has after each of them.
    private func crashed() async throws -> (folder: StoreFolder, states: [Contents]) {
        let store = try folder.open(.disk)
        await store.commit { $0.put(.starts, 1, [1]) }
        await store.commit {
            $0.put(.mobileNodes, 1, [1, 1])
            $0.put(.assignments, 1, [1])
        }
        await store.commit {
            $0.put(.mobileNodes, 1, [2])
            $0.remove(.assignments, 1)
            $0.put(.changes, 1, [3])
        }
        let crashed = try folder.copy()
        store.close()
        let first: Contents = [.starts: [1: [1]]]
        return (
            crashed,
            [
                [:], first, [.starts: [1: [1]], .mobileNodes: [1: [1, 1]], .assignments: [1: [1]]],
                [.starts: [1: [1]], .mobileNodes: [1: [2]], .changes: [1: [3]]],
            ]
        )
    }

    @Test("A journal that ends anywhere within a batch has all batches before it, and no part of that one")
    func everyLength() async throws {
        let (crashed, states) = try await crashed()
        let name = try #require(crashed.journal.last)
        let bytes = try crashed.bytes(of: name)
        let place = JournalPlace(store: crashed.path)
        let ends = try [JournalHeader.size] + JournalContents(path: place.path(of: 1)).batches.map(\.upperBound)
        #expect(ends.last == bytes.count)
        let database = try StoreDatabase(crashed.path)
        defer { try? database.close() }
        let position = try database.position()
        for length in JournalHeader.size...bytes.count {
            try crashed.write(Array(bytes[..<length]), to: name)
            let recovered = try RecoveredJournal(place, position, logger: Logger(label: "") { _ in SwiftLogNoOpLogHandler() })
            let changes = try LatestChanges(recovered.files, place)
            var contents: Contents = [:]
            try database.load(with: changes) { table, key, value in
                contents[table, default: [:]][key] = value.withUnsafeBytes { Array($0) }
            }
            let whole = ends.lastIndex { $0 <= length } ?? 0
            #expect(contents == states[whole], "\(length) bytes")
            // The last batch is not known to be on disk, so it is written again.
            #expect(recovered.cut.map(\.end) == (length == ends[0] ? nil : ends[max(0, whole - 1)]), "\(length) bytes")
            #expect(recovered.unsynced.count == min(whole, 1), "\(length) bytes")
        }
    }

    @Test(
        "After a torn batch the store goes on, and what follows is kept over further crashes", arguments: [1, 27, 30, 50])
    func goesOn(missing: Int) async throws {
        let (crashed, states) = try await crashed()
        let name = try #require(crashed.journal.last)
        try crashed.write(Array(try crashed.bytes(of: name).dropLast(missing)), to: name)
        let store = try crashed.open()
        #expect(try store.contents() == states[2])
        await store.commit { $0.put(.starts, 2, [2]) }
        let again = try crashed.copy()
        store.close()
        var expected = states[2]
        expected[.starts] = [1: [1], 2: [2]]
        #expect(try again.contents() == expected)
        #expect(try crashed.contents() == expected)
    }

    @Test(
        "Garbage or zeros behind the last batch are ignored",
        arguments: [[UInt8](repeating: 0, count: 5000), Array("MIPBMIPBMIPB".utf8)])
    func garbage(_ garbage: [UInt8]) async throws {
        let (crashed, states) = try await crashed()
        let name = try #require(crashed.journal.last)
        try crashed.write(try crashed.bytes(of: name) + garbage, to: name)
        #expect(try crashed.contents() == states[3])
    }

    @Test("A batch that was on disk before a later one and is not as it was written is reported, and nothing is changed")
    func damagedMiddle() async throws {
        let (crashed, _) = try await crashed()
        let name = try #require(crashed.journal.last)
        let bytes = try crashed.bytes(of: name)
        let contents = try JournalContents(path: crashed.directory.file(name))
        let last = try #require(contents.batches.last).lowerBound - JournalFrame.headerSize
        for offset in Array(stride(from: 0, to: last, by: 9)) + [last - 1] {
            var damaged = bytes
            damaged[offset] ^= 0x10
            try crashed.write(damaged, to: name)
            let before = try crashed.everything().filter { $0.key != "state" }
            let failure = try #require(throws: StoreFailure.self) { try crashed.open().close() }
            #expect([.damaged, .newerVersion].contains(failure.kind), "byte \(offset): \(failure)")
            #expect(failure.description.contains(name), "byte \(offset): \(failure)")
            #expect(
                try crashed.everything().filter { $0.key.hasPrefix("state-changes") } == before.filter { $0.key != "state-wal" })
        }
        try crashed.write(bytes, to: name)
        #expect(try crashed.contents()[.changes] == [1: [3]])
    }

    @Test("The journal continues in further files, which are folded and removed")
    func rotation() async throws {
        var settings = StoreSettings()
        settings.fileLimit = 2000
        let store = try folder.open(.process, settings)
        var state: [UInt64: [UInt8]] = [:]
        for round in 0..<300 as Range<UInt64> {
            let value = [UInt8](repeating: UInt8(truncatingIfNeeded: round), count: 100)
            await store.commit {
                $0.put(.mobileNodes, round % 37, value)
                $0.remove(.mobileNodes, (round + 5) % 37)
            }
            state[round % 37] = value
            state[(round + 5) % 37] = nil
            if round % 60 == 59 { #expect(try folder.copy().contents() == [.mobileNodes: state]) }
        }
        try await eventually("the first file is folded") { !folder.names.contains("state-changes.1") }
        #expect(try folder.copy().contents() == [.mobileNodes: state])
        store.close()
        #expect(folder.names == ["state"])
        #expect(try folder.contents() == [.mobileNodes: state])
    }

    @Test("A crash between folding a file and removing it loses and repeats nothing")
    func interruptedFold() async throws {
        var settings = StoreSettings()
        let copies = Log<StoreFolder>()
        settings.onFolded = { [folder] in if let copy = try? folder.copyWithinFold() { copies.append(copy) } }
        let store = try folder.open(.disk, settings)
        await store.commit {
            $0.put(.mobileNodes, 1, [1])
            $0.put(.mobileNodes, 2, [1])
        }
        await store.commit { $0.remove(.mobileNodes, 2) }
        store.close()
        let copy = try #require(copies.entries.first)
        #expect(copy.journal == ["state-changes.1"])
        let again = try copy.open()
        #expect(try again.contents() == [.mobileNodes: [1: [1]]])
        #expect(copy.journal == ["state-changes.2"])
        again.close()
    }

    @Test("A fold that stopped halfway is done again from the journal")
    func halfFold() async throws {
        let (crashed, states) = try await crashed()
        let database = try StoreDatabase(crashed.path)
        try database.access("write") { db in
            try db.execute(sql: "INSERT INTO mobileNodes VALUES (1, x'02'); INSERT INTO assignments VALUES (1, x'01')")
        }
        try database.close()
        #expect(try crashed.contents() == states[3])
    }

    @Test("Incomplete files of a crash are removed")
    func unfinished() async throws {
        let (crashed, states) = try await crashed()
        for name in ["state-changes.2.new", "state-changes.9.new"] { try crashed.write([1, 2], to: name) }
        #expect(try crashed.contents() == states[3])
        #expect(crashed.names == ["state"])
        let fresh = try StoreFolder()
        try fresh.write([1, 2], to: "state.new")
        try fresh.write([], to: "state")
        #expect(try fresh.contents() == [:])
        #expect(fresh.names == ["state"])
    }
}
