import Foundation
import FuzzSupport
import Testing

@Suite("Inputs of the fuzzers")
struct FuzzTests {
    static let targets: [any FuzzTarget.Type] = [
        wireFuzzers, engineFuzzers, snmpFuzzers, controlFuzzers, configurationFuzzers, httpFuzzers,
    ].flatMap { $0 }
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Fuzz")

    static func inputs(_ kind: String, _ target: any FuzzTarget.Type) -> [URL] {
        let folder = Self.folder.appendingPathComponent(kind).appendingPathComponent(target.name)
        let files = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return (files ?? []).sorted { $0.path < $1.path }
    }

    @Test("Every seed of a target passes", arguments: targets.map { $0.name })
    func seeds(name: String) throws {
        let target = try #require(Self.targets.first { $0.name == name })
        let files = Self.inputs("Seeds", target)
        #expect(!files.isEmpty, "\(name) has no seeds")
        for file in files {
            let input = [UInt8](try Data(contentsOf: file))
            #expect(input.count <= target.maximumLength, "\(file.lastPathComponent) is longer than the target's inputs")
            #expect(throws: Never.self, "\(file.lastPathComponent)") { try target.run(input) }
        }
    }

    @Test("Every input that ever failed passes", arguments: targets.map { $0.name })
    func failures(name: String) throws {
        let target = try #require(Self.targets.first { $0.name == name })
        for file in Self.inputs("Failures", target) {
            let input = [UInt8](try Data(contentsOf: file))
            #expect(throws: Never.self, "\(file.lastPathComponent)") { try target.run(input) }
        }
    }

    @Test("Every cut and every changed byte of a seed passes", arguments: targets.map { $0.name })
    func damage(name: String) throws {
        let target = try #require(Self.targets.first { $0.name == name })
        for file in Self.inputs("Seeds", target).prefix(3) {
            let input = [UInt8](try Data(contentsOf: file))
            let step = max(1, input.count / 24)
            for place in stride(from: 0, to: input.count, by: step) {
                #expect(throws: Never.self, "\(file.lastPathComponent) cut at \(place)") {
                    try target.run(Array(input[..<place]))
                }
                var damaged = input
                damaged[place] ^= 0xFF
                #expect(throws: Never.self, "\(file.lastPathComponent) changed at \(place)") { try target.run(damaged) }
            }
        }
    }

    @Test("Folders of inputs belong to targets, whose names are unique")
    func folders() throws {
        let names = Set(Self.targets.map { $0.name })
        #expect(names.count == Self.targets.count)
        for kind in ["Seeds", "Failures"] {
            let folders = try? FileManager.default.contentsOfDirectory(atPath: Self.folder.appendingPathComponent(kind).path)
            #expect(names.isSuperset(of: folders ?? []), "\(kind) has folders without a target")
        }
    }
}
