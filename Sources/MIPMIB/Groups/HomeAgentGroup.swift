import AgentModel
import ManagementCore
import MobileIPv4

/// mipHA, 1.6.
enum HomeAgentGroup {
    static var leaves: [MIBLeaf] {
        bindings.columns(bindingColumns) + nodes.columns(nodeColumns) + counters
    }

    // MARK: - haMobilityBindingTable

    private static let bindings = MIBTable<Binding>(
        entry: [1, 6, 3, 1, 1], index: ["haMobilityBindingMN", "haMobilityBindingCOA"],
        bounds: IndexCoding.address + IndexCoding.address,
        find: { view, fields in view.state.bindings[key(fields)] },
        seek: { view, position in
            let key = key(position.fields)
            return (position.isAfter ? view.state.bindings.successor(of: key) : view.state.bindings.ceiling(key))?.row
        },
        appendIndex: { row, name in
            IndexCoding.append(row.homeAddress, to: &name)
            IndexCoding.append(row.careOfAddress, to: &name)
        })

    private static func key(_ fields: [UInt32]) -> BindingKey {
        BindingKey(homeAddress: IndexCoding.address(fields), careOfAddress: IndexCoding.address(fields, at: 4))
    }

    private static let bindingColumns: [MIBColumn<Binding>] = [
        MIBColumn(1, "haMobilityBindingMN", .ipAddress, "The home address.") { row, _ in .ipAddress(row.homeAddress) },
        MIBColumn(2, "haMobilityBindingCOA", .ipAddress, "The care-of address.") { row, _ in
            .ipAddress(row.careOfAddress)
        },
        MIBColumn(3, "haMobilityBindingSourceAddress", .ipAddress, "Source address of the last request.") { row, _ in
            .ipAddress(row.sourceAddress)
        },
        MIBColumn(4, "haMobilityBindingRegFlags", RegistrationFlags.mibSyntax, "Flags of the last request.") { row, _ in
            .octets([row.flags.mibOctet])
        },
        MIBColumn(5, "haMobilityBindingRegIDLow", .integer32(nil), "Low half of the identification.") { row, _ in
            .integer(bits: row.identification.low)
        },
        MIBColumn(6, "haMobilityBindingRegIDHigh", .integer32(nil), "High half of the identification.") { row, _ in
            .integer(bits: row.identification.high)
        },
        MIBColumn(7, "haMobilityBindingTimeGranted", .integer32(nil), "Seconds granted; 65535 never expires.") { row, _ in
            .integer(Int32(row.lifetimeGranted))
        },
        MIBColumn(8, "haMobilityBindingTimeRemaining", .gauge32, "Seconds left; 65535 never expires.") { row, view in
            .gauge(view.state.secondsRemaining(until: row.expires))
        },
    ]

    // MARK: - haCounterTable

    private static let nodes = MIBTable<MobileNodeService>(
        entry: [1, 6, 3, 2, 1], index: ["haMobilityBindingMN"], bounds: IndexCoding.address,
        find: { view, fields in view.state.mobileNodes[IndexCoding.address(fields)] },
        seek: { view, position in
            let key = IndexCoding.address(position.fields)
            return (position.isAfter ? view.state.mobileNodes.successor(of: key) : view.state.mobileNodes.ceiling(key))?.row
        },
        appendIndex: { row, name in IndexCoding.append(row.homeAddress, to: &name) })

    private static let deniedCodes: [MIBSyntax.NamedNumber] = [
        .init("reasonUnspecified", 128), .init("admProhibited", 129), .init("insufficientResource", 130),
        .init("mnAuthenticationFailure", 131), .init("faAuthenticationFailure", 132), .init("idMismatch", 133),
        .init("poorlyFormedRequest", 134), .init("tooManyBindings", 135), .init("unknownHA", 136),
    ]

    private static let nodeColumns: [MIBColumn<MobileNodeService>] = [
        MIBColumn(2, "haServiceRequestsAccepted", .counter32, "Requests of this node answered with 0 or 1.") { row, _ in
            .counter(low: row.accepted)
        },
        MIBColumn(3, "haServiceRequestsDenied", .counter32, "Requests of this node answered with 128 to 159.") { row, _ in
            .counter(low: row.denied)
        },
        MIBColumn(4, "haOverallServiceTime", .gauge32, "Seconds of service so far.") { row, view in
            var seconds = row.serviceTime
            if let since = row.servingSince, let now = view.state.agentTime {
                seconds &+= UInt64(max(0, now.milliseconds(since: since) / 1000))
            }
            return .gauge(clamping: seconds)
        },
        MIBColumn(5, "haRecentServiceAcceptedTime", .timeStamp, "When a request was last accepted.") { row, view in
            view.timeStamp(row.recentAccepted)
        },
        MIBColumn(6, "haRecentServiceDeniedTime", .timeStamp, "When a request was last denied.") { row, view in
            view.timeStamp(row.recentDenied)
        },
        MIBColumn(
            7, "haRecentServiceDeniedCode", .enumeration(deniedCodes), "The code of the last denial; absent without one."
        ) { row, _ in row.recentDeniedCode.map { .integer(Int32($0)) } },
    ]

    // MARK: - Scalars

    private static func counter(
        _ number: UInt, _ name: String, _ summary: String, _ value: @escaping @Sendable (HomeAgentCounters) -> UInt64
    ) -> MIBLeaf {
        .scalar([1, 6, 3, number], name, .counter32, summary) { view in
            view.state.plays(.homeAgent) ? view.state.counters.homeAgent.map { .counter(low: value($0)) } : nil
        }
    }

    private static func replies(_ number: UInt, _ name: String, _ code: ReplyCode) -> MIBLeaf {
        counter(number, name, "Replies sent with code \(code).") { $0.repliesSentByCode[code] }
    }

    private static var counters: [MIBLeaf] {
        [
            replies(3, "haRegistrationAccepted", .accepted),
            replies(4, "haMultiBindingUnsupported", .acceptedSimultaneousBindingsUnsupported),
            replies(5, "haReasonUnspecified", .haReasonUnspecified),
            replies(6, "haAdmProhibited", .haAdministrativelyProhibited),
            replies(7, "haInsufficientResource", .haInsufficientResources),
            replies(8, "haMNAuthenticationFailure", .haMobileNodeFailedAuthentication),
            replies(9, "haFAAuthenticationFailure", .haForeignAgentFailedAuthentication),
            replies(10, "haIDMismatch", .haIdentificationMismatch),
            replies(11, "haPoorlyFormedRequest", .haPoorlyFormedRequest),
            replies(12, "haTooManyBindings", .haTooManySimultaneousBindings),
            replies(13, "haUnknownHA", .haUnknownHomeAgentAddress),
            counter(14, "haGratuitiousARPsSent", "Gratuitous ARPs sent for mobile nodes.") { $0.gratuitousARPsSent },
            counter(15, "haProxyARPsSent", "Proxy ARP answers for mobile nodes.") { $0.proxyARPsSent },
            counter(16, "haRegRequestsReceived", "Requests received.") { $0.requestsReceived },
            counter(17, "haDeRegRequestsReceived", "Requests received with lifetime 0.") { $0.deregistrationRequestsReceived },
            counter(18, "haRegRepliesSent", "Replies sent.") { $0.repliesSent },
            counter(19, "haDeRegRepliesSent", "Replies sent to requests with lifetime 0.") { $0.deregistrationRepliesSent },
        ]
    }
}
