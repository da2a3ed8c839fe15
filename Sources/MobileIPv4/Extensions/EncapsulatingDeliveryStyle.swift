extension ExtensionType {
    /// Encapsulating delivery style (130, RFC 3024 §3.3).
    public static let encapsulatingDeliveryStyle = ExtensionType(rawValue: 130)
}

/// Requests the encapsulating delivery style from the foreign agent; it has no data (130, RFC 3024 §3.3).
public struct EncapsulatingDeliveryStyle: FittingExtension {
    public static let type = ExtensionType.encapsulatingDeliveryStyle
    public static let name = "Encapsulating Delivery Style"

    public init() {}
    public init(_: inout ExtensionFields, in _: RawSpan) throws(MessageError) {}
    public func appendData(to _: inout [UInt8]) {}
}
