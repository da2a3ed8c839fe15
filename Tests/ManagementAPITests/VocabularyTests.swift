import AgentModel
import Foundation
import HTTPTypes
import HummingbirdTesting
import ManagementCore
import MobileIPv4
import Testing

@testable import ManagementAPI

@Suite("The vocabulary of the JSON API")
struct VocabularyTests {
    @Test("The vocabulary lists every assigned reply code in ascending order, with its entry in the registry")
    func replyCodes() async throws {
        try await Served([[]]).test { client in
            let codes = try #require(try await client.object("/v1/vocabulary")["replyCodes"] as? [[String: Any]])
            #expect(codes.map { $0["code"] as? Int } == ReplyCodeDeclaration.all.map { Int($0.code.rawValue) })
            for (entry, code) in zip(codes, ReplyCodeDeclaration.all) {
                #expect(entry["label"] as? String == code.label)
                #expect(entry["meaning"] as? String == code.meaning)
                #expect(entry["giver"] as? String == code.giver.rawValue)
                #expect(entry["rfc"] as? Int == code.rfc)
                #expect(entry["accepted"] as? Bool == code.code.isAccepted)
            }
        }
    }

    @Test("The vocabulary lists every kind of event and every end reason, each with a title and a tone")
    func tonedWords() async throws {
        try await Served([[]]).test { client in
            let vocabulary = try await client.object("/v1/vocabulary")
            for (name, words) in [("eventKinds", EventFilter.kinds), ("endReasons", EndReason.allCases.map(\.rawValue))] {
                let entries = try #require(vocabulary[name] as? [[String: Any]])
                #expect(entries.map { $0["word"] as? String } == words)
                for entry in entries {
                    #expect((entry["title"] as? String)?.isEmpty == false)
                    #expect((entry["tone"] as? String).flatMap(Tone.init(rawValue:)) != nil)
                }
            }
        }
    }

    @Test("Every kind of event can be requested, and has its declared tone")
    func eventKinds() async throws {
        try await Served([[]]).test { client in
            let entries = try #require(try await client.object("/v1/vocabulary")["eventKinds"] as? [[String: Any]])
            for kind in AgentEventKind.allCases {
                #expect(try await client.list("/v1/events?kind=\(kind.rawValue)", accept: "application/json").isEmpty)
                let entry = entries.first { $0["word"] as? String == kind.rawValue }
                #expect(entry?["tone"] as? String == kind.descriptor.tone.rawValue)
            }
        }
    }

    @Test("Every other list of words is complete")
    func otherWords() async throws {
        let lists = [
            ("encapsulations", Encapsulation.allCases.map(\.rawValue)), ("visitorStates", VisitorState.allCases.map(\.rawValue)),
            ("violationReasons", ViolationReason.allCases.map(\.rawValue)),
            ("discardReasons", DiscardReason.allCases.map(\.rawValue)), ("requestKinds", RequestKind.allCases.map(\.rawValue)),
            ("mobileNodeStates", MobileNodeState.allCases.map(\.rawValue)), ("agentRoles", AgentRole.allCases.map(\.rawValue)),
            ("exchangeKinds", ExchangeKind.allCases.map(\.rawValue)), ("exchangeStates", ExchangeState.allCases.map(\.rawValue)),
            ("revocationAgreements", RevocationAgreement.allCases.map(\.rawValue)),
            ("homeAgentSearchStates", HomeAgentSearchState.allCases.map(\.rawValue)),
            ("homeAgentSources", HomeAgentSource.allCases.map(\.rawValue)),
            ("connections", AgentHealth.Connection.allCases.map(\.rawValue)),
        ]
        try await Served([[]]).test { client in
            let vocabulary = try await client.object("/v1/vocabulary")
            for (name, words) in lists {
                let entries = try #require(vocabulary[name] as? [[String: Any]])
                #expect(entries.map { $0["word"] as? String } == words)
            }
            let encapsulations = vocabulary["encapsulations"] as? [[String: Any]]
            #expect(encapsulations?.map { $0["title"] as? String } == ["IP in IP", "GRE", "minimal"])
            let searches = vocabulary["homeAgentSearchStates"] as? [[String: Any]]
            #expect(searches?.map { $0["tone"] as? String } == ["bad", "info", "info", "good", "warn"])
            let states = vocabulary["exchangeStates"] as? [[String: Any]]
            #expect(states?.map { $0["tone"] as? String } == ["info", "good", "bad", "bad", "plain", "plain", "plain"])
        }
    }

    @Test(
        "A title is the word in human-readable form",
        arguments: [
            ("registered", "registered"), ("careOfAddressChanged", "care of address changed"), ("badSPI", "bad SPI"),
            ("administrativelyRevoked", "administratively revoked"), ("missingNAI", "missing NAI"),
        ])
    func title(word: String, title: String) { #expect(VocabularyResource.Word(word).title == title) }

    @Test("The vocabulary takes no parameters and is the same each time")
    func fixed() async throws {
        try await Served([[]]).test { client in
            #expect(try await client.get("/v1/vocabulary?x=1").status == .badRequest)
            let first = try await client.get("/v1/vocabulary")
            #expect(first.headers[.contentType] == "application/json")
            #expect(try await client.get("/v1/vocabulary").bytes == first.bytes)
        }
    }

    @Test("The dashboard does not duplicate the vocabulary")
    func noSecondTable() {
        let scripts = DashboardFiles.scripts.map(\.text).joined()
        #expect(scripts.contains("v1/vocabulary"))
        for code in ReplyCodeDeclaration.all {
            #expect(!scripts.contains(code.label) || code.code == .accepted)
            #expect(!scripts.contains(code.meaning))
        }
        #expect(!scripts.contains("identification mismatch"))
        for reason in [EndReason.administrativelyRevoked, .timedOut, .evicted] {
            #expect(!scripts.contains(reason.rawValue))
        }
    }
}
