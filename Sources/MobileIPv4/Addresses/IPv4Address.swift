/// An IPv4 address: four octets, ordered octet by octet (the order of an SMI `IpAddress` index, RFC 2578 §7.7).
public struct IPv4Address: Hashable, Sendable, Comparable {
    /// The address as an integer; the first octet of the dotted form is the most significant.
    public var rawValue: UInt32

    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The address a.b.c.d.
    public init(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) {
        rawValue = UInt32(a) << 24 | UInt32(b) << 16 | UInt32(c) << 8 | UInt32(d)
    }

    /// 0.0.0.0: "no address yet" in a Home Address field (RFC 2794), "assign me one" in a Home Agent field (RFC 4433).
    public static let zero = IPv4Address(rawValue: 0)
    /// 255.255.255.255, the limited broadcast address.
    public static let limitedBroadcast = IPv4Address(rawValue: .max)

    /// The four octets in network order.
    public var octets: (UInt8, UInt8, UInt8, UInt8) {
        (
            UInt8(truncatingIfNeeded: rawValue >> 24), UInt8(truncatingIfNeeded: rawValue >> 16),
            UInt8(truncatingIfNeeded: rawValue >> 8), UInt8(truncatingIfNeeded: rawValue)
        )
    }

    /// True for 224.0.0.0/4.
    public var isMulticast: Bool { rawValue >> 28 == 0xE }

    /// Whether it can be the address of one other host (RFC 1122 §3.2.1.3): not in 0.0.0.0/8 or 127.0.0.0/8, not multicast or
    /// class E.
    public var isHost: Bool { (1...223).contains(rawValue >> 24) && rawValue >> 24 != 127 }

    /// Whether it stands for any home agent in the Home Agent field of a request (RFC 4433 §2).
    public var isAnyHomeAgent: Bool { self == .zero || self == .limitedBroadcast }

    public static func < (a: IPv4Address, b: IPv4Address) -> Bool { a.rawValue < b.rawValue }
}

extension IPv4Address: LosslessStringConvertible, CustomStringConvertible {
    /// Parses the strict dotted form: four decimal numbers 0…255 without leading zeros. Returns nil for anything else.
    public init?(_ text: some StringProtocol) {
        var form = DottedForm()
        for octet in text.utf8 { guard form.take(octet) else { return nil } }
        guard let value = form.value else { return nil }
        rawValue = value
    }

    public init?(_ description: String) { self.init(description[...]) }

    /// Parses the strict dotted form from ASCII octets.
    @usableFromInline package init?(text: Span<UInt8>) {
        var form = DottedForm()
        for index in text.indices { guard form.take(text[index]) else { return nil } }
        guard let value = form.value else { return nil }
        rawValue = value
    }

    /// The dotted form, for example `192.0.2.1`.
    public var description: String {
        let (a, b, c, d) = octets
        return "\(a).\(b).\(c).\(d)"
    }

    /// Appends the dotted form in ASCII.
    @usableFromInline package func appendText(to text: inout [UInt8]) {
        var shift: UInt32 = 32
        while shift > 0 {
            shift -= 8
            let part = UInt8(truncatingIfNeeded: rawValue >> shift)
            if part >= 100 { text.append(UInt8(ascii: "0") + part / 100) }
            if part >= 10 { text.append(UInt8(ascii: "0") + part / 10 % 10) }
            text.append(UInt8(ascii: "0") + part % 10)
            if shift > 0 { text.append(UInt8(ascii: ".")) }
        }
    }
}

/// A parser of the strict dotted form, fed octet by octet.
private struct DottedForm {
    private var address: UInt32 = 0
    private var part: UInt32 = 0
    private var digits = 0
    private var dots = 0

    /// Consumes one octet; returns false when it is not allowed at this position.
    mutating func take(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            if digits > 0 && part == 0 { return false }
            part = part * 10 + UInt32(octet - UInt8(ascii: "0"))
            digits += 1
            return part <= 255
        case UInt8(ascii: "."):
            guard digits > 0, dots < 3 else { return false }
            address = address << 8 | part
            (part, digits, dots) = (0, 0, dots + 1)
            return true
        default: return false
        }
    }

    /// The address; nil while the form is incomplete.
    var value: UInt32? { dots == 3 && digits > 0 ? address << 8 | part : nil }
}

extension IPv4Address: TextCodable {
    /// The expected form of the text.
    public static var textForm: String { "an IPv4 address such as 192.0.2.1" }
}
