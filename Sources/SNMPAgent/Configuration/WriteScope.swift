public import MIPMIB

/// A part of what the modules have as writable, allowed by the operator as a whole.
public enum WriteScope: String, Sendable, CaseIterable {
    /// mipEnable.
    case enable
    /// mipExtBindingAdminStatus: ending a binding.
    case bindings
    /// Security associations, their keys included.
    case associations
    /// Advertisement configuration, whether registration is required and the challenge window included.
    case advertising
    /// faCOATable.
    case careOfAddresses
    /// mnHATable: the home agents of a mobile node.
    case homeAgents
    /// Notification control, thresholds of capacity, and how much history is kept.
    case notifications

    /// The scope of an object that a module has as writable; nil for one that nobody may write.
    public static func of(_ object: MIBObject) -> WriteScope? {
        guard object.access == .readWrite || object.access == .readCreate else { return nil }
        return byPrefix.first { object.name.hasPrefix($0.prefix) }?.scope
    }

    /// The first prefix that fits an object's descriptor tells.
    private static let byPrefix: [(prefix: String, scope: WriteScope)] = [
        ("mipEnable", .enable), ("mipExtBinding", .bindings), ("mipSecAlgorithm", .associations), ("mipSecKey", .associations),
        ("mipSecReplay", .associations), ("mipSecurityviolation", .notifications), ("mipSecurity", .associations),
        ("maAdv", .advertising), ("faCOA", .careOfAddresses), ("faRegistrationRequired", .advertising),
        ("faAdvert", .advertising),
        ("mnHA", .homeAgents), ("mipExt", .notifications),
    ]
}
