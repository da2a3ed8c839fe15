import MIPMIB
import MIPTesting
import Testing

/// Compares the generated table and the served objects with the MIB texts as read by an independent parser.
@Suite("The MIB texts")
struct MIBTextTests {
    /// The facts by which both sides are compared.
    struct Facts: Equatable {
        var module: String
        var oid: String
        var base: String
        var convention: String?
        var ranges: [ClosedRange<Int64>]
        var names: [Int: String]
        var access: String
        var status: String
        var units: String
        var index: [String]
    }

    static func facts(_ node: MIBTextNode, _ syntax: MIBSyntax) -> Facts {
        Facts(
            module: node.module.rawValue, oid: node.oid.map(String.init).joined(separator: "."), base: syntax.base.rawValue,
            convention: syntax.convention, ranges: syntax.ranges,
            names: Dictionary(syntax.names.map { ($0.number, $0.label) }) { $1 }, access: node.access?.rawValue ?? "",
            status: node.status?.rawValue ?? "", units: node.units, index: node.row?.text.related.map(\.name) ?? [])
    }

    static func facts(_ object: MIBText.Object) -> Facts {
        Facts(
            module: object.module, oid: object.oid, base: object.base, convention: object.convention, ranges: object.ranges,
            names: object.names, access: object.access, status: object.status, units: object.units, index: object.index)
    }

    @Test("The generated table defines every scalar and column as the texts do (if it does not, run scripts/generate-mib-nodes)")
    func table() async throws {
        let text = try await MIBText.read(MIBModule.allCases.map(\.rawValue))
        #expect(text.objects.count > 300)
        let written = text.objects.mapValues(Self.facts)
        var generated: [String: Facts] = [:]
        for node in MIBTextNode.all { if let syntax = node.syntax { generated[node.name] = Self.facts(node, syntax) } }
        for name in Set(written.keys).union(generated.keys).sorted() { #expect(generated[name] == written[name], "\(name)") }
    }

    @Test("Each constant identifies the node with its name")
    func constants() {
        for (place, text) in MIBTextNode.all.enumerated() {
            #expect(MIBNode(rawValue: Int16(place)) == text.node)
            #expect("\(text.node)" == text.name && text.node.name == text.name)
            #expect(MIBNode(named: text.name) == text.node)
        }
        #expect(MIBNode(rawValue: Int16(MIBTextNode.all.count)) == nil)
    }

    @Test("Every accessible object of the texts is served exactly once, and nothing else is")
    func served() async throws {
        let text = try await MIBText.read(MIBModule.allCases.map(\.rawValue))
        let accessible = text.objects.filter { $0.value.access != "not-accessible" }.keys.sorted()
        #expect(MIPMIB().objects.map(\.name).sorted() == accessible)
    }
}
