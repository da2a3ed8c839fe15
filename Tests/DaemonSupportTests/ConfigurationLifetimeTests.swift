import DaemonSupport
import Testing

@Suite("The memory of a configuration that was read")
struct ConfigurationLifetimeTests {
    @Test(
        "Nothing of a configuration stays in memory after it was read, with mistakes or without",
        arguments: ["a: {b: 1}\n", "a: {c: 1}\n"])
    func sections(text: String) {
        weak var outer: ConfigurationSection?
        weak var inner: ConfigurationSection?
        _ = try? ConfigurationFile.read(text: text, named: "f") { root in
            let section = root.section("a")
            (outer, inner) = (root, section)
            return section?.optional("b", .integer(in: 0...9))
        }
        #expect(outer == nil && inner == nil)
    }
}
