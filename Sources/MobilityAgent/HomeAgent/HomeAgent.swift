import AgentModel
import MobileIPv4

/// A home agent: answers Registration Requests and keeps the bindings (RFC 5944 §3.8).
struct HomeAgent {
    @Boxed var configuration: HomeAgentConfiguration
    let addresses: Set<IPv4Address>
    let directedBroadcasts: Set<IPv4Address>
    /// The care-of addresses of the foreign agent in the same process.
    var visitedAddresses: Set<IPv4Address>
    var mobileNodeAssociations: AssociationDirectory
    var foreignAgentAssociations: AssociationDirectory
    let authenticationServer: AssociationDirectory
    /// The messages and extensions that it acts on.
    var understanding: RoleUnderstanding
    /// What it knows of vendors and experiments.
    var known: KnownExtensions
    var assignments: AddressAssignments
    var nodes: MobileNodeTable
    var bindings = BindingTable()
    /// Identifications of denied requests, which are refused when they come again.
    var denied = DeniedIdentifications()
    /// The timestamps, from the first to the last, that nodes have used up that are no longer in the table.
    var forgotten: IdentificationRange?
    /// What the two ends of each binding have agreed on about its revocation.
    var revocationTerms = RevocationTermsTable()
    /// The bindings that foreign agents have revoked.
    var revokedByPeers = EndedRegistrations()
    /// Texts in replies that anyone can cause.
    var repeatableTexts = PerSecondLimiter.messageStrings
    /// How far the agent has got with ending its bindings; nil while it ends none.
    var withdrawal: Withdrawal?
    /// The agent's work on moving its nodes to other home agents; nil while it moves none.
    @Boxed var drain: DrainState? = nil
    /// The services that it offers.
    let services: [ServiceIdentifier: ServicePolicy]
    /// How many nodes without an identifier have been sent to other home agents, which they get in turn.
    var redirectionTurn: UInt = 0
    /// What is to be saved.
    var unsaved = UnsavedRecords()
    @Boxed var counters = HomeAgentCounters()
    /// True from the first refusal for lack of room until a tenth of the room is free.
    var isFull = false

    init(
        _ role: HomeAgentConfiguration, in configuration: MobilityAgentConfiguration,
        _ associations: [ConfiguredSecurityAssociation]
    ) {
        var role = role
        role.settings = configuration.initialSettings
        self.configuration = role
        addresses = Set(role.endpoints.map(\.address))
        visitedAddresses = Set(configuration.foreignAgent?.careOfAddresses ?? [])
        directedBroadcasts = Set(role.homeNetworks.compactMap(\.directedBroadcast))
        mobileNodeAssociations = AssociationDirectory(
            associations, in: configuration, ownRole: .homeAgent, peerRole: .mobileNode)
        foreignAgentAssociations = AssociationDirectory(
            associations, in: configuration, ownRole: .homeAgent, peerRole: .foreignAgent)
        authenticationServer = AssociationDirectory(configuration.authenticationServerAssociations)
        understanding = Self.understanding(role)
        known = KnownExtensions(role)
        assignments = AddressAssignments(
            fixed: role.addressesByNAI, pool: role.addressPool, retention: role.addressRetention, services: role.services)
        services = Dictionary(role.services.map { ($0.service, $0) }, uniquingKeysWith: { first, _ in first })
        nodes = MobileNodeTable(limit: max(1, Int(role.nodesRemembered)))
    }

    /// True for a local endpoint on which requests for this role arrive.
    func listens(on local: TransportEndpoint) -> Bool {
        configuration.endpoints.contains(local)
            || directedBroadcasts.contains(local.address) && configuration.endpoints.contains { $0.port == local.port }
    }

    /// True when a Home Agent field designates this home agent, by its own address or by one that discovers it.
    func isMeant(by homeAgent: IPv4Address) -> Bool {
        addresses.contains(homeAgent) || directedBroadcasts.contains(homeAgent)
    }

    /// True when this home agent is responsible for bindings of `homeAddress`.
    func serves(_ homeAddress: IPv4Address) -> Bool {
        guard homeAddress.isUnicast, !addresses.contains(homeAddress), !directedBroadcasts.contains(homeAddress) else {
            return false
        }
        return configuration.homeNetworks.contains { $0.contains(homeAddress) && ($0.length > 30 || $0.network != homeAddress) }
            || assignments.owner(of: homeAddress) != nil
    }

    mutating func receive(
        _ datagram: RawSpan, from source: TransportEndpoint, to local: TransportEndpoint, at now: Moment,
        shared: inout SharedAgentState, effects: inout AgentEffects
    ) {
        guard let understood = understanding[.registrationRequest] else { return }
        let request: RegistrationRequest
        do {
            request = try RegistrationRequest(decoding: datagram)
        } catch {
            counters.discards[.malformed] += 1
            return
        }
        counters.requestsReceived += 1
        if request.lifetime == .deregistration { counters.deregistrationRequestsReceived += 1 }

        var isPoorlyFormed = false
        let scan: ExtensionScan
        do {
            (scan, isPoorlyFormed) = try ExtensionScan.readable(
                datagram, from: RegistrationRequest.fixedSize, understanding: understood)
        } catch {
            counters.discards[DiscardReason(error)] += 1
            count(kind(of: request, node: nodes.find(request.homeAddress))) { $0.discarded += 1 }
            return
        }
        counters.extensionsSkipped += UInt64(scan.skipped)
        skipUnknownExperiments(scan)
        guard
            !shared.findsUnknownExperiment(
                in: scan, known, isAuthentic: false, from: source.address, at: now, &effects)
        else {
            counters.discards[.unknownExtension] += 1
            count(kind(of: request, node: nodes.find(request.homeAddress))) { $0.discarded += 1 }
            return
        }

        var incoming = IncomingRequest(
            request, scan, of: datagram, isPoorlyFormed: isPoorlyFormed, from: source, to: local, now: now,
            time: shared.time(now), replySource: replySource(local))
        if request.isForAnyHomeAgent { counters.dynamicRequests += 1 }
        countVendorExtensions(incoming)
        do throws(Refusal) {
            try decide(datagram, &incoming, &shared, &effects)
            let kind = kind(of: request, node: incoming.node)
            let code = try update(&incoming, &shared, &effects)
            useUpIdentification(&incoming, accepted: true, &shared)
            count(kind) { $0.accepted += 1 }
            reply(code, incoming, &shared, &effects)
            noteUnsaved(incoming)
            noteExtensions(incoming, .served, &shared, &effects)
        } catch {
            if incoming.isAuthentic { noteExtensions(incoming, MessageOutcome(error), &shared, &effects) }
            let kind = kind(of: request, node: incoming.node ?? nodes.find(incoming.homeAddress))
            switch error {
            case .discard(let reason):
                counters.discards[reason] += 1
                count(kind) { $0.discarded += 1 }
                noteDiscarded(incoming, &effects)
            case .deny(let code):
                count(kind) { $0.denied += 1 }
                let concernsNode = code.concernsNode && !incoming.isDueToForeignAgent
                if concernsNode { useUpIdentification(&incoming, accepted: false, &shared) }
                reply(code, incoming, &shared, &effects)
                if concernsNode { noteUnsaved(incoming) }
            }
        }
    }

    /// Marks the node to be saved, unless the request is one that anyone can repeat, which must not keep the disk busy.
    private mutating func noteUnsaved(_ incoming: IncomingRequest) {
        guard incoming.isInSequence, let node = incoming.node else { return }
        unsaved.insert(mobileNode: nodes[node].service.homeAddress)
    }

    /// The kind of a request, given the current state.
    private func kind(of request: RegistrationRequest, node: Int?) -> RequestKind {
        if request.lifetime == .deregistration { return .deregistration }
        guard let node, bindings.find(request.careOfAddress, from: nodes[node].firstBinding) != nil else { return .initial }
        return .renewal
    }

    private mutating func count(_ kind: RequestKind, _ outcome: (inout RequestOutcomes) -> Void) {
        counters.outcomes[kind].received += 1
        outcome(&counters.outcomes[kind])
    }

    /// When `advance` is due, in nanoseconds of `Moment.uptime`.
    var nextDeadline: Int64? { bindings.nextDeadline.earlier(or: featureDeadline) }

    mutating func advance(to now: Moment, shared: inout SharedAgentState, effects: inout AgentEffects) {
        advanceFeatures(to: now, &shared, &effects)
        for _ in 0..<MobilityAgent.advanceLimit {
            guard let slot = bindings.popExpired(now.uptime) else { return }
            let binding = bindings[slot].binding
            counters.bindingsExpired += 1
            end(slot, .expired, at: now, &shared, &effects)
            effects.changes.append(
                .event(
                    AgentEvent(
                        time: shared.time(now), kind: .expired, role: .homeAgent, homeAddress: binding.homeAddress,
                        nai: binding.nai, careOfAddress: binding.careOfAddress, homeAgent: binding.homeAgent,
                        message: "the binding of \(binding.homeAddress) at \(binding.careOfAddress) expired")))
        }
    }

    /// The source of an answer: the endpoint to which the request was sent, or this agent's own if that was a broadcast address.
    private func replySource(_ local: TransportEndpoint) -> TransportEndpoint {
        if addresses.contains(local.address) { return local }
        return configuration.endpoints.first { $0.port == local.port } ?? configuration.endpoints.first ?? local
    }
}
