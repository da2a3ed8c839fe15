import MIPMIB
import MIPTesting
import Testing

/// The object table and the MIB texts, held against each other through a parser of another make.
@Suite("The MIB texts and the object table")
struct MIBTextTests {
    /// What both sides are compared by.
    struct Facts: Equatable {
        var oid: String
        var base: String
        var convention: String?
        var ranges: [ClosedRange<Int64>]
        var names: [Int: String]
        var access: String
        var status: String
        var index: [String]
    }

    static func facts(_ object: MIBObject) -> Facts {
        Facts(
            oid: object.oid.map(String.init).joined(separator: "."), base: object.syntax.base.rawValue,
            convention: object.syntax.convention, ranges: object.syntax.ranges,
            names: Dictionary(object.syntax.names.map { ($0.number, $0.label) }) { $1 }, access: object.access.rawValue,
            status: object.status.rawValue, index: object.index.map(\.name))
    }

    static func facts(_ object: MIBText.Object) -> Facts {
        Facts(
            oid: object.oid, base: object.base, convention: object.convention, ranges: object.ranges, names: object.names,
            access: object.access, status: object.status, index: object.index)
    }

    @Test(
        "Every accessible object of the texts is in the table, as the text has it, and nothing else is",
        arguments: MIBModule.allCases)
    func objects(module: MIBModule) async throws {
        let text = try await MIBText.read(MIBModule.allCases.map(\.rawValue))
        let written = text.objects.filter { $0.value.module == module.rawValue && $0.value.access != "not-accessible" }
        let table = Dictionary(MIPMIB().objects.filter { $0.module == module }.map { ($0.name, $0) }) { $1 }
        #expect(written.count > 100)
        for (name, object) in written.sorted(by: { $0.key < $1.key }) {
            guard let own = table[name] else {
                Issue.record("\(name) is not in the object table")
                continue
            }
            #expect(Self.facts(own) == Self.facts(object), "\(name)")
        }
        for name in table.keys.sorted() where written[name] == nil { Issue.record("\(name) is not in \(module.rawValue)") }
    }

    @Test("The index objects of the table are those of the texts")
    func indexes() async throws {
        let text = try await MIBText.read(MIBModule.allCases.map(\.rawValue))
        for part in Set(MIPMIB().objects.flatMap(\.index)) {
            let object = try #require(text.objects[part.name], "\(part.name)")
            #expect(part.syntax.base.rawValue == object.base, "\(part.name)")
            #expect(part.syntax.convention == object.convention, "\(part.name)")
            #expect(part.syntax.ranges == object.ranges, "\(part.name)")
            #expect(Dictionary(part.syntax.names.map { ($0.number, $0.label) }) { $1 } == object.names, "\(part.name)")
        }
    }
}
