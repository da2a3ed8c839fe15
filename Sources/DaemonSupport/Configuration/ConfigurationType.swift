public import MobileIPv4

/// The type of a setting: how its text is parsed, and how it is described to people.
public struct ConfigurationType<Value> {
    private let makeExpectation: () -> String
    private let makeExample: () -> String?
    /// Replaces an invalid value until all mistakes have been reported.
    let standIn: Value
    /// The value of a text; nil if the text is invalid.
    let parse: (String) -> Value?
    /// Whether a file that contains such a value must satisfy `FileTrust`.
    let isSecret: Bool
    /// Whether the text must never be shown.
    let isHidden: Bool

    /// - Parameters:
    ///   - standIn: Any value. It is never part of a configuration that was read without a mistake.
    ///   - isSecret: Whether the text is a secret: it is never shown, and the file must be closed to other users.
    ///   - isHidden: Whether the text is never shown, although it is no secret itself, such as the hash of one.
    public init(
        _ expectation: @autoclosure @escaping () -> String, example: @autoclosure @escaping () -> String? = nil, standIn: Value,
        isSecret: Bool = false, isHidden: Bool = false,
        parse: @escaping (String) -> Value?
    ) {
        // Made when a message needs them: a list may have hundreds of thousands of values.
        makeExpectation = expectation
        makeExample = example
        self.standIn = standIn
        self.parse = parse
        self.isSecret = isSecret
        self.isHidden = isHidden || isSecret
    }

    /// Text to follow "expected", for example "a port number 1 to 65535".
    public var expectation: String { makeExpectation() }

    /// A valid value to show in messages.
    var example: String? { makeExample() }

    /// What an invalid text would mean with its number written without leading zeros and sign, for a remedy; nil if that is invalid too.
    func meanings(of text: String) -> String? {
        guard let (decimal, octal) = DecimalNumber.meanings(of: text), parse(decimal) != nil else { return nil }
        guard let octal, parse(octal) != nil else { return "; write \(decimal)" }
        return "; write \(decimal), or \(octal) if octal was meant"
    }

    /// The value of a text; nil if the text is invalid. For types composed of others.
    public func value(of text: String) -> Value? { parse(text) }
}

extension ConfigurationType where Value == String {
    /// Any non-empty text.
    public static var text: Self { Self("non-empty text", standIn: "") { $0.isEmpty ? nil : $0 } }

    /// The path of a file; not empty and without NUL.
    public static var path: Self {
        Self("a path", example: "/run/mip-mib/home.sock", standIn: "") { $0.isEmpty || $0.utf8.contains(0) ? nil : $0 }
    }

    /// The path of a Unix socket: 1 to 107 bytes.
    public static var socketPath: Self {
        Self("a path of at most 107 bytes", example: "/run/mip-mib/home.sock", standIn: "") {
            (1...107).contains($0.utf8.count) && !$0.utf8.contains(0) ? $0 : nil
        }
    }

    /// A name that can be used in a file name and on a command line: 1 to 32 letters, digits, `.`, `_` and `-`, beginning with a letter or
    /// digit.
    public static var name: Self {
        Self("1 to 32 letters, digits, '.', '_' or '-', beginning with a letter or digit", example: "home", standIn: "") { text in
            func isWord(_ octet: UInt8) -> Bool {
                switch octet {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"):
                    true
                default: false
                }
            }
            guard let first = text.utf8.first, isWord(first), text.utf8.count <= 32,
                text.utf8.allSatisfy({ isWord($0) || ".-_".utf8.contains($0) })
            else { return nil }
            return text
        }
    }
}

extension ConfigurationType where Value == Bool {
    /// `true` or `false`; also `yes`, `no`, `on`, `off`.
    public static var bool: Self {
        Self("true or false", standIn: false) { text in
            switch text.lowercased() {
            case "true", "yes", "on": true
            case "false", "no", "off": false
            default: nil
            }
        }
    }
}

extension ConfigurationType where Value: FixedWidthInteger {
    /// A decimal number within the range.
    public static func integer(in range: ClosedRange<Value>, unit: String = "") -> Self {
        Self(
            "a whole number \(range.lowerBound) to \(range.upperBound)\(unit.isEmpty ? "" : " " + unit)",
            example: "\(range.lowerBound)", standIn: range.lowerBound
        ) { text in
            DecimalNumber.parse(text, as: Value.self).flatMap { range.contains($0) ? $0 : nil }
        }
    }
}

extension ConfigurationType where Value == UInt16 {
    /// A TCP or UDP port that can be bound, 1 to 65535.
    public static var port: Self {
        Self("a port number 1 to 65535", example: "434", standIn: 1) { text in
            DecimalNumber.parse(text, as: UInt16.self).flatMap { $0 > 0 ? $0 : nil }
        }
    }
}

extension ConfigurationType where Value == Duration {
    /// A number of seconds, or a number followed by `ms`, `s`, `min` or `h`. Fractions are allowed: `0.5`, `250ms`.
    public static func duration(in range: ClosedRange<Duration>) -> Self {
        Self(
            "a time from \(range.lowerBound) to \(range.upperBound), such as 7 or 500ms", example: "7", standIn: range.lowerBound
        ) {
            text in
            let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            guard DecimalNumber.meanings(of: String(number)) == nil, let amount = Double(number), amount.isFinite, amount <= 1e9
            else { return nil }
            let factor: Double
            switch text.dropFirst(number.count).drop(while: { $0 == " " }) {
            case "", "s": factor = 1
            case "ms": factor = 0.001
            case "min": factor = 60
            case "h": factor = 3600
            default: return nil
            }
            // Round to whole microseconds, so that 0.1 is exact.
            let duration = Duration.microseconds(Int64((amount * factor * 1_000_000).rounded()))
            return range.contains(duration) ? duration : nil
        }
    }
}

extension ConfigurationType where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One of the words of the type, or of `allowed`. Nil if there is none to allow.
    public static func word(_ first: Value, _ more: Value...) -> Self { word([first] + more, standIn: first) }

    /// One of the words of the type; `standIn` can be any of them.
    public static func anyWord(standIn: Value) -> Self { word(Array(Value.allCases), standIn: standIn) }

    private static func word(_ allowed: [Value], standIn: Value) -> Self {
        Self("one of " + allowed.map(\.rawValue).joined(separator: ", "), example: standIn.rawValue, standIn: standIn) { text in
            allowed.first { $0.rawValue == text }
        }
    }
}

extension ConfigurationType where Value == IPv4Address {
    /// An address in dotted decimal form.
    public static var ipv4Address: Self {
        Self("an IPv4 address such as 192.0.2.1", example: "192.0.2.1", standIn: .zero) { IPv4Address($0) }
    }

    /// An address that a single host can have: not 0.0.0.0, and below the multicast range.
    public static var unicastAddress: Self {
        Self("a unicast IPv4 address such as 192.0.2.1", example: "192.0.2.1", standIn: IPv4Address(192, 0, 2, 1)) { text in
            IPv4Address(text).flatMap { $0 != .zero && $0.rawValue >> 28 < 0xE ? $0 : nil }
        }
    }
}

extension ConfigurationType where Value == IPv4Prefix? {
    /// A prefix whose host bits are zero. Optional only because a stand-in needs no value; never nil unless there was a mistake.
    public static var ipv4Prefix: Self {
        Self("an IPv4 prefix with zero host bits such as 192.0.2.0/24", example: "192.0.2.0/24", standIn: nil) { text in
            IPv4Prefix(text).map { .some($0) }
        }
    }
}

extension ConfigurationType where Value == TransportEndpoint {
    /// `ADDRESS` or `ADDRESS:PORT`. The address is unicast.
    public static func endpoint(defaultPort: UInt16) -> Self {
        Self(
            "an IPv4 address with or without a port, such as 192.0.2.1 or 192.0.2.1:434", example: "192.0.2.1",
            standIn: TransportEndpoint(IPv4Address(192, 0, 2, 1), port: 1)
        ) { text in
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count <= 2, let address = ConfigurationType<IPv4Address>.unicastAddress.parse(String(parts[0])) else {
                return nil
            }
            guard parts.count == 2 else { return TransportEndpoint(address, port: defaultPort) }
            return ConfigurationType<UInt16>.port.parse(String(parts[1])).map { TransportEndpoint(address, port: $0) }
        }
    }
}
