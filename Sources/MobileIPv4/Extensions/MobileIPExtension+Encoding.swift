extension MobileIPExtension {
    /// Appends the extension: type octet, header and data. Throws, with `octets` as they were, when the data is too long for its form.
    public func encode(into octets: inout [UInt8]) throws(ExtensionTooLong) {
        let start = octets.count
        octets.append(type.rawValue)
        if let subtype = longFormSubtype {
            octets.append(subtype)
            octets.append(bigEndian: 0 as UInt16)
            appendData(to: &octets)
            let length = octets.count - start - 4
            guard let field = UInt16(exactly: length) else {
                octets.removeSubrange(start...)
                throw ExtensionTooLong(type: type, dataLength: length, limit: Int(UInt16.max))
            }
            octets[start + 2] = UInt8(truncatingIfNeeded: field >> 8)
            octets[start + 3] = UInt8(truncatingIfNeeded: field)
        } else {
            octets.append(0)
            appendData(to: &octets)
            let length = octets.count - start - 2
            guard let field = UInt8(exactly: length) else {
                octets.removeSubrange(start...)
                throw ExtensionTooLong(type: type, dataLength: length, limit: Int(UInt8.max))
            }
            octets[start + 1] = field
        }
    }

    /// The Sub-Type octet of the long form; nil when the extension travels in the short form.
    private var longFormSubtype: UInt8? {
        switch self {
        case .generalizedAuthentication(let subtype, _): subtype.rawValue
        case .criticalVendorSpecific, .greKey: 0
        case .mobileForeignKeyRequest(let request), .mobileHomeKeyRequest(let request): request.subtype
        case .mobileForeignKeyReply(let reply), .mobileHomeKeyReply(let reply): reply.subtype
        case .proxyNonSkippable(let parameter): parameter.subtype
        case .dynamicHomeAgent(let agent): agent.isShortForm ? nil : agent.purpose.rawValue
        default: nil
        }
    }

    private func appendData(to octets: inout [UInt8]) {
        switch self {
        case .mobileHomeAuthentication(let data), .mobileForeignAuthentication(let data), .foreignHomeAuthentication(let data),
            .generalizedAuthentication(_, let data):
            octets.append(bigEndian: data.spi.rawValue)
            octets.append(contentsOf: data.authenticator)
        case .criticalVendorSpecific(let data): data.append(to: &octets)
        case .normalVendorSpecific(let data):
            octets.append(bigEndian: 0 as UInt16)
            data.append(to: &octets)
        case .mobileForeignKeyRequest(let request), .mobileHomeKeyRequest(let request):
            octets.append(bigEndian: request.mobileNodeSPI.rawValue)
        case .mobileForeignKeyReply(let reply), .mobileHomeKeyReply(let reply): reply.append(to: &octets)
        case .udpTunnelRequest(let request):
            octets.append(contentsOf: [0, 0, request.flags.rawValue, request.encapsulation])
            octets.append(bigEndian: request.reserved)
        case .udpTunnelReply(let reply):
            octets.append(contentsOf: [0, reply.code])
            octets.append(bigEndian: reply.isForced ? 0x8000 : 0 as UInt16)
            octets.append(bigEndian: reply.keepaliveInterval)
        case .foreignAgentError(let status): octets.append(contentsOf: [0, status.rawValue])
        case .gatewayForeignAgent(let address), .hierarchicalForeignAgent(let address):
            octets.append(bigEndian: address.rawValue)
        case .proxyNonSkippable(let parameter): octets.append(contentsOf: parameter.value)
        case .greKey(let key): octets.append(bigEndian: key)
        case .encapsulatingDeliveryStyle: break
        case .mobileNodeNAI(let nai): octets.append(contentsOf: nai.octets)
        case .challenge(let challenge): octets.append(contentsOf: challenge)
        case .naiCarrying(let carried):
            octets.append(carried.owner.rawValue)
            octets.append(contentsOf: carried.nai.octets)
        case .revocationSupport(let support):
            octets.append(bigEndian: support.informsMobileNode ? 0x8000 : 0 as UInt16)
            octets.append(bigEndian: support.timestamp)
        case .dynamicHomeAgent(let agent):
            if agent.isShortForm { octets.append(agent.purpose.rawValue) }
            octets.append(bigEndian: agent.address.rawValue)
        case .replayProtectionStyle(let protection):
            octets.append(bigEndian: protection.style)
            if let initial = protection.initialIdentification { octets.append(bigEndian: initial.rawValue) }
        case .regionalLifetime(let lifetime):
            octets.append(bigEndian: 0 as UInt16)
            octets.append(bigEndian: lifetime)
        case .messageString(let message):
            octets.append(message.author.rawValue)
            octets.append(contentsOf: message.text.utf8)
        case .proxySkippable(let parameter), .dualStack(let parameter):
            octets.append(parameter.subtype)
            octets.append(contentsOf: parameter.value)
        case .mobileNetwork(let network): network.append(to: &octets)
        case .unknown(_, let data): octets.append(contentsOf: data)
        }
    }
}

extension VendorSpecific {
    fileprivate func append(to octets: inout [UInt8]) {
        octets.append(bigEndian: vendor)
        octets.append(bigEndian: vendorType)
        octets.append(contentsOf: value)
    }
}

extension KeyGenerationReply {
    fileprivate func append(to octets: inout [UInt8]) {
        octets.append(bigEndian: lifetime)
        octets.append(bigEndian: aaaSPI.rawValue)
        octets.append(bigEndian: agentSPI.rawValue)
        octets.append(bigEndian: algorithm)
        octets.append(bigEndian: replayMethod)
        octets.append(contentsOf: nonce)
    }
}

extension MobileNetwork {
    fileprivate func append(to octets: inout [UInt8]) {
        switch kind {
        case .request: octets.append(contentsOf: [0, prefixLength])
        case .explicitAcknowledgment(let code): octets.append(contentsOf: [1, code, prefixLength, 0])
        case .implicitAcknowledgment(let code): octets.append(contentsOf: [2, code, prefixLength, 0])
        }
        octets.append(bigEndian: prefix.rawValue)
    }
}
