public import MobileIPv4

extension ConfigurationType where Value == UInt16 {
    /// A registration lifetime in seconds; 65535 and `infinity` mean no expiry (RFC 5944 §3.3).
    public static var lifetime: Self {
        Self("1 to 65534 seconds, or infinity", standIn: 1) { text in
            text == "infinity" ? .max : DecimalNumber.parse(text, as: UInt16.self).flatMap { $0 > 0 ? $0 : nil }
        }
    }
}

extension ConfigurationType where Value == NetworkAccessIdentifier? {
    /// A network access identifier, distinguished from other words by its '@'.
    public static var nai: Self {
        Self("a network access identifier such as alice@example.net", standIn: nil) { text in
            text.contains("@") ? NetworkAccessIdentifier(text).map { .some($0) } : nil
        }
    }
}

extension ConfigurationType where Value == VendorExtensionKind {
    /// A vendor extension of one kind, or all extensions of a vendor.
    public static var vendorExtension: Self {
        Self(VendorExtensionKind.textForm, example: "9/14", standIn: VendorExtensionKind(vendor: 0)) { VendorExtensionKind($0) }
    }
}

extension ConfigurationType where Value == SecurityParameterIndex {
    /// A security parameter index that can be agreed on.
    public static var spi: Self {
        Self("256 to 4294967295, or 2 for CHAP", example: "256", standIn: .chap) { text in
            guard let spi = DecimalNumber.parse(text, as: UInt32.self).map(SecurityParameterIndex.init),
                spi.isAssignable || spi == .chap
            else { return nil }
            return spi
        }
    }
}

extension ConfigurationType where Value == String {
    /// A name that the kernel accepts for an interface: 1 to 15 bytes without '/', ':' and spaces.
    public static var interfaceName: Self {
        Self("the name of an interface such as eth0", standIn: "") { text in
            (1...15).contains(text.utf8.count) && text.utf8.allSatisfy { $0 > 32 && $0 < 127 && $0 != 47 && $0 != 58 }
                ? text : nil
        }
    }

    /// An interface name short enough for the names of tunnel devices to begin with it.
    public static var deviceName: Self {
        Self("1 to 10 letters and digits such as mip0", standIn: "mip0") { text in
            (1...10).contains(text.utf8.count) && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) } ? text : nil
        }
    }
}
