/// A range of a message in which a reader looks for an extension: the place that an RFC gives for it, as far as an authenticator covers it.
///
/// `ExtensionScan` gives contents out only for a part that its reader names, so that an extension that nobody signed is not read by
/// accident.
public struct MessagePart: Hashable, Sendable {
    /// Offset of the first octet.
    public let start: Int
    /// Offset of the first octet after the part.
    public let end: Int

    /// - Parameter end: the part is empty unless this is greater than `start`.
    public init(from start: Int, to end: Int) {
        self.start = start
        self.end = max(start, end)
    }

    /// Contains no extension.
    public static let nothing = MessagePart(from: 0, to: 0)

    /// True when the whole extension is within the part.
    public func contains(_ located: LocatedExtension) -> Bool { located.start >= start && located.end <= end }

    /// True when the vendor extension begins within the part, which never ends inside an extension.
    public func contains(_ vendor: LocatedVendorExtension) -> Bool { vendor.start >= start && vendor.start < end }
}

/// The parts of a Registration Request or Reply (RFC 5944 §3.6.1.3, §3.7.2.2, §3.8.3.3). Nothing is verified here: a part may be believed
/// once the authenticator at its end has been verified, or as far as an RFC allows it without one.
extension ExtensionScan {
    /// What the mobile node and its home agent say to each other: all that precedes the Mobile-Home authentication extension, or without
    /// one the MN-AAA authentication extension.
    public var homePart: MessagePart { MessagePart(from: 0, to: (mobileHome ?? mobileAAA)?.start ?? 0) }

    /// What the mobile node and a foreign agent say to each other: what follows the part for the home agent and precedes the Mobile-Foreign
    /// authentication extension if there is one.
    public var linkPart: MessagePart {
        MessagePart(from: authorizationEnablingEnd ?? 0, to: anyMobileForeign?.start ?? messageEnd)
    }

    /// What a foreign agent and a home agent say to each other: what follows the mobile node's part and precedes the Foreign-Home
    /// authentication extension if there is one.
    public var agentPart: MessagePart {
        MessagePart(from: authorizationEnablingEnd ?? 0, to: foreignHome?.start ?? messageEnd)
    }
}
