import MobileIPv4

extension [ExtensionUnderstanding.Entry] {
    /// The experimental extensions of all Sub-Types (RFC 4064 §4). What becomes of each is the rules' matter.
    static var experimental: [ExtensionUnderstanding.Entry] {
        [.all(NonSkippableExperimental.self), .all(SkippableExperimental.self)]
    }
}

extension ExtensionScan {
    /// Every experimental extension in message order, wherever it stands. Empty unless the role understands them.
    var experimentalExtensions: [LocatedExtension] {
        var found: [LocatedExtension] = []
        for index in 0..<count where ExperimentalRule.Kind(self[index].type) != nil { found.append(self[index]) }
        return found
    }
}

extension ExperimentalRule.Kind {
    /// Nil for a type that is not experimental.
    init?(_ type: ExtensionType) {
        switch type {
        case NonSkippableExperimental.type: self = .nonSkippable
        case SkippableExperimental.type: self = .skippable
        default: return nil
        }
    }
}
