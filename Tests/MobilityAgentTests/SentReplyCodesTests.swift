import AgentModel
import Foundation
import MobileIPv4
import Testing

@Suite("The reply codes that agents send")
struct SentReplyCodesTests {
    /// Every whole word that follows a dot in the sources of a role. Files of the home agent are in its folder or are named after it; the
    /// others, including the one with the codes for ICMP errors, belong to the foreign agent as far as they name codes at all, except for
    /// one of both roles, which only reads them.
    private static func words(of role: AgentRole) throws -> Set<String> {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources/MobilityAgent").path
        let files = try FileManager.default.subpathsOfDirectory(atPath: root).filter { $0.hasSuffix(".swift") }
            .filter { path in
                guard !path.hasSuffix("/ExtensionOutcome.swift") else { return false }
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

    /// An agent reads codes of other givers in replies and does not send them. An acceptance is the home agent's to give, although the
    /// foreign agent's sources contain the same word for the state of a visitor.
    @Test(
        "The codes named in the rules of a role are exactly the listed ones",
        arguments: [
            (AgentRole.homeAgent, [ReplyCodeDeclaration.Giver.homeAgent, .either]),
            (AgentRole.foreignAgent, [ReplyCodeDeclaration.Giver.foreignAgent]),
        ])
    func listed(role: AgentRole, givers: [ReplyCodeDeclaration.Giver]) throws {
        let words = try Self.words(of: role)
        let named = ReplyCodeDeclaration.all.filter { words.contains($0.label) && givers.contains($0.giver) }
        #expect(named.map(\.code) == role.repliesSent)
    }

    @Test("No code is named among the other role's rules, except for those that a foreign agent reads in a reply")
    func misplaced() throws {
        let homeWords = try Self.words(of: .homeAgent)
        let otherWords = try Self.words(of: .foreignAgent)
        #expect(ReplyCodeDeclaration.all.allSatisfy { $0.giver != .foreignAgent || !homeWords.contains($0.label) })
        let read = ReplyCodeDeclaration.all.filter { $0.giver == .homeAgent && otherWords.contains($0.label) }
        #expect(read.map(\.code) == [.haIdentificationMismatch, .haUnknownHomeAgentAddress])
    }

    @Test("A mobile node sends no replies")
    func mobileNode() { #expect(AgentRole.mobileNode.repliesSent == []) }
}
