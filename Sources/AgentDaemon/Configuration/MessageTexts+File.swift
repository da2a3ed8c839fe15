import DaemonSupport
import MobileIPv4
import MobilityAgent

extension MessageTexts {
    /// Reads the section `messages` of a role.
    init(_ section: ConfigurationSection) {
        let networks: [OfNetwork?] = section.sections("networks") { entry in
            let network = entry.value("network", .ipv4Prefix)
            let replies = ReplyTexts(of: entry)
            return network.map { OfNetwork($0, replies) }
        }
        let realms: [OfRealm?] = section.sections("realms") { entry in
            let realm = entry.value("realm", .realm)
            let replies = ReplyTexts(of: entry)
            return realm.map { OfRealm($0, replies) }
        }
        self.init(
            replies: ReplyTexts(of: section), networks: networks.compactMap { $0 }, realms: realms.compactMap { $0 })
    }
}

extension ReplyTexts {
    /// Reads the setting `replies` of a section.
    fileprivate init(of section: ConfigurationSection) {
        var texts: [Outcome: String] = [:]
        for (outcome, text) in section.pairs("replies", .outcome, .messageText) { texts[outcome] = text }
        self.init(texts)
    }
}

extension ConfigurationType where Value == ReplyTexts.Outcome {
    /// What a reply says: a code, or one of the words for several of them.
    fileprivate static var outcome: Self {
        Self(
            "accepted, denied, deregistered, or an assigned reply code such as 0 or 130", example: "accepted", standIn: .accepted
        ) { text in
            ReplyTexts.Outcome(text)
        }
    }
}

extension ConfigurationType where Value == String {
    /// A text for the user of a mobile node.
    fileprivate static var messageText: Self {
        Self(ReplyTexts.expectation, example: "Welcome", standIn: "") { ReplyTexts.isText($0) ? $0 : nil }
    }
}
