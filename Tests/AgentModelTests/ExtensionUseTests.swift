import AgentModel
import Testing

@Suite("Uses of extensions")
struct ExtensionUseTests {
    @Test("Rows are ordered by role, type, vendor and number, the row for all others of a type last")
    func order() {
        let keys = [
            ExtensionUseKey(role: .mobileNode, type: 38, vendor: 9, number: 14),
            ExtensionUseKey(role: .foreignAgent, type: 0, vendor: 0, number: 255),
            ExtensionUseKey(role: .homeAgent, type: 38, vendor: 9, number: 1),
            ExtensionUseKey(role: .homeAgent, type: 38, vendor: 9, number: 14),
            ExtensionUseKey(role: .homeAgent, type: 38, vendor: 5535, number: 1),
            ExtensionUseKey(
                role: .homeAgent, type: 38, vendor: ExtensionUse.others.vendor, number: ExtensionUse.others.number),
            ExtensionUseKey(role: .homeAgent, type: 134, vendor: 9, number: 1),
        ]
        #expect(keys.reversed().sorted() == keys)
    }
}
