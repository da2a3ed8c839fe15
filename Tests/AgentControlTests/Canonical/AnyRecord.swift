import AgentControl
import AgentModel
import MIPTesting
import MobileIPv4

/// Random records of every shape, the same for the same seed.
struct AnyRecord {
    var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    private mutating func number<Number: FixedWidthInteger & UnsignedInteger>(_: Number.Type = Number.self) -> Number {
        switch Int.random(in: 0...5, using: &random) {
        case 0: 0
        case 1: .max
        case 2: 10
        case 3: 9
        default: Number.random(in: 0...(.max), using: &random) >> Number(Int.random(in: 0..<Number.bitWidth, using: &random))
        }
    }

    private mutating func address() -> IPv4Address { IPv4Address(rawValue: number()) }

    private mutating func time() -> Timestamp {
        // Years 0 to 8918, the range that records can store.
        Timestamp(milliseconds: .random(in: -62_167_219_200_000...219_000_000_000_000, using: &random))
    }

    private mutating func perhaps<Value>(_ value: (inout AnyRecord) -> Value) -> Value? {
        Bool.random(using: &random) ? value(&self) : nil
    }

    private mutating func oneOf<Value: CaseIterable>(_: Value.Type = Value.self) -> Value {
        Value.allCases.randomElement(using: &random) ?? Value.allCases[Value.allCases.startIndex]
    }

    private mutating func identifier() -> NetworkAccessIdentifier? {
        let texts = [
            "alice@example.net", "a\"quoted\"@b", #"back\slash@x/y"#, "zoë@exämple.net", "𝕏@例え.jp", "@",
            String(repeating: "n", count: 255),
            "é@decomposed", "10.0.0.1",
        ]
        return perhaps { NetworkAccessIdentifier(texts.randomElement(using: &$0.random) ?? "a@b") } ?? nil
    }

    private mutating func service() -> ServiceIdentifier? {
        let texts = ["ims", "a \"quoted\" service", "voip.example.com", "Dienst-\u{FB01}", String(repeating: "s", count: 255)]
        return perhaps { ServiceIdentifier(texts.randomElement(using: &$0.random) ?? "ims") } ?? nil
    }

    mutating func binding() -> Binding {
        var row = Binding(
            homeAddress: address(), careOfAddress: address(), homeAgent: address(), sourceAddress: address(),
            sourcePort: number(),
            nai: identifier(), flags: RegistrationFlags(rawValue: number()), identification: Identification(rawValue: number()),
            lifetimeGranted: number(), created: time(), renewed: time(), expires: perhaps { $0.time() }, renewals: number(),
            handoffs: number(), encapsulation: oneOf(), reverseTunnel: oneOf(), spi: SecurityParameterIndex(rawValue: number()))
        row.service = service()
        return row
    }

    mutating func visitor() -> Visitor {
        var row = Visitor(
            sourceAddress: address(), sourcePort: number(), homeAddress: address(), homeAgent: address(),
            careOfAddress: address(),
            nai: identifier(), flags: RegistrationFlags(rawValue: number()), reverseTunnel: oneOf(),
            identification: Identification(rawValue: number()), state: oneOf(), lifetimeRequested: number(),
            lifetimeGranted: number(), created: time(), expires: perhaps { $0.time() })
        row.service = service()
        return row
    }

    mutating func mobileNode() -> MobileNodeService {
        MobileNodeService(
            homeAddress: address(), nai: identifier(), requestsReceived: number(), accepted: number(), denied: number(),
            serviceTime: number(), servingSince: perhaps { $0.time() }, recentAccepted: perhaps { $0.time() },
            recentDenied: perhaps { $0.time() }, recentDeniedCode: perhaps { $0.number() })
    }

    mutating func association() -> SecurityAssociation {
        let peer: PeerIdentity =
            switch Int.random(in: 0...2, using: &random) {
            case 0: .address(address())
            case 1:
                IPv4Prefix(containing: address(), length: .random(in: 0...32, using: &random)).map { .prefix($0) }
                    ?? .address(.zero)
            default: identifier().flatMap { PeerIdentity($0.value) } ?? .address(.zero)
            }
        var use = AssociationUse()
        use.lastUsed = perhaps { $0.time() }
        use.accepted = number()
        use.authenticationFailures = number()
        use.replayFailures = number()
        use.clockOffset = perhaps { Int32(bitPattern: $0.number()) }
        return SecurityAssociation(
            peer: peer, peerRole: oneOf(), spi: SecurityParameterIndex(rawValue: number()), algorithm: oneOf(),
            replayMethod: oneOf(),
            replayTolerance: number(), storage: perhaps { $0.oneOf() }, use: perhaps { _ in use })
    }

    mutating func traffic() -> ForwardedTraffic {
        ForwardedTraffic(
            role: oneOf(), homeAddress: address(), packetsToNode: number(), octetsToNode: number(), packetsFromNode: number(),
            octetsFromNode: number())
    }

    mutating func exchange() -> Exchange {
        Exchange(
            number: number(), kind: oneOf(), role: oneOf(), peer: address(), peerRole: oneOf(), homeAddress: address(),
            nai: identifier(), homeAgent: address(), careOfAddress: address(), state: oneOf(), tries: number(), started: time(),
            nextTry: perhaps { $0.time() }, ended: perhaps { $0.time() }, delay: perhaps { $0.number() },
            code: perhaps { $0.number() }, reason: perhaps { $0.oneOf() }, informsNode: Bool.random(using: &random),
            text: "a } ] \" \\ text")
    }

    mutating func extensionUse() -> ExtensionUse {
        ExtensionUse(
            role: oneOf(), type: number(), vendor: number(), number: number(), isKnown: Bool.random(using: &random),
            seen: number(), accepted: number(), skipped: number(), refused: number(), lastSource: address(), lastSeen: time())
    }

    mutating func mobileNodeStatus() -> MobileNodeStatus {
        var row = Samples.mobileNodeStatus()
        row.homeAgentSearch = perhaps { HomeAgentSearch(state: $0.oneOf(), homeAgent: $0.address(), source: $0.oneOf()) }
        row.hostConfiguration = perhaps {
            ReceivedHostConfiguration(
                prefixLength: $0.perhaps { $0.number() }, domainNameServers: [$0.address()],
                defaultGateway: $0.perhaps { $0.address() }, domainNameSuffix: "a } ] \" \\ text", received: $0.time())
        }
        (row.homeAgentIdentity, row.homeAAAIdentity, row.service) = (identifier(), identifier(), service())
        return row
    }

    /// A change of a kind that has a canonical form, or of a kind that has none.
    mutating func change() -> StateChange {
        switch Int.random(in: 0...10, using: &random) {
        case 0: .binding(binding())
        case 7: .exchange(exchange())
        case 1: .visitor(visitor())
        case 2: .mobileNode(mobileNode())
        case 3: .association(association())
        case 4: .traffic(traffic())
        case 5: .bindingRemoved(binding().key, oneOf())
        case 6: .information(Samples.information())
        case 8: .extensionUse(extensionUse())
        case 9: .mobileNodeStatus(mobileNodeStatus())
        default: .event(AgentEvent(time: time(), kind: oneOf(), role: oneOf(), nai: identifier(), message: "a } ] \" \\ text"))
        }
    }

    mutating func update() -> SubscriptionUpdate {
        var changes: [StateChange] = []
        for _ in 0..<Int.random(in: 0...4, using: &random) { changes.append(change()) }
        return SubscriptionUpdate(
            phase: oneOf(), firstSequence: number(), sequence: number(), time: time(), changes: changes)
    }

    /// The same bytes with one to three of them changed, dropped, duplicated or moved.
    mutating func damaged(_ octets: [UInt8]) -> [UInt8] {
        var octets = octets
        for _ in 0..<Int.random(in: 1...3, using: &random) where !octets.isEmpty {
            let index = Int.random(in: octets.indices, using: &random)
            switch Int.random(in: 0...4, using: &random) {
            case 0: octets[index] = number()
            case 1: octets.remove(at: index)
            case 2: octets.insert(octets[Int.random(in: octets.indices, using: &random)], at: index)
            case 3: octets.removeSubrange(index...)
            default: octets[index] = Array("0123456789\"\\,:{}[]-+.eEunltrfs ".utf8).randomElement(using: &random) ?? 0
            }
        }
        return octets
    }
}
