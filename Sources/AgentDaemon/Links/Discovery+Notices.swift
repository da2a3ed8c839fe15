import AgentModel
import DataPlane
import Glibc
import Logging
import MobileIPv4
import MobilityAgent
import MobilityLink

/// Informing single visitors that their registrations were revoked (RFC 3543 §4.1).
extension Discovery {
    /// Sends each visitor an advertisement of its own, in a frame to where it was last seen, as far as the limits on these allow.
    ///
    /// - Parameter challenge: Called for a challenge of this length for advertisements from this address.
    func inform(_ notices: [VisitorNotice], at now: Moment, challenge: (IPv4Address, Int) -> [UInt8]?) {
        for notice in notices {
            guard let (index, address) = place(of: notice) else {
                logger.debug(
                    "cannot inform a visitor of a revocation: its link-layer address is unknown",
                    metadata: ["homeAddress": "\(notice.homeAddress)"])
                continue
            }
            guard noticeLimiter.admits(notice.homeAddress, at: now.uptime) else {
                if noticeLimiter.noteRefusal(at: now.uptime) {
                    logger.notice(
                        "visitors are not informed of revocations because there are too many at once",
                        metadata: ["limitPerSecond": "\(NoticeLimiter.perSecond)"])
                }
                continue
            }
            inform(notice, on: index, at: address, challenge)
        }
    }

    private func inform(
        _ notice: VisitorNotice, on index: Int, at address: LinkLayerAddress, _ challenge: (IPv4Address, Int) -> [UInt8]?
    ) {
        let visitor = notice.sourceAddress == .zero ? notice.homeAddress : notice.sourceAddress
        let link = links[index]
        guard let outgoing = makeNotice(on: index, to: visitor, { challenge(link.address, $0) }) else {
            logger.debug(
                "cannot inform a visitor of a revocation: the agent does not advertise itself on its link",
                metadata: ["homeAddress": "\(notice.homeAddress)", "interface": "\(link.name)"])
            return
        }
        let code = link.neighbors.send(outgoing.inIPv4(from: link.address), to: address)
        guard code != 0 else { return }
        logger.debug(
            "cannot inform a visitor of a revocation",
            metadata: [
                "homeAddress": "\(notice.homeAddress)", "interface": "\(link.name)",
                "error": "\(String(cString: strerror(code)))",
            ])
    }

    /// On which link a visitor was last seen, and its address there: the one that its accepted request came from, if that is known.
    private func place(of notice: VisitorNotice) -> (index: Int, address: LinkLayerAddress)? {
        let identified = links.latest(\.neighbors, of: notice.sourceAddress, identification: notice.identification)
        guard let seen = identified ?? links.latest(\.neighbors, of: notice.sourceAddress) else { return nil }
        return (seen.index, notice.linkLayer.map(LinkLayerAddress.init(low48:)) ?? seen.address)
    }
}

extension LinkLayerAddress {
    /// The address in the lower 48 bits.
    fileprivate init(low48 bits: UInt64) {
        func octet(_ shift: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: bits >> shift) }
        self.init(octet(40), octet(32), octet(24), octet(16), octet(8), octet(0))
    }
}
