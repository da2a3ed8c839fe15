import MIPTesting
import MobileIPv4
import Testing

@Suite("Which extensions of a message are understood")
struct ExtensionUnderstandingTests {
    private static func scan(
        _ octets: [UInt8], _ entries: [ExtensionUnderstanding.Entry]
    ) throws(MessageError) -> ExtensionScan {
        try ExtensionScan(octets.span.bytes, from: 0, understanding: ExtensionUnderstanding(entries))
    }

    @Test("A type of 0 to 127 that is not understood stops the scan, even when it is truncated")
    func critical() {
        #expect(throws: MessageError.unknownCriticalExtension(type: 48, offset: 1)) { try Self.scan([0, 48], []) }
        #expect(throws: MessageError.extensionOverrun(type: 48, offset: 1)) { try Self.scan([0, 48], [.all(GREKey.self)]) }
    }

    @Test("An understood type with a Sub-Type that is not understood is treated as an undefined type of the same range")
    func subtypes() throws {
        let key: [UInt8] = [48, 9, 0, 4, 1, 2, 3, 4]
        #expect(throws: MessageError.unknownCriticalExtension(type: 48, offset: 0)) { try Self.scan(key, [.all(GREKey.self)]) }
        let words: [UInt8] = [145, 3, 9, 97, 98] + [145, 3, 1, 97, 98]
        let scan = try Self.scan(words, [.all(MessageString.self)])
        #expect(scan.skipped == 1 && scan.count == 1)
        #expect(try scan.read(MessageString.self, in: words.span.bytes) == MessageString(author: .homeAgent, clipping: "ab"))
        let one = try Self.scan(words, [.only(MessageString.self, subtypes: [9])])
        #expect(one.first(.messageString)?.start == 0 && one.skipped == 1)
    }

    @Test("A short extension that ends before its Sub-Type is not understood", arguments: [(UInt8(45), true), (145, false)])
    func withoutSubtype(type: UInt8, isCritical: Bool) throws {
        let entries: [ExtensionUnderstanding.Entry] = [.all(ForeignAgentError.self), .all(MessageString.self)]
        if isCritical {
            #expect(throws: MessageError.unknownCriticalExtension(type: type, offset: 0)) { try Self.scan([type, 0], entries) }
        } else {
            #expect(try Self.scan([type, 0], entries).skipped == 1)
        }
    }

    @Test("Sub-Types above the range that is tracked are not understood", arguments: [UInt8(63), 64, 200, 255])
    func highSubtypes(subtype: UInt8) throws {
        #expect(try Self.scan([147, 2, subtype, 1], [.all(ProxySkippable.self)]).skipped == 1)
    }

    @Test("Understood extensions are found in message order and counted; the others are skipped")
    func order() throws {
        let octets: [UInt8] = [132, 1, 7] + [200, 2, 0, 0] + [130, 0] + [132, 1, 8]
        let scan = try Self.scan(octets, [.all(Challenge.self), .all(EncapsulatingDeliveryStyle.self)])
        #expect((0..<scan.count).map { scan[$0].type.rawValue } == [132, 130, 132])
        #expect(scan.count(of: .challenge) == 2 && scan.skipped == 1)
        #expect(try scan.read(Challenge.self, in: octets.span.bytes)?.octets == [7])
        #expect(scan.first(.udpTunnelRequest) == nil)
        #expect(try scan.read(UDPTunnelRequest.self, in: octets.span.bytes) == nil)
    }

    @Test("An extension understood in one kind of message is not understood in another")
    func messages() throws {
        let role = RoleUnderstanding([
            (.registrationRequest, [.all(UDPTunnelRequest.self)]), (.registrationReply, [.all(UDPTunnelReply.self)]),
        ])
        #expect(role[.registrationRequest]?.covers(.udpTunnelReply) == false)
        #expect(role[.registrationReply]?.covers(.udpTunnelReply) == true)
        #expect(role[.registrationRevocation] == nil)
    }

    @Test("The catalogue lists every file in the folder")
    func catalogueIsCurrent() async throws {
        let (status, _, errors) = try await ChildProcess.run(
            BuiltProducts.repository + "/scripts/generate-extension-catalogue", ["--check"])
        #expect(status == 0, "\(errors)")
    }

    @Test("Every layout in the catalogue has its own type, form and name")
    func catalogue() {
        let types = ExtensionCatalogue.all.map { $0.type.rawValue }
        #expect(types == types.sorted() && Set(types).count == types.count)
        for type in ExtensionCatalogue.all {
            #expect(type.type.name == type.name)
            #expect(type.type.form == type.form)
            let hasSubtypes = type.subtypes != nil
            #expect(hasSubtypes == (ExtensionOnTheWire.subtypes[type.type.rawValue] != nil), "\(type.name)")
        }
    }
}
