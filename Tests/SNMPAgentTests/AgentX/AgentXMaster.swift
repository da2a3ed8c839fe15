import AgentModel
import Foundation
import MIPMIB
import MIPTesting
import ManagementCore

@testable import SNMPAgent

/// An AgentX master for tests, and the stream to which it sends.
final class AgentXMaster {
    /// A search range (RFC 2741 §5.2).
    struct Range {
        var start: [UInt]
        var include = false
        var end: [UInt] = []
    }

    static let mib = MIPMIB()
    /// h.sessionID of the session.
    static let sessionID: UInt32 = 11
    let view: MIBView
    let stream: AgentXStream
    /// What the stream does with SetRequests.
    let script: ScriptedSets
    /// What the stream reported, as steps.
    let reports: ScriptedSets
    /// How much later the session believes it is.
    let later: Box<Duration>
    /// The master's end and the subagent's.
    private var ends: [CInt] = [-1, -1]
    /// The octets that the stream left for the library.
    private(set) var passedOn: [UInt8] = []
    private(set) var outcome = AgentXStream.Received.nothing

    final class Box<Value> {
        var value: Value
        init(_ value: Value) { self.value = value }
    }

    init(rows: Int, polling: AgentXPolling = .none, answersRequests: Bool = true) {
        let changes = [.information(Samples.information())] + (0..<rows).map { StateChange.binding(Samples.binding($0)) }
        let state = AgentState(name: "home", changes: changes, agentTime: Samples.start)
        let view = MIBView(state: state, sysUpTime: 1_000_000)
        self.view = view
        let responder = AgentXResponder(
            mib: Self.mib,
            contexts: [.init(name: []) { view }, .init(name: Array("home".utf8)) { view }])
        let script = ScriptedSets()
        self.script = script
        let sets = AgentXSets(
            contexts: [
                .init(name: []) { ScriptedSets.Steps(script, context: "") },
                .init(name: Array("home".utf8)) { ScriptedSets.Steps(script, context: "home") },
            ], note: { _ in })
        let incidents = ScriptedSets()
        let (start, later) = (ContinuousClock.now, Box(Duration.zero))
        self.later = later
        let session = AgentXSession(
            responder: responder, sets: sets, answersRequests: answersRequests, now: { start + later.value },
            report: { incidents.steps.append("\($0)") })
        reports = incidents
        stream = AgentXStream(session: session, polling: polling) { _ in }
        stream.reset(session: Self.sessionID)
        socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends)
    }

    deinit { for end in ends { close(end) } }

    static func pdu(
        _ kind: UInt8, _ ranges: [Range], packet: UInt32 = 7, isNetworkByteOrder: Bool = false, context: String? = nil,
        bulk: (nonRepeaters: UInt16, repetitions: UInt16)? = nil
    ) -> [UInt8] {
        func octets(_ number: some FixedWidthInteger) -> [UInt8] { Self.octets(number, isNetworkByteOrder) }
        var payload: [UInt8] = []
        if let bulk { payload += octets(bulk.nonRepeaters) + octets(bulk.repetitions) }
        for range in ranges {
            for (name, include) in [(range.start, range.include), (range.end, false)] {
                // In the short form, as net-snmp sends it.
                let isShort = name.starts(with: [1, 3, 6, 1, 2])
                payload += [UInt8(isShort ? name.count - 5 : name.count), isShort ? 2 : 0, include ? 1 : 0, 0]
                for part in name.dropFirst(isShort ? 5 : 0) { payload += octets(UInt32(part)) }
            }
        }
        return pdu(kind, payload: payload, packet: packet, isNetworkByteOrder: isNetworkByteOrder, context: context)
    }

    /// A PDU with this payload, behind the context if there is one.
    static func pdu(
        _ kind: UInt8, payload: [UInt8] = [], session: UInt32 = sessionID, transaction: UInt32 = 12, packet: UInt32 = 7,
        isNetworkByteOrder: Bool = false, context: String? = nil
    ) -> [UInt8] {
        func octets(_ number: UInt32) -> [UInt8] { Self.octets(number, isNetworkByteOrder) }
        var named: [UInt8] = []
        if let context {
            named += octets(UInt32(context.utf8.count)) + Array(context.utf8)
            while named.count % 4 != 0 { named.append(0) }
        }
        let flags: UInt8 = (isNetworkByteOrder ? 0x10 : 0) | (context == nil ? 0 : 0x08)
        return [1, kind, flags, 0] + octets(session) + octets(transaction) + octets(packet)
            + octets(UInt32(named.count + payload.count)) + named + payload
    }

    static func octets(_ number: some FixedWidthInteger, _ isNetworkByteOrder: Bool) -> [UInt8] {
        withUnsafeBytes(of: isNetworkByteOrder ? number.bigEndian : number.littleEndian) { Array($0) }
    }

    /// A response without variables (RFC 2741 §6.2.16).
    static func response(
        _ status: UInt16, index: UInt16 = 0, session: UInt32 = sessionID, transaction: UInt32 = 12, packet: UInt32 = 7,
        isNetworkByteOrder: Bool = false
    ) -> [UInt8] {
        let error = octets(status, isNetworkByteOrder) + octets(index, isNetworkByteOrder)
        return pdu(
            18, payload: [0, 0, 0, 0] + error, session: session, transaction: transaction, packet: packet,
            isNetworkByteOrder: isNetworkByteOrder)
    }

    func write(_ octets: [UInt8]) { _ = Foundation.write(ends[0], octets, octets.count) }

    /// Writes more than the socket holds, and lets the stream read it.
    func writeAll(_ octets: [UInt8]) {
        for start in stride(from: 0, to: octets.count, by: 50_000) {
            write(Array(octets[start..<min(octets.count, start + 50_000)]))
            letRead()
        }
    }

    /// Writes, lets the stream read, and returns what it answers.
    func exchange(_ octets: [UInt8]) -> [UInt8] {
        write(octets)
        letRead()
        return answer()
    }

    /// Lets the stream read once, as the library would.
    func letRead() {
        var buffer = [UInt8](repeating: 0, count: 65536)
        buffer.withUnsafeMutableBytes { buffer in
            outcome = stream.receive(from: ends[1], into: buffer)
            if case .octets(let count) = outcome { passedOn += buffer[..<count] }
        }
    }

    /// From now on the stream cannot send.
    func stopReading() { shutdown(ends[0], Int32(SHUT_RD)) }

    /// Whether the stream's socket still accepts input.
    var isConnected: Bool { send(ends[0], [0], 1, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)) == 1 }

    func closeMaster() {
        close(ends[0])
        ends[0] = -1
    }

    /// The responses so far.
    func answer() -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        let count = recv(ends[0], &buffer, buffer.count, Int32(MSG_DONTWAIT))
        return Array(buffer.prefix(max(0, count)))
    }

    /// Writes, lets the stream read, and returns the type and name of each variable in the response.
    func ask(_ octets: [UInt8]) -> [(type: UInt16, name: [UInt])] {
        write(octets)
        letRead()
        return Self.variables(answer())
    }

    /// The variables of the first response.
    static func variables(_ response: [UInt8]) -> [(type: UInt16, name: [UInt])] {
        guard let header = AgentXHeader(response.span), header.kind == AgentXHeader.Kind.response else { return [] }
        let isNetworkByteOrder = header.flags & AgentXHeader.isNetworkByteOrder != 0
        let reader = AgentXReader(flags: header.flags)
        var position = AgentXHeader.length + 8
        var found: [(type: UInt16, name: [UInt])] = []
        while position + 4 <= AgentXHeader.length + header.payloadLength {
            let pair = (UInt16(response[position]), UInt16(response[position + 1]))
            let type = isNetworkByteOrder ? pair.0 << 8 | pair.1 : pair.1 << 8 | pair.0
            position += 4
            var name: [UInt] = []
            guard reader.name(response.span, &position, into: &name) != nil else { return [] }
            found.append((type, name))
            switch type {
            case 2, 65, 66, 67: position += 4
            case 70: position += 8
            case 4, 64: guard reader.string(response.span, &position) != nil else { return [] }
            default: break
            }
        }
        return found
    }
}
