public import AgentModel
import MobileIPv4

/// The use of the node's security associations: how each was used, and who violated its rules (`mipSecurity` of MIP-MIB).
///
/// Times are uptimes in nanoseconds until they are put into a record.
struct NodeSecurity {
    /// A reply that is rejected because its authentication is wrong.
    struct Fault {
        /// The counter for such replies.
        var counter: MobileNode.ReplyFault
        /// The sender of the reply, or the sender that it claimed to be from.
        var violator: IPv4Address
        var reason: ViolationReason
        /// The SPI of the extension that failed; 0 where the MIB names none (`mipSecRecentViolationSPI`).
        var spi = SecurityParameterIndex(rawValue: 0)
    }

    private struct Offence {
        var violator: IPv4Address
        var reason: ViolationReason
        var spi: SecurityParameterIndex
        var count: UInt64
        var identification: Identification
        var uptime: Int64
    }

    /// How an association was used.
    struct Use {
        private(set) var accepted: UInt64 = 0
        private(set) var failures: UInt64 = 0
        private(set) var lastUsed: Int64?

        mutating func count(isValid: Bool, at uptime: Int64) {
            if isValid { accepted += 1 } else { failures += 1 }
            lastUsed = uptime
        }

        func record(startTime: Timestamp, clockOffset: Double?) -> AssociationUse? {
            guard let lastUsed else { return nil }
            var use = AssociationUse()
            use.lastUsed = startTime.adding(milliseconds: lastUsed / 1_000_000)
            use.accepted = accepted
            use.authenticationFailures = failures
            use.clockOffset = clockOffset.map { Int32(($0 * 1000).rounded().clamped(to: Double(Int32.min)...Double(Int32.max))) }
            return use
        }
    }

    /// Only agents that the node sent requests to can be violators, so a small table is enough; the one quiet for longest is evicted.
    private static let maximumViolators = 64

    var home = Use()
    var foreign = Use()
    private(set) var total: UInt64 = 0
    private var offences: [Offence] = []

    mutating func report(_ fault: Fault, identification: Identification, at uptime: Int64) {
        report(fault.reason, of: fault.violator, spi: fault.spi, identification: identification, at: uptime)
    }

    /// Records a message that violates the rules of an association.
    mutating func report(
        _ reason: ViolationReason, of violator: IPv4Address, spi: SecurityParameterIndex, identification: Identification,
        at uptime: Int64
    ) {
        total += 1
        var offence = Offence(
            violator: violator, reason: reason, spi: spi, count: 1, identification: identification, uptime: uptime)
        if let known = offences.firstIndex(where: { $0.violator == violator }) {
            offence.count += offences.remove(at: known).count
        } else if offences.count >= Self.maximumViolators {
            offences.removeFirst()
        }
        offences.append(offence)
    }

    func violations(startTime: Timestamp) -> [SecurityViolation] {
        offences.map { offence in
            SecurityViolation(
                violator: .address(offence.violator), count: offence.count, recentSPI: offence.spi,
                recentTime: startTime.adding(milliseconds: offence.uptime / 1_000_000),
                recentIdentification: offence.identification, recentReason: offence.reason, recentCode: nil)
        }
    }
}

extension Double {
    fileprivate func clamped(to range: ClosedRange<Double>) -> Double { min(max(self, range.lowerBound), range.upperBound) }
}

extension MobileNode {
    /// The associations with agents that the node knows by address: its home agent, and the foreign agent that it registers through if it
    /// shares one with it (`mipSecAssocTable`). The association with an AAA server is left out, since that is not a Mobile IP agent.
    public func associations(startTime: Timestamp) -> [SecurityAssociation] {
        let offset = configuration.replayMethod == .timestamps && clockOffset != 0 ? clockOffset : nil
        var rows = [
            SecurityAssociation(
                peer: .address(configuration.homeAgent.address), peerRole: .homeAgent, spi: configuration.spi,
                algorithm: configuration.algorithm, replayMethod: configuration.replayMethod,
                replayTolerance: Self.homeAgentsTolerance,
                use: security.home.record(startTime: startTime, clockOffset: offset))
        ]
        if let foreignAgent = configuration.foreignAgent, let shared = configuration.mobileForeign {
            rows.append(
                SecurityAssociation(
                    peer: .address(foreignAgent.address), peerRole: .foreignAgent, spi: shared.spi, algorithm: shared.algorithm,
                    replayMethod: configuration.replayMethod, replayTolerance: Self.homeAgentsTolerance,
                    use: security.foreign.record(startTime: startTime, clockOffset: nil)))
        }
        return rows.sorted { $0.key < $1.key }
    }

    /// Who sent replies that violated the rules of an association, the latest last (`mipSecViolationTable`).
    public func violations(startTime: Timestamp) -> [SecurityViolation] { security.violations(startTime: startTime) }

    /// All violations since the start (`mipSecTotalViolations`).
    public var totalViolations: UInt64 { security.total }

    /// The default tolerance of a home agent (RFC 5944 §5.7.1). A node needs no tolerance: it compares the identification it sent.
    private static let homeAgentsTolerance: UInt16 = 7

    /// What is wrong with the authentication of a reply. A foreign agent that shares an association must sign. A home agent must always
    /// sign, except when the foreign agent itself denies the request (RFC 5944 §3.6.2.1).
    mutating func authenticationFault(of incoming: IncomingReply, in datagram: RawSpan, at now: Moment) -> NodeSecurity.Fault? {
        let scan = incoming.scan
        if let foreignAgent = configuration.foreignAgent, let association = configuration.mobileForeign {
            let reason = Self.failure(
                of: association, scan.anyMobileForeign, count: scan.count(of: .mobileForeignAuthentication), in: datagram)
            security.foreign.count(isValid: reason == nil, at: now.uptime)
            if let reason {
                return NodeSecurity.Fault(
                    counter: \.repliesForeignAgentAuthenticationFailure, violator: foreignAgent.address, reason: reason,
                    spi: reason == .badAuthenticator ? association.spi : SecurityParameterIndex(rawValue: 0))
            }
        }
        if incoming.reply.code.isDeniedByForeignAgent, configuration.foreignAgent != nil { return nil }
        let home = NodeAssociation(spi: configuration.spi, key: configuration.key, algorithm: configuration.algorithm)
        let reason = Self.failure(of: home, scan.mobileHome, count: scan.count(of: .mobileHomeAuthentication), in: datagram)
        security.home.count(isValid: reason == nil, at: now.uptime)
        return reason.map {
            NodeSecurity.Fault(
                counter: \.repliesHomeAgentAuthenticationFailure, violator: incoming.reply.homeAgent, reason: $0,
                spi: $0 == .badAuthenticator ? home.spi : SecurityParameterIndex(rawValue: 0))
        }
    }

    /// What is wrong with an authenticator of the association; nil if it is valid and the only one.
    static func failure(
        of association: NodeAssociation, _ presented: LocatedAuthentication?, count: Int, in datagram: RawSpan
    ) -> ViolationReason? {
        guard let presented, count > 0 else { return .missingSecurityExtension }
        guard count == 1 else { return .other }
        guard presented.spi == association.spi else { return .badSPI }
        return association.verifies(presented, in: datagram) ? nil : .badAuthenticator
    }
}
