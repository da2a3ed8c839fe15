import Foundation
import MIPTesting
import Testing

/// Every interface shows every declared fact, unless the nature of the interface excludes it.
@Suite("Every fact in every interface")
struct EveryInterfaceTests {
    @Test("Every declared fact is in every interface, or covered by an exception", arguments: Interface.allCases)
    func complete(interface: Interface) throws {
        let presence = try Presence()
        let missing = Fact.all.filter { fact in
            !presence.has(fact, in: interface) && !Exception.all.contains { $0.covers(fact, interface) }
        }
        #expect(missing.map(\.description) == [])
    }

    @Test("Each exception is needed and gives a reason, and there are at most 25")
    func exceptions() throws {
        let presence = try Presence()
        #expect(Exception.all.count <= 25)
        for exception in Exception.all {
            let covered = Fact.all.filter { exception.covers($0, exception.interface) }
            // Currently all settings have an object.
            #expect(
                exception.kinds == [.setting] || covered.contains { !presence.has($0, in: exception.interface) },
                "\(exception.reason)")
            #expect(exception.reason.hasSuffix(".") && !exception.reason.contains("yet"), "\(exception.reason)")
        }
    }

    @Test("Facts of every kind are declared")
    func kinds() {
        for kind in Fact.Kind.allCases { #expect(Fact.all.count { $0.kind == kind } > 5, "\(kind)") }
        #expect(Set(Fact.all).count == Fact.all.count)
    }

    @Test("docs/reference.md matches the declarations; MIP_WRITE_GOLDEN=1 writes it")
    func reference() throws {
        let file = BuiltProducts.repository + "/docs/reference.md"
        let text = Reference.markdown
        if ProcessInfo.processInfo.environment["MIP_WRITE_GOLDEN"] != nil {
            try text.write(toFile: file, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOfFile: file, encoding: .utf8) == text)
    }
}
