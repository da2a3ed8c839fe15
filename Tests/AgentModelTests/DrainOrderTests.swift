import AgentModel
import Foundation
import MobileIPv4
import Testing

@Suite("An order to drain")
struct DrainOrderTests {
    private static func read(_ json: String) -> DrainOrder? { try? JSONDecoder().decode(DrainOrder.self, from: Data(json.utf8)) }

    private static func addresses(_ count: Int) -> [IPv4Address] {
        (0..<count).map { IPv4Address(rawValue: 0xC000_0201 + UInt32($0)) }
    }

    @Test("It is read as it was written, with or without a text", arguments: ["", "moved to another site"])
    func coding(text: String) throws {
        let order = DrainOrder(homeAgents: Self.addresses(2), text: text)
        #expect(try JSONDecoder().decode(DrainOrder.self, from: JSONEncoder().encode(order)) == order)
        #expect(Self.read(#"{"homeAgents":["192.0.2.1"]}"#) == DrainOrder(homeAgents: [IPv4Address(192, 0, 2, 1)]))
    }

    @Test(
        "A member that is missing, not known or null is refused",
        arguments: [
            "{}", #"{"homeAgents":["192.0.2.1"],"networks":["10.0.0.0/8"]}"#, #"{"homeAgents":null}"#,
            #"{"homeAgents":["192.0.2.1"],"text":null}"#, #"{"homeAgents":"192.0.2.1"}"#,
        ])
    func members(json: String) {
        #expect(Self.read(json) == nil)
    }

    @Test("It names 1 to 16 home agents", arguments: [(0, false), (1, true), (16, true), (17, false)])
    func count(count: Int, isValid: Bool) {
        let order = DrainOrder(homeAgents: Self.addresses(count))
        let refusal = Self.refusal(of: order)
        #expect((refusal == nil) == isValid)
        #expect(isValid || refusal?.field == "homeAgents" && refusal?.problem == .invalidValue)
    }

    @Test(
        "Each home agent is a unicast address, and each is another one",
        arguments: ["0.0.0.0", "224.0.0.11", "240.0.0.1", "255.255.255.255", "192.0.2.1"])
    func unicast(second: String) throws {
        let address = try #require(IPv4Address(second))
        let refusal = Self.refusal(of: DrainOrder(homeAgents: [IPv4Address(192, 0, 2, 1), address]))
        #expect(refusal?.field == "homeAgents" && refusal?.problem == .invalidValue)
        #expect(refusal?.reason.contains(second) == true)
    }

    @Test("Its text is on one line and has at most 254 bytes", arguments: ["two\nlines", String(repeating: "x", count: 255)])
    func text(text: String) {
        let refusal = Self.refusal(of: DrainOrder(homeAgents: Self.addresses(1), text: text))
        #expect(refusal?.field == "text" && refusal?.problem == .invalidValue)
    }

    private static func refusal(of order: DrainOrder) -> ChangeRefusal? {
        do throws(ChangeRefusal) {
            try order.check()
            return nil
        } catch {
            return error
        }
    }
}
