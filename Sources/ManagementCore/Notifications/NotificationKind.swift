/// A kind of notification (MipNotifyKind of MIPV4-EXT-MIB).
public enum NotificationKind: String, Hashable, Sendable, CaseIterable, Codable {
    case registered, careOfAddressChanged, deregistered, expired, revoked, registrationDenied
    case capacityRising, capacityFalling, agentUnreachable, agentReachable
    /// `mipAuthFailure` of RFC 2006, for old managers.
    case authFailure
    /// `mipAuthFailure2`
    case authFailure2
}
