import AgentModel
import MobileIPv4

/// A binding as the state store keeps it, with the terms of its revocation if its ends have agreed on that.
struct KeptBinding {
    var binding: Binding
    var terms: RevocationTerms?
}

/// A revocation that the other end has not acknowledged, as the state store keeps it.
struct KeptRevocation {
    var revocation: PendingRevocation
    /// When the binding would have ended by itself; nil for never.
    var expires: Timestamp?
    /// The identifier of the last try; nil before the first.
    var identifier: UInt32?
}

extension RecordWriter {
    mutating func put(_ terms: RevocationTerms) {
        put(UInt8(terms.informing ? 1 : 0))
        put(terms.peerStamp)
        put(terms.ownStamp)
        put(terms.spi.rawValue)
    }

    /// - Parameter correction: Milliseconds by which the clock has stepped since the start, which the time includes.
    mutating func put(_ kept: KeptRevocation, correction: Int64) {
        let revocation = kept.revocation
        let reason: UInt8 =
            switch revocation.reason {
            case .replaced: 1
            case .deregistered: 2
            case .drained: 3
            default: 0
            }
        let form: UInt8 =
            (revocation.nai == nil ? 0 : 1) | (kept.expires == nil ? 0 : 2) | (revocation.isDirect ? 4 : 0)
            | (revocation.informsNode ? 8 : 0) | reason << 4 | (kept.identifier == nil ? 0 : 0x40)
        put(revocation.text.isEmpty ? form : form | 0x80)
        if let nai = revocation.nai { put(text: nai.description) }
        for address in [revocation.homeAgent, revocation.careOfAddress, revocation.sourceAddress] { put(address) }
        put(revocation.sourcePort)
        put(revocation.spi.rawValue)
        if let expires = kept.expires { put(expires.adding(milliseconds: -correction)) }
        if let identifier = kept.identifier { put(identifier) }
        if !revocation.text.isEmpty { put(text: revocation.text) }
    }
}

extension RecordReader {
    mutating func terms() throws(UnreadableRecord) -> RevocationTerms {
        let informing = try byte()
        guard informing <= 1 else { throw UnreadableRecord() }
        return RevocationTerms(
            informing: informing == 1, peerStamp: try number(UInt32.self), ownStamp: try number(UInt32.self),
            spi: SecurityParameterIndex(rawValue: try number(UInt32.self)))
    }

    /// - Parameter shift: The milliseconds to add to the time.
    mutating func revocation(
        of homeAddress: IPv4Address, shift: Int64
    ) throws(UnreadableRecord) -> KeptRevocation {
        let form = try byte()
        let reason = Int(form >> 4 & 3)
        let nai = form & 1 == 0 ? nil : NetworkAccessIdentifier(try text())
        guard (nai == nil) == (form & 1 == 0) else { throw UnreadableRecord() }
        let reasons: [EndReason] = [.administrativelyRevoked, .replaced, .deregistered, .drained]
        var revocation = PendingRevocation(
            homeAddress: homeAddress, nai: nai, homeAgent: try address(), careOfAddress: try address(),
            sourceAddress: try address(), sourcePort: try number(UInt16.self), isDirect: form & 4 != 0,
            informsNode: form & 8 != 0, reason: reasons[reason],
            spi: SecurityParameterIndex(rawValue: try number(UInt32.self)))
        let expires = form & 2 == 0 ? nil : try time().adding(milliseconds: shift)
        let identifier = form & 0x40 == 0 ? nil : try number(UInt32.self)
        if form & 0x80 != 0 {
            revocation.text = try text()
            guard !revocation.text.isEmpty else { throw UnreadableRecord() }
        }
        return KeptRevocation(revocation: revocation, expires: expires, identifier: identifier)
    }
}
