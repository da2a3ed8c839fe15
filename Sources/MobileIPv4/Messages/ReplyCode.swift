/// The Code field of a Registration Reply (IANA "Mobile IPv4 Numbers"). Any octet is a value; `declaration` describes the assigned ones.
public struct ReplyCode: RawRepresentable, Hashable, Sendable, Comparable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

    /// Codes 0 to 8: the registration is accepted.
    public var isAccepted: Bool { rawValue <= 8 }
    /// Codes 64 to 127: denied by the foreign agent.
    public var isDeniedByForeignAgent: Bool { (64...127).contains(rawValue) }
    /// Codes 128 to 192: denied by the home agent.
    public var isDeniedByHomeAgent: Bool { (128...192).contains(rawValue) }
}

extension ReplyCode: CustomStringConvertible {
    /// The declaration of the code; nil when IANA has not assigned it.
    public var declaration: ReplyCodeDeclaration? { Self.declarations[Int(rawValue)] }

    /// The meaning of the code in words; nil when IANA has not assigned it.
    public var meaning: String? { declaration?.meaning }

    /// The name of the code in this project's vocabulary, for example `haIdentificationMismatch`; `code<N>` when unassigned.
    public var label: String { declaration?.label ?? "code\(rawValue)" }

    /// For example `133 registration identification mismatch`.
    public var description: String { "\(rawValue) \(meaning ?? "unassigned")" }

    /// Indexed by code, with one place per octet value.
    private static let declarations: [ReplyCodeDeclaration?] = {
        var places = [ReplyCodeDeclaration?](repeating: nil, count: 256)
        for declaration in ReplyCodeDeclaration.all { places[Int(declaration.code.rawValue)] = declaration }
        return places
    }()
}
