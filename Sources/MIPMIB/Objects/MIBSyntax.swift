/// The SMI syntax of an object: its base type, the textual convention it is written with, and what values it may have.
public struct MIBSyntax: Hashable, Sendable {
    /// The base types of SMIv2 that the modules use (RFC 2578 §7.1).
    public enum Base: String, Hashable, Sendable, CaseIterable {
        case integer32 = "Integer32"
        /// INTEGER with named values.
        case enumeration = "Enumeration"
        /// Bit 0 is the most significant of the first octet.
        case bits = "Bits"
        case unsigned32 = "Unsigned32"
        case gauge32 = "Gauge32"
        case counter32 = "Counter32"
        case counter64 = "Counter64"
        case timeTicks = "TimeTicks"
        case ipAddress = "IpAddress"
        case octetString = "OctetString"
    }

    /// A label of an enumeration or of a bit.
    public struct NamedNumber: Hashable, Sendable {
        /// The name of the number in the MIB module.
        public let label: String
        /// The number on the wire.
        public let number: Int

        public init(_ label: String, _ number: Int) {
            self.label = label
            self.number = number
        }
    }

    /// The type on the wire.
    public let base: Base
    /// The textual convention, or the application-wide name of a base type narrowed by one; nil where there is none.
    public let convention: String?
    /// Values that a number may have, or sizes that an octet string may have, ascending; empty where nothing is narrowed.
    public let ranges: [ClosedRange<Int64>]
    /// The labels of an enumeration or of bits.
    public let names: [NamedNumber]

    init(_ base: Base, convention: String? = nil, ranges: [ClosedRange<Int64>] = [], names: [NamedNumber] = []) {
        self.base = base
        self.convention = convention
        self.ranges = ranges
        self.names = names
    }

    /// The label of a value of an enumeration; nil when it has none.
    public func label(of number: Int) -> String? { names.first { $0.number == number }?.label }
}

extension MIBSyntax {
    static func integer32(_ range: ClosedRange<Int64>? = nil) -> MIBSyntax {
        MIBSyntax(.integer32, ranges: range.map { [$0] } ?? [])
    }
    static func unsigned32(_ range: ClosedRange<Int64>? = nil) -> MIBSyntax {
        MIBSyntax(.unsigned32, ranges: range.map { [$0] } ?? [])
    }
    static let unsigned32 = unsigned32()
    static let gauge32 = MIBSyntax(.gauge32)
    static let counter32 = MIBSyntax(.counter32)
    static let counter64 = MIBSyntax(.counter64)
    static let ipAddress = MIBSyntax(.ipAddress)

    static func octetString(_ sizes: ClosedRange<Int64>) -> MIBSyntax { MIBSyntax(.octetString, ranges: [sizes]) }

    /// Labels numbered from 1, in their order.
    static func enumeration(_ labels: String..., convention: String? = nil) -> MIBSyntax {
        .enumeration(labels.enumerated().map { NamedNumber($1, $0 + 1) }, convention: convention)
    }

    static func enumeration(_ names: [NamedNumber], convention: String? = nil) -> MIBSyntax {
        MIBSyntax(.enumeration, convention: convention, names: names)
    }

    /// Labels numbered from 0, in their order.
    static func bits(_ labels: String..., convention: String? = nil) -> MIBSyntax {
        MIBSyntax(.bits, convention: convention, names: labels.enumerated().map { NamedNumber($1, $0) })
    }

    // MARK: - SNMPv2-TC and SNMP-FRAMEWORK-MIB

    static let truthValue = enumeration("true", "false", convention: "TruthValue")
    static let rowStatus = enumeration(
        "active", "notInService", "notReady", "createAndGo", "createAndWait", "destroy", convention: "RowStatus")
    static let storageType = enumeration(
        "other", "volatile", "nonVolatile", "permanent", "readOnly", convention: "StorageType")
    /// sysUpTime when something happened.
    static let timeStamp = MIBSyntax(.timeTicks, convention: "TimeStamp")
    /// Eight octets, or eleven with the zone.
    static let dateAndTime = MIBSyntax(.octetString, convention: "DateAndTime", ranges: [8...8, 11...11])
    static let adminString = MIBSyntax(.octetString, convention: "SnmpAdminString", ranges: [0...255])

    // MARK: - MIP-MIB

    static let registrationFlags = bits(
        "vjCompression", "gre", "minEnc", "decapsulationbyMN", "broadcastDatagram", "simultaneousBindings", "reverseTunnel",
        convention: "RegistrationFlags")
    static let identifierType = enumeration("other", "ipaddress", "nai", convention: "MipEntityIdentifierType")
    static let identifier = MIBSyntax(.octetString, convention: "MipEntityIdentifier", ranges: [1...64])
    static let identifierNAI = MIBSyntax(.octetString, convention: "MipEntityIdentifierNAI", ranges: [0...255])
    static let deliveryStyle = enumeration("direct", "encapsulating", convention: "MipDeliveryStyle")

    // MARK: - MIPV4-EXT-MIB

    static let role = enumeration("mobileNode", "foreignAgent", "homeAgent", convention: "MipRole")
    static let roleOrDaemon = enumeration("mobileNode", "foreignAgent", "homeAgent", "daemon", convention: "MipRoleOrDaemon")
    static let connection = enumeration(
        "connecting", "synchronizing", "synchronized", "stale", "down", convention: "MipConnection")
    static let encapsulation = enumeration("ipInIp", "gre", "minEnc", convention: "MipEncapsulation")
    static let reverseTunnel = enumeration("none", "direct", "encapsulating", convention: "MipReverseTunnel")
    static let direction = enumeration("sent", "received", convention: "MipDirection")
    static let requestKind = enumeration("initial", "renewal", "deregistration", convention: "MipRequestKind")
    static let discardReason = enumeration(
        "malformed", "unknownMessageType", "unknownExtension", "noSecurityAssociation", "noAuthorizationExtension",
        "authenticationFailed", "noForeignHomeAssociation", "rateLimited", "unmatchedReply", "wrongReplySource", "notServed",
        convention: "MipDiscardReason")
    static let endReason = enumeration(
        "deregistered", "expired", "replaced", "administrativelyRevoked", "denied", "timedOut", "evicted",
        convention: "MipEndReason")
    static let dropReason = enumeration(
        "malformed", "unknownSource", "unknownDestination", "sourceMismatch", "ttlExpired", "tooBig", "unsupportedEncapsulation",
        "loop", "sendFailed", convention: "MipDropReason")
    static let advertFlags = bits(
        "vjCompression", "gre", "minEnc", "foreignAgent", "homeAgent", "busy", "regRequired", "reverseTunnel", "udpTunnel",
        "revocation", "regionalRegistration", convention: "MipAdvertFlags")
    static let finalCount = MIBSyntax(.counter64, convention: "MipFinalCount")
    static let notifyKind = enumeration(
        "registered", "careOfAddressChanged", "deregistered", "expired", "revoked", "registrationDenied", "capacityRising",
        "capacityFalling", "agentUnreachable", "agentReachable", "authFailure", "authFailure2", convention: "MipNotifyKind")
}
