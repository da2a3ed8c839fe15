import Foundation
import Testing
import Yams

@testable import DaemonSupport

@Suite("YAML documents")
struct YAMLTreeTests {
    private static func tree(_ text: String) throws(YAMLProblem) -> YAMLTree? {
        let bytes = Array(text.utf8)
        let result: Result<YAMLTree?, YAMLProblem> = bytes.withUnsafeBufferPointer { bytes in
            do throws(YAMLProblem) { return .success(try YAMLReader.read(bytes)) } catch { return .failure(error) }
        }
        return try result.get()
    }

    /// The nodes with their positions, in one form for both readers.
    private static func describe(_ node: YAMLNode) -> String {
        let place = "\(node.position.line):\(node.position.column)"
        return switch node.kind {
        case .mapping: place + "{" + node.pairs.map { describe($0.key) + "=" + describe($0.value) }.joined(separator: ",") + "}"
        case .sequence: place + "[" + node.elements.map(describe).joined(separator: ",") + "]"
        default: place + (node.isPlain ? "p" : "q") + (node.string ?? "?").debugDescription
        }
    }

    private static func describe(_ node: Node) -> String {
        let place = node.mark.map { "\($0.line):\($0.column)" } ?? "?"
        return switch node {
        case .mapping(let mapping):
            place + "{" + mapping.map { describe($0.key) + "=" + describe($0.value) }.joined(separator: ",") + "}"
        case .sequence(let sequence): place + "[" + sequence.map(describe).joined(separator: ",") + "]"
        case .scalar(let scalar): place + (scalar.style == .plain ? "p" : "q") + scalar.string.debugDescription
        case .alias: "?"
        }
    }

    @Test(
        "A document has the nodes, texts and positions that Yams finds in it",
        arguments: [
            "a: 1\n", "- a\n- 'b c'\n- \"d\\n\"\n", "{a: [1, 2, {b: c}], d: }\n", "a: |\n  x\n  y\nb: >-\n  c\n  d\n",
            "a: &x {b: 1}\nc: *x\nd: [*x, *x]\n", "x: &a 1\ny: &a 2\nz: *a\n", "? [a]\n: b\n", "é: \"\\u263a\"\nz: ü # c\n",
            "---\na: 1\n...\n", "\"a\": 1\n? b\n", "[]", "{}", "''", "# nothing but a comment\n", "a: !!str 1\n",
        ])
    func same(text: String) throws {
        let expected = try Yams.compose(yaml: text, .basic)
        let found = try Self.tree(text)?.root
        #expect(found.map(Self.describe) == expected.map(Self.describe))
    }

    @Test("Every file of settings among the fuzzers' seeds has the same nodes, or is refused by both")
    func seeds() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Fuzz/Seeds")
        var count = 0
        for kind in ["yaml-agentd", "yaml-mibd", "yaml-node"] {
            for file in try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent(kind).path) {
                let data = try Data(contentsOf: folder.appendingPathComponent(kind).appendingPathComponent(file))
                guard let text = String(validating: data, as: UTF8.self) else { continue }
                let expected = try? Yams.compose(yaml: text, .basic).map(Self.describe)
                let found = try? Self.tree(text).map { Self.describe($0.root) }
                #expect(found == expected, "\(kind)/\(file)")
                count += 1
            }
        }
        #expect(count > 10)
    }

    @Test("Aliases that stand for too many values are refused at once")
    func laughs() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            let alias = "*a\(level - 1)"
            text += "a\(level): &a\(level) [" + Array(repeating: alias, count: 10).joined(separator: ", ") + "]\n"
        }
        let start = ContinuousClock.now
        #expect(throws: YAMLProblem.self) { try Self.tree(text) }
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    @Test("An alias of the container that it is in is undefined")
    func loop() {
        #expect(throws: YAMLProblem.self) { try Self.tree("a: &x [*x]\n") }
    }

    @Test("A name that is given twice is found in short and in long sections", arguments: [3, 40])
    func repeated(count: Int) {
        let names = (0..<count).map { "n\($0): 1\n" }.joined() + "n1: 2\n"
        let problem = #expect(throws: YAMLProblem.self) { try Self.tree(names) }
        #expect(problem?.text == "'n1' is given more than once in this section")
        #expect(problem?.position == ConfigurationPosition(line: 2, column: 1))
    }

    @Test("Sequences nested too deeply are refused, not followed")
    func depth() {
        #expect(throws: YAMLProblem.self) { try Self.tree(String(repeating: "[", count: 200_000)) }
    }
}
