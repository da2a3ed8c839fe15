import FuzzSupport

@testable import MobileIPv4
@testable import MobileNode

/// The movement detection of a mobile node under agent advertisements.
enum MovementFuzzer: FuzzTarget {
    static let name = "movement"
    static let about =
        "the node attaches only to care-of addresses that were advertised or its own, and always waits for something"

    static func run(_ bytes: [UInt8]) throws {
        var input = FuzzInput(bytes)
        var configuration = MovementDetector.Configuration(
            homeAgent: Village.homeAgent.address, homeNetwork: IPv4Prefix(containing: Village.home, length: 24))
        configuration.isEager = input.octet() & 1 == 0
        var detector = MovementDetector(configuration: configuration)
        var uptime: Int64 = 0
        var own: IPv4Address?
        var advertised: Set<IPv4Address> = []
        var isUp = false
        for _ in 0..<64 where !input.isAtEnd {
            uptime += 1_000_000
            let now = Village.moment(uptime)
            let operation = input.octet()
            var actions: [MovementDetector.Action] = []
            switch operation & 7 {
            case 0:
                actions = detector.linkUp(at: now)
                isUp = true
            case 1:
                actions = detector.linkDown()
                isUp = false
            case 2:
                own = operation & 8 == 0 ? Village.node.address : nil
                actions = detector.setCoLocatedAddress(own, at: now)
            case 3:
                uptime += Int64(input.number16()) * 100_000_000
                actions = detector.advance(to: Village.moment(uptime))
            case 4: actions = detector.tryAnother()
            default:
                let octets = input.octets(Int(input.octet()))
                let message = Checksum.corrected(octets, at: 2, over: 0..<octets.count)
                let source = operation & 8 == 0 ? Village.foreignAgent.address : IPv4Address(192, 0, 2, operation >> 4)
                if let read = try? AgentAdvertisement(decoding: message.span.bytes) {
                    advertised.formUnion(read.mobilityAgent?.careOfAddresses ?? [])
                }
                actions = detector.receive(message.span.bytes, from: source, at: now)
            }
            try check(actions, advertised, own)
            if isUp, detector.attachment == nil { try require(detector.nextDeadline != nil, "searching without a deadline") }
        }
    }

    private static func check(
        _ actions: [MovementDetector.Action], _ advertised: Set<IPv4Address>, _ own: IPv4Address?
    ) throws {
        for action in actions {
            guard case .attach(let attachment, _) = action else { continue }
            switch attachment {
            case .home: break
            case .foreignAgent(_, let address): try require(advertised.contains(address), "\(address) was never advertised")
            case .coLocated(let address, _): try require(address == own, "\(address) is not the node's own")
            }
        }
    }
}
