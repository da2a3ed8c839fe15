import AgentModel
import MobileIPv4

extension HomeAgentConfiguration {
    /// Whether the agent answers nodes that ask for host configuration.
    var givesHostConfiguration: Bool { settings.discovery.hostConfiguration && !hostConfigurations.isEmpty }
}

/// Host configuration for nodes that ask for it (RFC 4332).
extension HomeAgent {
    /// The longest reply that is not fragmented on its way through tunnels and address translators, in bytes.
    private static let longestReply = 1400

    /// Determines whether the node asks for host configuration. The RFC defines only the selector 0; any other one is answered alike.
    func readHostConfiguration(_ datagram: RawSpan, _ incoming: inout IncomingRequest) {
        guard incoming.vendorExtensions.contains(where: { known.isServed($0) }) else { return }
        let (scan, part) = (incoming.scan, incoming.scan.homePart)
        for index in 0..<scan.count where scan[index].type == .normalVendorSpecific && part.contains(scan[index]) {
            guard let vendor = try? NormalVendorSpecific(scan[index], in: datagram).content,
                case .request? = HostConfiguration(vendor)
            else { continue }
            incoming.wishes.hostConfiguration = true
        }
    }

    /// Counts a request for host configuration.
    mutating func countHostConfiguration(_ incoming: IncomingRequest) {
        if incoming.wishes.hostConfiguration { counters.hostConfigurationRequests += 1 }
    }

    /// Appends what the configuration has for the node's home network to an acceptance, as far as there is room for it. Call last before
    /// the mobile node's authenticator is appended, which must cover it.
    mutating func appendHostConfiguration(_ code: ReplyCode, _ incoming: IncomingRequest, _ payload: inout [UInt8]) {
        guard incoming.wishes.hostConfiguration, code.isAccepted, !incoming.isDeregistration,
            let entry = hostConfiguration(of: incoming.homeAddress), passesLongReply(incoming)
        else { return }
        let (start, end) = (payload.count, Self.longestReply - lengthOfRest(incoming))
        var isTruncated = false
        for part in entry.parts {
            let before = payload.count
            do throws(ExtensionTooLong) {
                try NormalVendorSpecific(part.vendorSpecific).encode(into: &payload)
            } catch {
                isTruncated = true
            }
            guard payload.count > end else { continue }
            payload.removeSubrange(before...)
            isTruncated = true
        }
        // Without any value, there is no answer.
        guard payload.count > start else { return }
        counters.hostConfigurationAnswers += 1
        if isTruncated { counters.hostConfigurationTruncated += 1 }
    }

    /// The entry of the longest network that contains the address.
    private func hostConfiguration(of homeAddress: IPv4Address) -> HostConfigurationEntry? {
        configuration.hostConfigurations.filter { $0.network.contains(homeAddress) }.max { $0.network.length < $1.network.length }
    }

    /// How many bytes of a reply follow those for which there is an answer here.
    private func lengthOfRest(_ incoming: IncomingRequest) -> Int {
        var length = incoming.association?.authenticationLength ?? 0
        length += incoming.foreignHome?.authenticationLength ?? 0
        if let challenge = incoming.challenge { length += 2 + challenge.octets.count }
        if incoming.revocation?.isDirect == false { length += 8 }
        if incoming.wishes.isSelectionAdded, let selection = incoming.wishes.selection {
            length += 2 + selection.service.octets.count
        }
        return length
    }
}

extension ConfiguredSecurityAssociation {
    /// How many bytes an authentication extension in the short form takes: header, SPI and authenticator.
    fileprivate var authenticationLength: Int { 6 + association.algorithm.authenticatorLength }
}
