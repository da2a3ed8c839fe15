/// A standalone SNMP agent: the addresses it listens on, the managers it answers, and the receivers it notifies.
public struct StandaloneConfiguration: Sendable {
    /// Whether a community or user may write the objects that are writable.
    public enum Access: String, Sendable, CaseIterable {
        case readOnly, readWrite
    }

    /// A community of SNMPv1 and v2c.
    public struct Community: Sendable {
        /// The community string.
        public var name: String
        /// Whether it may write.
        public var access: Access
        /// Permitted sources: an address, a network such as `10.0.0.0/8` or `fd00::/8`, or `default` for any of IPv4 and IPv6.
        public var source: String
        /// The SNMP context it reads; nil for the default one.
        public var context: String?

        public init(name: String, access: Access = .readOnly, source: String, context: String? = nil) {
            self.name = name
            self.access = access
            self.source = source
            self.context = context
        }
    }

    /// Transport addresses such as `udp:127.0.0.1:161`, `udp6:[::1]:161` or `tcp:127.0.0.1:161`; at least one.
    public var listen: [String]
    /// Communities of SNMPv1 and v2c.
    public var communities: [Community]
    /// Users of SNMPv3. They read every context.
    public var users: [SNMPUser]
    /// snmpEngineID, 5 to 32 octets; nil for one that is generated at the first start and kept.
    public var engineID: [UInt8]?
    /// The receivers of notifications.
    public var sinks: [NotificationSink]

    public init(
        listen: [String], communities: [Community] = [], users: [SNMPUser] = [], engineID: [UInt8]? = nil,
        sinks: [NotificationSink] = []
    ) {
        self.listen = listen
        self.communities = communities
        self.users = users
        self.engineID = engineID
        self.sinks = sinks
    }
}

/// A receiver of notifications.
public struct NotificationSink: Sendable {
    /// The SNMP version and security for the receiver.
    public enum Security: Sendable {
        case v1(community: String)
        case v2c(community: String)
        /// The user must be one of the agent's.
        case v3(user: SNMPUser)
    }

    /// Transport address such as `udp:192.0.2.9:162`.
    public var address: String
    /// The SNMP version and security for the receiver.
    public var security: Security
    /// True for InformRequests, which the receiver acknowledges and the library repeats until then. Not possible with v1.
    public var inform: Bool

    public init(address: String, security: Security, inform: Bool = false) {
        self.address = address
        self.security = security
        self.inform = inform
    }
}
