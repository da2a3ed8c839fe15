package import AgentModel
package import JSON

/// The kinds of change, named after the members of `type Change` in the interface description.
package enum ChangeKind: String, CodingKey, CaseIterable, Sendable {
    case information, counters, binding, bindingRemoved, visitor, visitorRemoved, association, associationRemoved
    case violation, violationRemoved, mobileNode, mobileNodeRemoved
    case mobileNodeStatus, registration, registrationRemoved, foreignAgent, foreignAgentRemoved
    case pending, pendingRemoved
    case tunnel, tunnelRemoved, traffic, trafficRemoved, advertising, advertisingRemoved, event
    case exchange, exchangeRemoved
    case extensionUse
}

/// Takes a change as its kind and the record it carries: a writer of some form.
package protocol ChangeTarget {
    mutating func take(_ record: some Record & Encodable, as kind: ChangeKind) throws
    mutating func take(_ counters: AgentCounters) throws
}

/// Provides the record of a change whose kind is known: a reader of some form.
package protocol ChangeSource {
    mutating func record<R: Record & Decodable>() throws -> R
    mutating func counters() throws -> AgentCounters
}

extension StateChange {
    /// Passes the kind and the record to the target.
    package func hand(to target: inout some ChangeTarget) throws {
        switch self {
        case .information(let row): try target.take(row, as: .information)
        case .counters(let counters): try target.take(counters)
        case .binding(let row): try target.take(row, as: .binding)
        case .bindingRemoved(let key, let reason): try target.take(EndedRow(key: key, reason: reason), as: .bindingRemoved)
        case .visitor(let row): try target.take(row, as: .visitor)
        case .visitorRemoved(let key, let reason): try target.take(EndedRow(key: key, reason: reason), as: .visitorRemoved)
        case .association(let row): try target.take(row, as: .association)
        case .associationRemoved(let key): try target.take(key, as: .associationRemoved)
        case .violation(let row): try target.take(row, as: .violation)
        case .violationRemoved(let violator): try target.take(ViolatorRemoved(violator: violator), as: .violationRemoved)
        case .mobileNode(let row): try target.take(row, as: .mobileNode)
        case .mobileNodeRemoved(let address): try target.take(NodeRemoved(homeAddress: address), as: .mobileNodeRemoved)
        case .mobileNodeStatus(let row): try target.take(row, as: .mobileNodeStatus)
        case .registration(let row): try target.take(row, as: .registration)
        case .registrationRemoved(let key): try target.take(key, as: .registrationRemoved)
        case .foreignAgent(let row): try target.take(row, as: .foreignAgent)
        case .foreignAgentRemoved(let key): try target.take(key, as: .foreignAgentRemoved)
        case .pending(let row): try target.take(row, as: .pending)
        case .pendingRemoved(let key): try target.take(key, as: .pendingRemoved)
        case .tunnel(let row): try target.take(row, as: .tunnel)
        case .tunnelRemoved(let key): try target.take(key, as: .tunnelRemoved)
        case .traffic(let row): try target.take(row, as: .traffic)
        case .trafficRemoved(let key): try target.take(key, as: .trafficRemoved)
        case .advertising(let row): try target.take(row, as: .advertising)
        case .advertisingRemoved(let address): try target.take(AdvertisingRemoved(address: address), as: .advertisingRemoved)
        case .event(let event): try target.take(event, as: .event)
        case .exchange(let row): try target.take(row, as: .exchange)
        case .exchangeRemoved(let key): try target.take(key, as: .exchangeRemoved)
        case .extensionUse(let row): try target.take(row, as: .extensionUse)
        }
    }

    /// Makes a change of this kind with the record from the source.
    package init(_ kind: ChangeKind, from source: inout some ChangeSource) throws {
        switch kind {
        case .information: self = .information(try source.record())
        case .counters: self = .counters(try source.counters())
        case .binding: self = .binding(try source.record())
        case .bindingRemoved:
            let ended: EndedRow<BindingKey> = try source.record()
            self = .bindingRemoved(ended.key, ended.reason)
        case .visitor: self = .visitor(try source.record())
        case .visitorRemoved:
            let ended: EndedRow<VisitorKey> = try source.record()
            self = .visitorRemoved(ended.key, ended.reason)
        case .association: self = .association(try source.record())
        case .associationRemoved: self = .associationRemoved(try source.record())
        case .violation: self = .violation(try source.record())
        case .violationRemoved:
            let removed: ViolatorRemoved = try source.record()
            self = .violationRemoved(removed.violator)
        case .mobileNode: self = .mobileNode(try source.record())
        case .mobileNodeRemoved:
            let removed: NodeRemoved = try source.record()
            self = .mobileNodeRemoved(removed.homeAddress)
        case .mobileNodeStatus: self = .mobileNodeStatus(try source.record())
        case .registration: self = .registration(try source.record())
        case .registrationRemoved: self = .registrationRemoved(try source.record())
        case .foreignAgent: self = .foreignAgent(try source.record())
        case .foreignAgentRemoved: self = .foreignAgentRemoved(try source.record())
        case .pending: self = .pending(try source.record())
        case .pendingRemoved: self = .pendingRemoved(try source.record())
        case .tunnel: self = .tunnel(try source.record())
        case .tunnelRemoved: self = .tunnelRemoved(try source.record())
        case .traffic: self = .traffic(try source.record())
        case .trafficRemoved: self = .trafficRemoved(try source.record())
        case .advertising: self = .advertising(try source.record())
        case .advertisingRemoved:
            let removed: AdvertisingRemoved = try source.record()
            self = .advertisingRemoved(removed.address)
        case .event: self = .event(try source.record())
        case .exchange: self = .exchange(try source.record())
        case .exchangeRemoved: self = .exchangeRemoved(try source.record())
        case .extensionUse: self = .extensionUse(try source.record())
        }
    }
}

extension ChangeKind {
    /// The type of record that a change of this kind carries; nil for counters, which are not a record.
    package var record: (any Record.Type)? {
        var finder = RecordFinder()
        _ = try? StateChange(self, from: &finder)
        return finder.found
    }

    /// Every type of record that changes carry, including nested ones, by name in the interface description.
    package static let records: [String: any Record.Type] = {
        var found: [String: any Record.Type] = [:]
        var wanted = allCases.compactMap(\.record)
        while let record = wanted.popLast() {
            guard found.updateValue(record, forKey: record.typeName) == nil else { continue }
            wanted += RecordShape(of: record).members.compactMap(\.form.record)
        }
        return found
    }()
}

/// Finds out which record type a kind requires.
private struct RecordFinder: ChangeSource {
    struct IsFound: Error {}
    var found: (any Record.Type)?

    mutating func record<R: Record & Decodable>() throws -> R {
        found = R.self
        throw IsFound()
    }

    mutating func counters() throws -> AgentCounters { throw IsFound() }
}
