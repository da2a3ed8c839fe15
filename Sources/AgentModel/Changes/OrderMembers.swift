import JSON

extension Decoder {
    /// The members of an operator's order, which are read strictly: a member that is ignored could have limited the order.
    ///
    /// - Throws: `DecodingError` for a member that is not known, and for null, which may stand for a value that is missing by mistake.
    func orderMembers<Member: CodingKey & CaseIterable & RawRepresentable<String>>(
        _: Member.Type
    ) throws -> KeyedDecodingContainer<Member> {
        let given = try container(keyedBy: MemberKey.self)
        if given.allKeys.contains(where: { Member(rawValue: $0.stringValue) == nil }) {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: codingPath,
                    debugDescription: "expected only \(Member.allCases.map(\.rawValue).joined(separator: ", "))"))
        }
        for name in given.allKeys {
            guard try given.decodeNil(forKey: name) else { continue }
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: codingPath + [name],
                    debugDescription: "\(name.stringValue) is null; expected a value, or an order without this member"))
        }
        return try container(keyedBy: Member.self)
    }
}
