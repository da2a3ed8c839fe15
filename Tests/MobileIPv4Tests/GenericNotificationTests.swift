import MobileIPv4
import Testing

@Suite("Generic notifications and their acknowledgments")
struct GenericNotificationTests {
    static let notification = GenericNotification(
        direction: .homeAgentToMobileNode, requiresAcknowledgment: true, homeAddress: IPv4Address(192, 0, 2, 10),
        homeAgent: IPv4Address(192, 0, 2, 1), careOfAddress: IPv4Address(198, 51, 100, 1),
        identification: Identification(high: 0xE90B_5C00, low: 0x8000_0001))

    private static func decode(_ octets: [UInt8]) throws(MessageError) -> GenericNotification {
        try GenericNotification(decoding: octets.span.bytes)
    }

    private static func decodeAcknowledgment(_ octets: [UInt8]) throws(MessageError) -> GenericNotificationAcknowledgment {
        try GenericNotificationAcknowledgment(decoding: octets.span.bytes)
    }

    private static func scan(_ extensions: [UInt8]) throws(MessageError) -> ExtensionScan {
        var octets: [UInt8] = []
        notification.encode(into: &octets)
        octets += extensions
        return try ExtensionScan(
            octets.span.bytes, from: GenericNotification.fixedSize,
            understanding: ExtensionUnderstanding(GenericNotification.permittedExtensions))
    }

    @Test("Reserved bits are ignored in a notification and sent as 0")
    func reserved() throws {
        var octets: [UInt8] = []
        Self.notification.encode(into: &octets)
        var changed = octets
        changed[2] = 0xFF
        changed[3] = 0xFF
        let decoded = try Self.decode(changed)
        #expect(decoded == Self.notification)
        var again: [UInt8] = []
        decoded.encode(into: &again)
        #expect(again == octets)
    }

    @Test("Only the first bit after the direction asks for an acknowledgment", arguments: [(UInt8(0x80), true), (0x7F, false)])
    func acknowledgmentBit(flags: UInt8, isRequired: Bool) throws {
        var octets: [UInt8] = []
        Self.notification.encode(into: &octets)
        octets[2] = flags
        let decoded = try Self.decode(octets)
        #expect(decoded.requiresAcknowledgment == isRequired)
    }

    @Test("Undefined directions and unassigned codes are kept as they are", arguments: [UInt8(6), 127, 128, 255])
    func unknownValues(value: UInt8) throws {
        var notification = Self.notification
        notification.direction = NotificationDirection(rawValue: value)
        var octets: [UInt8] = []
        notification.encode(into: &octets)
        let decoded = try Self.decode(octets)
        #expect(decoded == notification && decoded.direction.path == nil)

        octets[0] = 23
        octets[2] = value
        let acknowledgment = try Self.decodeAcknowledgment(octets)
        #expect(acknowledgment.direction.rawValue == value && acknowledgment.code.rawValue == value)
        var again: [UInt8] = []
        acknowledgment.encode(into: &again)
        #expect(again == octets)
    }

    @Test("A notification is not read as an acknowledgment, nor the reverse")
    func types() throws {
        var octets: [UInt8] = []
        Self.notification.encode(into: &octets)
        #expect(throws: MessageError.unexpectedType(22)) { try Self.decodeAcknowledgment(octets) }
        octets[0] = 23
        #expect(throws: MessageError.unexpectedType(23)) { try Self.decode(octets) }
    }

    @Test("An acknowledgment repeats the identification; a mismatch has the receiver's clock in the high word")
    func answer() throws {
        let clock = Identification(high: 0xE90B_5C33, low: 7)
        let accepted = try #require(
            GenericNotificationAcknowledgment(to: Self.notification, code: .accepted, clock: clock))
        #expect(accepted.direction == .mobileNodeToHomeAgent && accepted.code == .accepted)
        #expect(accepted.identification == Self.notification.identification)
        #expect(accepted.homeAddress == Self.notification.homeAddress && accepted.homeAgent == Self.notification.homeAgent)
        #expect(accepted.careOfAddress == Self.notification.careOfAddress)
        let refused = try #require(
            GenericNotificationAcknowledgment(to: Self.notification, code: .mnIdentificationMismatch, clock: clock))
        #expect(refused.identification == Identification(high: 0xE90B_5C33, low: 0x8000_0001))
    }

    @Test("A notification in an undefined direction has no acknowledgment")
    func noAnswer() {
        var notification = Self.notification
        notification.direction = NotificationDirection(rawValue: 6)
        let answer = GenericNotificationAcknowledgment(
            to: notification, code: .accepted, clock: Identification(rawValue: 0))
        #expect(answer == nil)
    }

    @Test("Texts, the three authentication extensions and padding are permitted in a notification")
    func permitted() throws {
        let authentications: [[UInt8]] = [32, 33, 34].map { [$0, 20] + [UInt8](repeating: 1, count: 20) }
        let scan = try Self.scan([145, 2, 1, 97, 145, 2, 2, 98, 0, 0] + authentications.flatMap { $0 })
        #expect(scan.count == 5 && scan.skipped == 0)
    }

    @Test(
        "A permitted list shows every skippable extension that is not on it",
        arguments: [[131, 3, 97, 64, 98], [134, 6, 0, 0, 0, 0, 0, 9], [137, 0], [145, 0], [145, 2, 3, 97], [200, 0]] as [[UInt8]])
    func notPermitted(octets: [UInt8]) throws {
        let scan = try Self.scan(octets)
        #expect(scan.skipped == 1 && scan.count == 0)
    }

    @Test(
        "A permitted list refuses every extension of types below 128 that is not on it", arguments: [UInt8(36), 38, 45, 48, 127])
    func critical(type: UInt8) {
        #expect(throws: MessageError.unknownCriticalExtension(type: type, offset: GenericNotification.fixedSize)) {
            try Self.scan([type, 2, 0, 0])
        }
    }
}
