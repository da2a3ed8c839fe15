import AgentModel
import MobileIPv4

/// A mobile node as the state store keeps it: what a home agent needs to go on serving it, with its bindings.
///
/// Times are those of the start that wrote the record, as if the clock had not stepped since; see `AgentStart`.
struct KeptMobileNode {
    /// The number of the start that wrote the record.
    var start: UInt64
    var entry: MobileNodeEntry
    /// The oldest first.
    var bindings: [KeptBinding]
    /// Revocations of earlier bindings that the other ends have not acknowledged.
    var revocations: [KeptRevocation]
    /// The newest identifier of a revocation, if a message sent soon could have the same timestamp.
    var newestIdentifier: UInt32?

    /// The version of the format without revocation and services, which is written where that suffices.
    private static let plainVersion: UInt8 = 1
    private static let version: UInt8 = 2

    private struct Present: OptionSet {
        let rawValue: UInt16
        static let nai = Present(rawValue: 1)
        static let servingSince = Present(rawValue: 2)
        static let recentAccepted = Present(rawValue: 4)
        static let recentDenied = Present(rawValue: 8)
        static let recentDeniedCode = Present(rawValue: 16)
        static let lastAccepted = Present(rawValue: 32)
        static let nonce = Present(rawValue: 64)
        static let floor = Present(rawValue: 128)
        static let older = Present(rawValue: 256)
        /// Not a member that is present, but `asksForAny`; records of earlier versions never have it.
        static let asksForAny = Present(rawValue: 512)

        init(rawValue: UInt16) { self.rawValue = rawValue }

        init(_ entry: MobileNodeEntry) {
            let service = entry.service
            var present: Present = []
            if service.nai != nil { present.insert(.nai) }
            if service.servingSince != nil { present.insert(.servingSince) }
            if service.recentAccepted != nil { present.insert(.recentAccepted) }
            if service.recentDenied != nil { present.insert(.recentDenied) }
            if service.recentDeniedCode != nil { present.insert(.recentDeniedCode) }
            if entry.lastAccepted != nil { present.insert(.lastAccepted) }
            if entry.nonce != nil { present.insert(.nonce) }
            if entry.replay.floor != nil { present.insert(.floor) }
            if entry.replay.older != nil { present.insert(.older) }
            if entry.asksForAny { present.insert(.asksForAny) }
            self = present
        }
    }

    init(
        start: UInt64, entry: MobileNodeEntry, bindings: [KeptBinding], revocations: [KeptRevocation] = [],
        newestIdentifier: UInt32? = nil
    ) {
        self.start = start
        self.entry = entry
        self.bindings = bindings
        self.revocations = revocations
        self.newestIdentifier = newestIdentifier
    }

    private var isPlain: Bool {
        newestIdentifier == nil && revocations.isEmpty
            && bindings.allSatisfy { $0.terms == nil && $0.binding.service == nil }
    }

    // MARK: - Writing

    /// - Parameter correction: Milliseconds by which the clock has stepped since the start, which the times include.
    func bytes(correction: Int64) -> [UInt8] {
        var writer = RecordWriter(capacity: 160)
        let service = entry.service
        writer.put(isPlain ? Self.plainVersion : Self.version)
        writer.put(small: start)
        writer.put(Present(entry).rawValue)
        if let nai = service.nai { writer.put(text: nai.description) }
        for count in [service.requestsReceived, service.accepted, service.denied, service.serviceTime] {
            writer.put(small: count)
        }
        for case let time? in [service.servingSince, service.recentAccepted, service.recentDenied] {
            writer.put(time.adding(milliseconds: -correction))
        }
        if let code = service.recentDeniedCode { writer.put(code) }
        writer.put(small: UInt64(entry.handoffs))
        if let last = entry.lastAccepted {
            writer.put(last.identification)
            writer.put(last.careOfAddress)
            writer.put(last.lifetime.rawValue)
            writer.put(last.code.rawValue)
        }
        if let nonce = entry.nonce { writer.put(nonce) }
        write(entry.replay, &writer)
        writer.put(small: UInt64(bindings.count))
        for binding in bindings { write(binding, correction, &writer) }
        guard !isPlain else { return writer.bytes }
        writer.put(small: UInt64(revocations.count))
        for revocation in revocations { writer.put(revocation, correction: correction) }
        if let newestIdentifier { writer.put(newestIdentifier) }
        return writer.bytes
    }

    private func write(_ memory: ReplayMemory, _ writer: inout RecordWriter) {
        writer.put(small: UInt64(memory.epoch))
        let latest = memory.latestUsed
        writer.put(UInt8(latest.count))
        writer.put(UInt8(memory.inherited))
        for identification in latest { writer.put(identification) }
        if let floor = memory.floor { writer.put(floor) }
        if let older = memory.older { writer.put(older) }
        writer.put(UInt8(memory.past.count))
        for range in memory.past { writer.put(range) }
    }

    private func write(_ kept: KeptBinding, _ correction: Int64, _ writer: inout RecordWriter) {
        let binding = kept.binding
        let hasOwnNAI = binding.nai != nil && binding.nai?.octets != entry.service.nai?.octets
        let naiForm: UInt8 = binding.nai == nil ? 0 : hasOwnNAI ? 2 : 1
        let service = binding.service
        writer.put(naiForm | (binding.expires == nil ? 0 : 4) | (kept.terms == nil ? 0 : 8) | (service == nil ? 0 : 16))
        if hasOwnNAI, let nai = binding.nai { writer.put(text: nai.description) }
        for address in [binding.careOfAddress, binding.homeAgent, binding.sourceAddress] { writer.put(address) }
        writer.put(binding.sourcePort)
        writer.put(binding.flags.rawValue)
        writer.put(binding.identification)
        writer.put(binding.lifetimeGranted)
        for case let time? in [binding.created, binding.renewed, binding.expires] {
            writer.put(time.adding(milliseconds: -correction))
        }
        writer.put(small: UInt64(binding.renewals))
        writer.put(small: UInt64(binding.handoffs))
        writer.put(UInt8(binding.encapsulation.number))
        writer.put(binding.reverseTunnel.number)
        writer.put(binding.spi.rawValue)
        if let terms = kept.terms { writer.put(terms) }
        if let service { writer.put(text: service.value) }
    }

    // MARK: - Reading

    /// - Parameter correction: The milliseconds to add to times written by this start; nil for a start that is unknown.
    init(
        _ bytes: [UInt8], homeAddress: IPv4Address, correction: (UInt64) -> Int64?
    ) throws(UnreadableRecord) {
        var reader = RecordReader(bytes)
        let version = try reader.byte()
        guard version == Self.version || version == Self.plainVersion else { throw UnreadableRecord() }
        start = try reader.small()
        guard let shift = correction(start) else { throw UnreadableRecord() }
        let present = Present(rawValue: try reader.number(UInt16.self))
        let nai = present.contains(.nai) ? try Self.nai(&reader) : nil
        var service = MobileNodeService(
            homeAddress: homeAddress, nai: nai, requestsReceived: try reader.count(), accepted: try reader.count(),
            denied: try reader.count(), serviceTime: try reader.count())
        if present.contains(.servingSince) { service.servingSince = try reader.time().adding(milliseconds: shift) }
        if present.contains(.recentAccepted) { service.recentAccepted = try reader.time().adding(milliseconds: shift) }
        if present.contains(.recentDenied) { service.recentDenied = try reader.time().adding(milliseconds: shift) }
        if present.contains(.recentDeniedCode) { service.recentDeniedCode = try reader.byte() }
        let handoffs = try reader.small(UInt32.self)
        var lastAccepted: AcceptedRequest?
        if present.contains(.lastAccepted) {
            lastAccepted = AcceptedRequest(
                identification: try reader.identification(), careOfAddress: try reader.address(),
                lifetime: RegistrationLifetime(rawValue: try reader.number(UInt16.self)),
                code: ReplyCode(rawValue: try reader.byte()))
        }
        let nonce = present.contains(.nonce) ? try reader.number(UInt32.self) : nil
        let replay = try Self.replayMemory(present, &reader)
        entry = MobileNodeEntry(
            service: service, lastAccepted: lastAccepted, nonce: nonce, handoffs: handoffs,
            asksForAny: present.contains(.asksForAny), replay: replay)
        bindings = []
        for _ in 0..<(try reader.small(UInt32.self)) {
            bindings.append(try Self.binding(homeAddress, nai, shift, version, &reader))
        }
        revocations = []
        if version == Self.version {
            for _ in 0..<(try reader.small(UInt32.self)) {
                revocations.append(try reader.revocation(of: homeAddress, shift: shift))
            }
            if !reader.isAtEnd { newestIdentifier = try reader.number(UInt32.self) }
        }
        guard reader.isAtEnd else { throw UnreadableRecord() }
    }

    private static func nai(_ reader: inout RecordReader) throws(UnreadableRecord) -> NetworkAccessIdentifier {
        guard let nai = NetworkAccessIdentifier(try reader.text()) else { throw UnreadableRecord() }
        return nai
    }

    private static func replayMemory(
        _ present: Present, _ reader: inout RecordReader
    ) throws(UnreadableRecord) -> ReplayMemory {
        let epoch = try reader.small(UInt32.self)
        let count = try reader.byte()
        let inherited = Int(try reader.byte())
        var latest: [Identification] = []
        for _ in 0..<count { latest.append(try reader.identification()) }
        let floor = present.contains(.floor) ? try reader.identification() : nil
        let older = present.contains(.older) ? try reader.identificationRange() : nil
        var past: [IdentificationRange] = []
        for _ in 0..<(try reader.byte()) { past.append(try reader.identificationRange()) }
        return ReplayMemory(epoch: epoch, latest: latest, inherited: inherited, floor: floor, older: older, past: past)
    }

    private static func binding(
        _ homeAddress: IPv4Address, _ nodeNAI: NetworkAccessIdentifier?, _ shift: Int64, _ version: UInt8,
        _ reader: inout RecordReader
    ) throws(UnreadableRecord) -> KeptBinding {
        let form = try reader.byte()
        guard form & 3 <= 2, form <= (version == plainVersion ? 7 : 31) else { throw UnreadableRecord() }
        let ownNAI = form & 3 == 2 ? try nai(&reader) : nil
        let (careOfAddress, homeAgent, source) = (try reader.address(), try reader.address(), try reader.address())
        let port = try reader.number(UInt16.self)
        let flags = RegistrationFlags(rawValue: try reader.byte())
        let identification = try reader.identification()
        let lifetime = try reader.number(UInt16.self)
        let created = try reader.time().adding(milliseconds: shift)
        let renewed = try reader.time().adding(milliseconds: shift)
        let expires = form & 4 == 0 ? nil : try reader.time().adding(milliseconds: shift)
        let renewals = try reader.small(UInt32.self)
        let handoffs = try reader.small(UInt32.self)
        var binding = Binding(
            homeAddress: homeAddress, careOfAddress: careOfAddress, homeAgent: homeAgent, sourceAddress: source,
            sourcePort: port, nai: form & 3 == 1 ? nodeNAI : ownNAI, flags: flags, identification: identification,
            lifetimeGranted: lifetime, created: created, renewed: renewed, expires: expires, renewals: renewals,
            handoffs: handoffs, encapsulation: try encapsulation(&reader), reverseTunnel: try reverseTunnel(&reader),
            spi: SecurityParameterIndex(rawValue: try reader.number(UInt32.self)))
        let terms = form & 8 == 0 ? nil : try reader.terms()
        if let terms { binding.revocation = terms.informing ? .agreedInforming : .agreed }
        if form & 16 != 0 {
            guard let service = ServiceIdentifier(try reader.text()) else { throw UnreadableRecord() }
            binding.service = service
        }
        return KeptBinding(binding: binding, terms: terms)
    }

    private static func encapsulation(_ reader: inout RecordReader) throws(UnreadableRecord) -> Encapsulation {
        let number = Int32(try reader.byte())
        guard let found = Encapsulation.allCases.first(where: { $0.number == number }) else { throw UnreadableRecord() }
        return found
    }

    private static func reverseTunnel(_ reader: inout RecordReader) throws(UnreadableRecord) -> ReverseTunnel {
        let number = try reader.byte()
        guard let found = ReverseTunnel.allCases.first(where: { $0.number == number }) else { throw UnreadableRecord() }
        return found
    }
}

extension ReverseTunnel {
    /// The number in records; part of their format.
    fileprivate var number: UInt8 {
        switch self {
        case .none: 0
        case .direct: 1
        case .encapsulating: 2
        }
    }
}
