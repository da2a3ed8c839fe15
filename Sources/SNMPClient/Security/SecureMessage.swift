/// A message of SNMPv3 with the user-based security model (RFC 3412 §6, RFC 3414 §2.4).
struct SecureMessage {
    struct Engine: Hashable, Sendable {
        var identifier: [UInt8] = []
        var boots: Int32 = 0
        var time: Int32 = 0
    }

    enum Problem: Error, Hashable {
        case malformed(BERError)
        /// The authenticator is wrong or missing.
        case notAuthentic
        case notDecryptable
    }

    var messageID: Int32
    var engine: Engine
    var userName: [UInt8]
    var pdu: ProtocolDataUnit
    /// Whether the message had a correct authenticator.
    var isAuthentic = false

    private static let authenticated: UInt8 = 1
    private static let privacy: UInt8 = 2
    private static let reportable: UInt8 = 4

    /// - Parameter salt: eight octets that are not used in any other message of this engine time.
    func encoded(keys: LocalizedKeys?, isPrivate: Bool, context: [UInt8], salt: [UInt8]) throws -> [UInt8] {
        var scoped = BERWriter()
        scoped.constructed { inner in
            inner.octetString(engine.identifier)
            inner.octetString(context)
            pdu.write(to: &inner)
        }
        let data =
            isPrivate
            ? try keys?.encrypt(scoped.octets, boots: engine.boots, time: engine.time, salt: salt) ?? [] : scoped.octets
        let code = Array(repeating: UInt8(0), count: keys?.codeLength ?? 0)
        let flags = (keys == nil ? 0 : Self.authenticated) | (isPrivate ? Self.privacy : 0) | Self.reportable
        func message(code: [UInt8]) -> [UInt8] {
            var security = BERWriter()
            security.constructed { parameters in
                parameters.octetString(engine.identifier)
                parameters.integer(Int64(engine.boots))
                parameters.integer(Int64(engine.time))
                parameters.octetString(userName)
                parameters.octetString(code)
                parameters.octetString(isPrivate ? salt : [])
            }
            var writer = BERWriter()
            writer.constructed { message in
                message.integer(3)
                message.constructed { header in
                    header.integer(Int64(messageID))
                    header.integer(65_507)
                    header.octetString([flags])
                    header.integer(3)
                }
                message.octetString(security.octets)
                if isPrivate { message.octetString(data) } else { message.append(data) }
            }
            return writer.octets
        }
        let plain = message(code: code)
        return keys.map { message(code: $0.code(for: plain)) } ?? plain
    }

    /// Reads a message. Its authenticator is checked with the keys, and an encrypted message is decrypted.
    init(_ octets: [UInt8], keys: LocalizedKeys?) throws(Problem) {
        let flags: UInt8
        var message: BERReader
        let code: [UInt8]
        let codeRange: Range<Int>
        let salt: [UInt8]
        do throws(BERError) {
            var reader = BERReader(octets)
            message = try reader.constructed(BERTag.sequence, "a message")
            guard try message.integer() == 3 else { throw BERError("the version is not SNMPv3", at: 0) }
            var header = try message.constructed(BERTag.sequence, "a header")
            messageID = try header.integer32()
            _ = try header.integer()
            flags = try header.octetString().first ?? 0
            guard try header.integer() == 3 else {
                throw BERError("the security model is not the user-based one", at: header.offset)
            }
            var security = try message.constructed(BERTag.octetString, "security parameters")
            var parameters = try security.constructed(BERTag.sequence, "security parameters")
            engine = Engine(
                identifier: try parameters.octetString(), boots: try parameters.integer32(), time: try parameters.integer32())
            userName = try parameters.octetString()
            codeRange = try parameters.octetStringRange()
            code = Array(octets[codeRange])
            salt = try parameters.octetString()
        } catch {
            throw .malformed(error)
        }
        if flags & Self.authenticated != 0 {
            guard let keys, code.count == keys.codeLength else { throw .notAuthentic }
            var plain = octets
            for index in codeRange { plain[index] = 0 }
            // In constant time.
            guard zip(keys.code(for: plain), code).reduce(0, { $0 | ($1.0 ^ $1.1) }) == 0 else { throw .notAuthentic }
            isAuthentic = true
        }
        do {
            var scoped: BERReader
            if flags & Self.privacy != 0 {
                guard let keys, isAuthentic, salt.count == 8 else { throw Problem.notDecryptable }
                let data = try message.octetString()
                guard let plain = try? keys.decrypt(data, boots: engine.boots, time: engine.time, salt: salt) else {
                    throw Problem.notDecryptable
                }
                var reader = BERReader(plain)
                scoped = try reader.constructed(BERTag.sequence, "a scoped PDU")
            } else {
                scoped = try message.constructed(BERTag.sequence, "a scoped PDU")
            }
            _ = try scoped.octetString()
            _ = try scoped.octetString()
            pdu = try ProtocolDataUnit(from: &scoped)
        } catch let error as BERError {
            throw .malformed(error)
        } catch let problem as Problem {
            throw problem
        } catch {
            throw .notDecryptable
        }
    }

    init(messageID: Int32, engine: Engine, userName: [UInt8], pdu: ProtocolDataUnit) {
        self.messageID = messageID
        self.engine = engine
        self.userName = userName
        self.pdu = pdu
    }
}
