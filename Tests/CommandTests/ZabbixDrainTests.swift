import Testing

@testable import mip_mib

@Suite("Zabbix and home agents that move their nodes")
struct ZabbixDrainTests {
    @Test("A home agent that moves its nodes raises no alarm about denials; one that does not know that has the alarm as before")
    func denials() throws {
        let rules = ZabbixScalars.rules(MIBNames())
        func denials(_ key: String, _ role: String) throws -> String {
            let rule = try #require(rules.first { $0.key == key })
            return try #require(rule.triggers.first { $0.name == "\(role) denies registrations" }).expression
        }
        let expression = try denials("mip.home", "Home agent")
        let targets = ZabbixTrigger.item(Self.targets)
        #expect(expression.hasSuffix(" and not (count(\(targets),{$MIP.DENIED.WINDOW},\"regexp\",\".\")>0)"))
        let home = try #require(rules.first { $0.key == "mip.home" })
        // An item without a value counts none; one that is not supported would make the whole expression unknown.
        #expect(home.items.first { $0.key == Self.targets }?.mayLackValue == true)
        #expect(try !denials("mip.foreign", "Foreign agent").contains("mipExtDrain"))
    }

    private static let targets = ZabbixScalars.key("mipExtDrainHomeAgents")
}
