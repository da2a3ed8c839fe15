public import MobileIPv4

// For tests that read sent messages regardless of their receiver.

extension ExtensionUnderstanding {
    /// Every type and Sub-Type that has a layout.
    public static let everything = ExtensionUnderstanding(ExtensionCatalogue.all.map { .all($0) })
}

extension ExtensionScan {
    /// Reads every extension that has a layout.
    public init(_ datagram: RawSpan, from offset: Int) throws(MessageError) {
        try self.init(datagram, from: offset, understanding: .everything)
    }

    /// The first extension of a type, wherever it stands.
    public func first(_ type: ExtensionType) -> LocatedExtension? { first(type, in: .wholeMessage) }

    /// The first NAI, wherever it stands.
    public var nai: NetworkAccessIdentifier? { nai(in: .wholeMessage) }

    /// Decodes the first extension of a type, wherever it stands; nil when there is none.
    public func read<Extension: MobileIPExtension>(
        _: Extension.Type, in datagram: RawSpan
    ) throws(MessageError) -> Extension? {
        try read(Extension.self, in: .wholeMessage, of: datagram)
    }
}

extension MessagePart {
    /// All of any message.
    public static let wholeMessage = MessagePart(from: 0, to: .max)
}

/// Reads every extension from `offset` on as a typed value, without padding; nil for a type without a layout.
public func readExtensions(of datagram: RawSpan, from offset: Int) throws(MessageError) -> [(any MobileIPExtension)?] {
    var cursor = ExtensionCursor(offset: offset)
    var values: [(any MobileIPExtension)?] = []
    while let located = try cursor.next(in: datagram) {
        guard let type = ExtensionCatalogue.all.first(where: { $0.type == located.type }) else {
            values.append(nil)
            continue
        }
        values.append(try type.init(located, in: datagram))
    }
    return values
}
