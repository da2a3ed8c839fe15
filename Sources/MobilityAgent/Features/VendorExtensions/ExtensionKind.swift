import AgentModel
import MobileIPv4

/// What a row of the table of extension uses counts: vendor extensions of one vendor and type (RFC 3115), experimental extensions of one
/// Sub-Type, or experimental messages (RFC 4064).
struct ExtensionKind: Hashable {
    /// The extension type; 0 for messages.
    let type: UInt8
    /// The vendor; 0 for what is experimental.
    let vendor: UInt32
    /// The vendor's type, or the Sub-Type.
    let number: UInt16

    /// Messages of type 255.
    static let experimentalMessage = ExtensionKind(type: 0, vendor: 0, number: 0)

    private init(type: UInt8, vendor: UInt32, number: UInt16) {
        self.type = type
        self.vendor = vendor
        self.number = number
    }

    /// A vendor extension. One without a valid vendor or type counts with those for which there is no row.
    init(_ vendor: LocatedVendorExtension) {
        let type = vendor.isCritical ? ExtensionType.criticalVendorSpecific : .normalVendorSpecific
        self.init(
            type: type.rawValue, vendor: vendor.kind?.vendor ?? ExtensionUse.others.vendor,
            number: vendor.kind?.type ?? ExtensionUse.others.number)
    }

    /// An experimental extension. One that ends before its Sub-Type counts with those for which there is no row.
    init(experimental located: LocatedExtension) {
        if let subtype = located.subtype {
            self.init(type: located.type.rawValue, vendor: 0, number: UInt16(subtype))
        } else {
            self.init(
                type: located.type.rawValue, vendor: ExtensionUse.others.vendor, number: ExtensionUse.others.number)
        }
    }

    /// All kinds of this type for which there is no row of their own.
    var others: ExtensionKind {
        ExtensionKind(type: type, vendor: ExtensionUse.others.vendor, number: ExtensionUse.others.number)
    }

    /// The row of this kind in a role, before the first is seen.
    func row(_ role: AgentRole) -> ExtensionUse {
        ExtensionUse(
            role: role, type: type, vendor: vendor, number: number, lastSource: .zero, lastSeen: Timestamp(milliseconds: 0))
    }
}

/// How the configuration knows a kind of extension or message.
enum ExtensionKnowledge {
    /// It names the kind itself.
    case named
    /// It names the vendor, and so every kind of that vendor.
    case byVendor
    case unknown
}
