import AgentModel
import MobileIPv4

/// The bindings that a home agent must have, derived only from the requests that it accepted (RFC 5944 §3.8.2.2 and §3.8.3.2).
struct BindingModel {
    private struct Row: Equatable {
        var identification: UInt64
        /// When it ends, in nanoseconds of uptime; nil for never.
        var deadline: Int64?
    }

    private var rows: [BindingKey: Row] = [:]
    /// The identification of the last accepted request of each node that the agent remembers.
    private var newest: [IPv4Address: UInt64] = [:]
    let keepsSimultaneous: Bool
    let maximumLifetime: UInt16
    /// Nodes whose requests are not ordered by time.
    let nonceUsers: Set<IPv4Address>

    init(keepsSimultaneous: Bool, maximumLifetime: UInt16, nonceUsers: Set<IPv4Address>) {
        self.keepsSimultaneous = keepsSimultaneous
        self.maximumLifetime = maximumLifetime
        self.nonceUsers = nonceUsers
    }

    mutating func accept(_ request: RegistrationRequest, _ reply: RegistrationReply, at now: Moment) throws(Finding) {
        let home = reply.homeAddress
        let key = BindingKey(homeAddress: home, careOfAddress: request.careOfAddress)
        let identification = request.identification.rawValue
        let granted = reply.lifetime.rawValue
        guard granted <= min(request.lifetime.rawValue, maximumLifetime) else {
            throw Finding("granted \(granted) s of \(request.lifetime.rawValue) s requested and \(maximumLifetime) s offered")
        }
        if request.lifetime == .deregistration {
            if newest[home] != identification { try checkOrder(home, identification, now) }
            let endsAll = request.careOfAddress == home || request.careOfAddress == request.homeAddress
            rows = rows.filter { $0.key.homeAddress != home || !(endsAll || $0.key.careOfAddress == request.careOfAddress) }
            newest[home] = identification
            return
        }
        guard granted > 0 else { throw Finding("accepted a registration with lifetime 0") }
        // A repetition changes nothing.
        if rows[key]?.identification == identification { return }
        try checkOrder(home, identification, now)
        if !(request.flags.contains(.simultaneousBindings) && keepsSimultaneous) {
            rows = rows.filter { $0.key.homeAddress != home }
        }
        rows[key] = Row(
            identification: identification, deadline: granted == .max ? nil : now.uptime + Int64(granted) * 1_000_000_000)
        newest[home] = identification
    }

    private func checkOrder(_ home: IPv4Address, _ identification: UInt64, _ now: Moment) throws(Finding) {
        guard !nonceUsers.contains(home) else { return }
        if let last = newest[home], Int64(bitPattern: identification &- last) <= 0 {
            throw Finding("accepted an identification of \(home) that is not newer than the last one accepted")
        }
        let offset = Identification(rawValue: identification).seconds(since: Identification(unixNanoseconds: now.wallClock))
        if abs(offset) > 7.001 { throw Finding("accepted a timestamp of \(home) that is \(offset) s off; 7 s are tolerated") }
    }

    /// The agent no longer remembers anything about this node.
    mutating func forget(_ home: IPv4Address) { newest[home] = nil }

    mutating func advance(to uptime: Int64) { rows = rows.filter { $0.value.deadline.map { $0 > uptime } ?? true } }

    /// A foreign agent has revoked a binding, or this agent has ended it: registration is off, it is drained, or it refused a
    /// service.
    mutating func revoke(_ key: BindingKey) { rows[key] = nil }

    /// Takes over the rows after an operator changed them.
    mutating func adopt(_ bindings: [BindingKey: Binding], start: Timestamp) {
        rows = bindings.mapValues { binding in
            Row(
                identification: binding.identification.rawValue,
                deadline: binding.expires.map { $0.milliseconds(since: start) * 1_000_000 })
        }
    }

    func compare(with bindings: [BindingKey: Binding], start: Timestamp) throws(Finding) {
        guard bindings.count != rows.count || bindings.contains(where: { !matches($0.value, start) }) else { return }
        throw Finding("the bindings do not follow from the accepted requests: agent \(Array(bindings.values)), expected \(rows)")
    }

    private func matches(_ binding: Binding, _ start: Timestamp) -> Bool {
        guard let row = rows[binding.key] else { return false }
        return row.identification == binding.identification.rawValue
            && row.deadline == binding.expires.map { $0.milliseconds(since: start) * 1_000_000 }
    }
}
