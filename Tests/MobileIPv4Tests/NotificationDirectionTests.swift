import MobileIPv4
import Testing

@Suite("The directions and codes of generic notifications")
struct NotificationDirectionTests {
    /// RFC 6098 §4.1, §4.2 and §4.5 to §4.7 as a table.
    struct Row: Sendable {
        var direction: UInt8
        var sender: NotificationRole
        var receiver: NotificationRole
        var authentication: UInt8
        var acknowledgment: UInt8
        var isRelayed: Bool
        var authenticationFailure: UInt8
        var identificationMismatch: UInt8
        /// Reason unspecified, administratively prohibited, insufficient resources.
        var refusals: [UInt8]
    }

    static let rows = [
        Row(
            direction: 0, sender: .homeAgent, receiver: .mobileNode, authentication: 32, acknowledgment: 2, isRelayed: true,
            authenticationFailure: 196, identificationMismatch: 197, refusals: [192, 193, 194]),
        Row(
            direction: 1, sender: .homeAgent, receiver: .foreignAgent, authentication: 34, acknowledgment: 5, isRelayed: false,
            authenticationFailure: 68, identificationMismatch: 69, refusals: [64, 65, 66]),
        Row(
            direction: 2, sender: .mobileNode, receiver: .homeAgent, authentication: 32, acknowledgment: 0, isRelayed: true,
            authenticationFailure: 131, identificationMismatch: 133, refusals: [128, 129, 130]),
        Row(
            direction: 3, sender: .mobileNode, receiver: .foreignAgent, authentication: 33, acknowledgment: 4, isRelayed: false,
            authenticationFailure: 67, identificationMismatch: 69, refusals: [64, 65, 66]),
        Row(
            direction: 4, sender: .foreignAgent, receiver: .mobileNode, authentication: 33, acknowledgment: 3, isRelayed: false,
            authenticationFailure: 195, identificationMismatch: 197, refusals: [192, 193, 194]),
        Row(
            direction: 5, sender: .foreignAgent, receiver: .homeAgent, authentication: 34, acknowledgment: 1, isRelayed: false,
            authenticationFailure: 132, identificationMismatch: 133, refusals: [128, 129, 130]),
    ]

    @Test("A direction determines who sends, who authenticates, who acknowledges and with which codes", arguments: rows)
    func defined(_ row: Row) throws {
        let path = try #require(NotificationDirection(rawValue: row.direction).path)
        #expect(path.sender == row.sender && path.receiver == row.receiver)
        #expect(path.requiredAuthentication.rawValue == row.authentication)
        #expect(path.acknowledgment.rawValue == row.acknowledgment)
        #expect(path.isRelayedByForeignAgent == row.isRelayed)
        #expect(path.authenticationFailure.rawValue == row.authenticationFailure)
        #expect(path.identificationMismatch.rawValue == row.identificationMismatch)
        let receiver = path.receiver
        let refusals = [receiver.reasonUnspecified, receiver.administrativelyProhibited, receiver.insufficientResources]
        #expect(refusals.map(\.rawValue) == row.refusals)
        #expect(refusals.allSatisfy { $0.giver == receiver })
    }

    @Test("An acknowledgment goes back the way that its notification came, and is authenticated alike", arguments: rows)
    func back(_ row: Row) throws {
        let path = try #require(NotificationDirection(rawValue: row.direction).path)
        let back = try #require(path.acknowledgment.path)
        #expect(back.sender == path.receiver && back.receiver == path.sender)
        #expect(back.requiredAuthentication == path.requiredAuthentication)
        #expect(back.acknowledgment.rawValue == row.direction)
        #expect(back.isRelayedByForeignAgent == path.isRelayedByForeignAgent)
    }

    @Test("Directions above 5 are undefined")
    func undefined() {
        for value in UInt8(6)...255 { #expect(NotificationDirection(rawValue: value).path == nil) }
    }

    @Test("Each role refuses each authentication extension that it checks with its own code")
    func authenticationFailures() {
        let codes = [NotificationRole.homeAgent, .foreignAgent, .mobileNode].map { role in
            (UInt8(31)...36).map { role.authenticationFailure(ExtensionType(rawValue: $0))?.rawValue }
        }
        #expect(
            codes == [
                [nil, 131, nil, 132, nil, nil], [nil, nil, 67, 68, nil, nil], [nil, 196, 195, nil, nil, nil],
            ])
    }

    @Test("The assigned codes are 0 and six for each role, each with its own name")
    func codes() {
        let numbers: [UInt8] = [0] + Array(64...69) + Array(128...133) + Array(192...197)
        #expect(NotificationCode.all.map(\.rawValue) == numbers)
        #expect(Set(NotificationCode.all.map(\.label)).count == numbers.count)
        for octet in UInt8.min...UInt8.max {
            let code = NotificationCode(rawValue: octet)
            let giver: NotificationRole? =
                switch octet {
                case 64...69: .foreignAgent
                case 128...133: .homeAgent
                case 192...197: .mobileNode
                default: nil
                }
            #expect(code.giver == giver)
            #expect(code.isAccepted == (octet == 0))
            #expect((code.meaning != nil) == numbers.contains(octet))
            if !numbers.contains(octet) { #expect(code.label == "code\(octet)" && code.description == "\(octet) unassigned") }
        }
    }
}
