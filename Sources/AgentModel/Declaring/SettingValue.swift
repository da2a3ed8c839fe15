/// The value of a setting, regardless of its member's type.
public enum SettingValue: Hashable, Sendable, Encodable, CustomStringConvertible {
    case truth(Bool)
    case whole(Int64)

    public var description: String {
        switch self {
        case .truth(let value): "\(value)"
        case .whole(let number): "\(number)"
        }
    }

    /// In JSON: true, false or a number.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .truth(let value): try container.encode(value)
        case .whole(let number): try container.encode(number)
        }
    }
}

/// A type that a setting's member can have.
public protocol SettingType: Hashable, Sendable {
    /// Nil if the type cannot hold the value.
    init?(setting value: SettingValue)
    var settingValue: SettingValue { get }
}

extension Bool: SettingType {
    public init?(setting value: SettingValue) {
        guard case .truth(let value) = value else { return nil }
        self = value
    }

    public var settingValue: SettingValue { .truth(self) }
}

extension SettingType where Self: FixedWidthInteger {
    public init?(setting value: SettingValue) {
        guard case .whole(let number) = value, let number = Self(exactly: number) else { return nil }
        self = number
    }

    public var settingValue: SettingValue { .whole(Int64(self)) }
}

extension UInt8: SettingType {}
extension UInt16: SettingType {}
extension UInt32: SettingType {}
