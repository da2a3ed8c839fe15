/// How good or bad a word is, so that every program colours and grades it in the same way.
public enum Tone: String, Hashable, Sendable, CaseIterable, Codable {
    case good, info, warn, bad, plain
}
