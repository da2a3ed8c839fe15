import AgentModel
import Foundation
import MobileIPv4
import Testing

@Suite("The reply codes that agents send")
struct SentReplyCodesTests {
    /// What follows a dot in the sources of a role, as whole words. Files of the home agent are in its folder or are named after
    /// it; the rest, where the codes for ICMP errors are, is the foreign agent's as far as it names codes at all.
    private static func words(of role: AgentRole) throws -> Set<String> {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources/MobilityAgent").path
        let files = try FileManager.default.subpathsOfDirectory(atPath: root).filter { $0.hasSuffix(".swift") }
            .filter { path in
                let isHomeAgent = path.hasPrefix("HomeAgent/") || path.split(separator: "/").last?.hasPrefix("HomeAgent+") == true
                return isHomeAgent == (role == .homeAgent)
            }
        try #require(files.count > 5)
        var words: Set<String> = []
        for file in files {
            let text = try String(contentsOfFile: "\(root)/\(file)", encoding: .utf8)
            for part in text.split(separator: ".", omittingEmptySubsequences: false).dropFirst() {
                words.insert(String(part.prefix { $0.isLetter || $0.isNumber || $0 == "_" }))
            }
        }
        return words
    }

    /// Codes of another giver are what an agent reads in replies, not what it sends; an acceptance is the home agent's to give,
    /// while the foreign agent's sources have the same word for the state of a visitor.
    @Test(
        "Those that the rules of a role name are those that are listed",
        arguments: [
            (AgentRole.homeAgent, [ReplyCodeDeclaration.Giver.homeAgent, .either]),
            (AgentRole.foreignAgent, [ReplyCodeDeclaration.Giver.foreignAgent]),
        ])
    func listed(role: AgentRole, givers: [ReplyCodeDeclaration.Giver]) throws {
        let words = try Self.words(of: role)
        let named = ReplyCodeDeclaration.all.filter { words.contains($0.label) && givers.contains($0.giver) }
        #expect(named.map(\.code) == role.repliesSent)
    }

    @Test("No code is named where the other role's rules are, but for what a foreign agent reads in a reply")
    func misplaced() throws {
        let homeWords = try Self.words(of: .homeAgent)
        let otherWords = try Self.words(of: .foreignAgent)
        #expect(ReplyCodeDeclaration.all.allSatisfy { $0.giver != .foreignAgent || !homeWords.contains($0.label) })
        let read = ReplyCodeDeclaration.all.filter { $0.giver == .homeAgent && otherWords.contains($0.label) }
        #expect(read.map(\.code) == [.haUnknownHomeAgentAddress])
    }

    @Test("A mobile node answers nobody")
    func mobileNode() { #expect(AgentRole.mobileNode.repliesSent == []) }
}
