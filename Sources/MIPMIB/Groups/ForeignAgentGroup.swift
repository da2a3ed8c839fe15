import AgentModel
import ManagementCore
import MobileIPv4

/// mipFA, 1.5.
enum ForeignAgentGroup {
    static var leaves: [MIBLeaf] {
        careOfAddresses.columns(careOfAddressColumns) + visitors.columns(visitorColumns) + advertisement + counters
    }

    // MARK: - faCOATable

    private static let careOfAddresses = MIBTable<IPv4Address>(
        entry: [1, 5, 1, 1, 1], index: ["faSupportedCOA"], bounds: IndexCoding.address,
        find: { view, fields in
            let address = IndexCoding.address(fields)
            return addresses(view).contains(address) ? address : nil
        },
        seek: { view, position in
            let start = IndexCoding.address(position.fields)
            return addresses(view).filter { position.isAfter ? $0 > start : $0 >= start }.min()
        },
        appendIndex: { address, name in IndexCoding.append(address, to: &name) })

    private static func addresses(_ view: MIBView) -> [IPv4Address] {
        view.state.plays(.foreignAgent) ? view.state.information?.careOfAddresses ?? [] : []
    }

    private static let careOfAddressColumns: [MIBColumn<IPv4Address>] = [
        MIBColumn(2, "faCOAStatus", .rowStatus, "active(1) for every care-of address on offer.", access: .readCreate) { _, _ in
            .integer(1)
        }
    ]

    // MARK: - faVisitorTable

    /// RFC 2006 keys visitors by the source address of their request; of several with one address the first shows.
    private static let visitors = MIBTable<Visitor>(
        entry: [1, 5, 3, 1, 1], index: ["faVisitorIPAddress"], bounds: IndexCoding.address,
        find: { view, fields in
            let address = IndexCoding.address(fields)
            guard let found = view.state.visitors.ceiling(first(of: address))?.row, found.sourceAddress == address
            else { return nil }
            return found
        },
        seek: { view, position in
            var address = IndexCoding.address(position.fields)
            if position.isAfter {
                guard address < .limitedBroadcast else { return nil }
                address.rawValue += 1
            }
            return view.state.visitors.ceiling(first(of: address))?.row
        },
        appendIndex: { row, name in IndexCoding.append(row.sourceAddress, to: &name) })

    private static func first(of source: IPv4Address) -> VisitorKey {
        VisitorKey(sourceAddress: source, homeAddress: .zero, nai: nil)
    }

    private static let visitorColumns: [MIBColumn<Visitor>] = [
        MIBColumn(1, "faVisitorIPAddress", .ipAddress, "Source address of the visitor's request.") { row, _ in
            .ipAddress(row.sourceAddress)
        },
        MIBColumn(2, "faVisitorHomeAddress", .ipAddress, "The visitor's home address.") { row, _ in
            .ipAddress(row.homeAddress)
        },
        MIBColumn(3, "faVisitorHomeAgentAddress", .ipAddress, "The visitor's home agent.") { row, _ in
            .ipAddress(row.homeAgent)
        },
        MIBColumn(4, "faVisitorTimeGranted", .integer32(nil), "Seconds granted; 65535 never expires.") { row, _ in
            .integer(Int32(row.lifetimeGranted))
        },
        MIBColumn(5, "faVisitorTimeRemaining", .gauge32, "Seconds left; 65535 never expires.") { row, view in
            row.state == .pending ? .gauge(0) : .gauge(view.state.secondsRemaining(until: row.expires))
        },
        MIBColumn(6, "faVisitorRegFlags", RegistrationFlags.mibSyntax, "Flags of the request.") { row, _ in
            .octets([row.flags.mibOctet])
        },
        MIBColumn(7, "faVisitorRegIDLow", .integer32(nil), "Low half of the identification.") { row, _ in
            .integer(bits: row.identification.low)
        },
        MIBColumn(8, "faVisitorRegIDHigh", .integer32(nil), "High half of the identification.") { row, _ in
            .integer(bits: row.identification.high)
        },
        MIBColumn(9, "faVisitorRegIsAccepted", .truthValue, "True once the home agent has accepted.") { row, _ in
            .truth(row.state == .accepted)
        },
    ]

    // MARK: - Scalars

    private static var advertisement: [MIBLeaf] {
        [
            .scalar([1, 5, 2, 1], "faIsBusy", .truthValue, "Whether no more visitors are taken.") { view in
                view.state.plays(.foreignAgent) ? view.state.information.map { .truth($0.busy) } : nil
            },
            .scalar(
                [1, 5, 2, 2], "faRegistrationRequired", .truthValue,
                "Whether nodes with a co-located care-of address must register here too.", access: .readWrite
            ) { view in view.state.plays(.foreignAgent) ? view.state.information.map { .truth($0.registrationRequired) } : nil },
        ]
    }

    private static func counter(
        _ number: UInt, _ name: String, _ summary: String, _ value: @escaping @Sendable (ForeignAgentCounters) -> UInt64
    ) -> MIBLeaf {
        .scalar([1, 5, 3, number], name, .counter32, summary) { view in
            view.state.plays(.foreignAgent) ? view.state.counters.foreignAgent.map { .counter(low: value($0)) } : nil
        }
    }

    /// Replies with this code that the foreign agent itself sent.
    private static func denials(_ number: UInt, _ name: String, _ code: ReplyCode) -> MIBLeaf {
        counter(number, name, "Replies sent with code \(code).") { $0.repliesSentByCode[code] }
    }

    private static var counters: [MIBLeaf] {
        [
            counter(2, "faRegRequestsReceived", "Well-formed requests received.") { $0.requestsReceived },
            counter(3, "faRegRequestsRelayed", "Requests passed to a home agent.") { $0.requestsRelayed },
            denials(4, "faReasonUnspecified", .faReasonUnspecified),
            denials(5, "faAdmProhibited", .faAdministrativelyProhibited),
            denials(6, "faInsufficientResource", .faInsufficientResources),
            denials(7, "faMNAuthenticationFailure", .faMobileNodeFailedAuthentication),
            denials(8, "faRegLifetimeTooLong", .faRequestedLifetimeTooLong),
            denials(9, "faPoorlyFormedRequests", .faPoorlyFormedRequest),
            denials(10, "faEncapsulationUnavailable", .faEncapsulationUnavailable),
            denials(11, "faVJCompressionUnavailable", .faVJCompressionUnavailable),
            counter(12, "faHAUnreachable", "Replies sent with codes 80 to 95.") { $0.repliesSentByCode.total(80...95) },
            counter(13, "faRegRepliesRecieved", "Well-formed replies received.") { $0.repliesReceived },
            counter(14, "faRegRepliesRelayed", "Replies passed to the mobile node.") { $0.repliesRelayed },
            denials(15, "faHAAuthenticationFailure", .faHomeAgentFailedAuthentication),
            denials(16, "faPoorlyFormedReplies", .faPoorlyFormedReply),
        ]
    }
}
