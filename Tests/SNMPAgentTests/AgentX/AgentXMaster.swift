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
    let view: MIBView
    let stream: AgentXStream
    /// The master's end and the subagent's.
    private var ends: [CInt] = [-1, -1]
    /// The octets that the stream left for the library.
    private(set) var passedOn: [UInt8] = []
    private(set) var outcome = AgentXStream.Received.nothing

    init(rows: Int, polling: AgentXPolling = .none) {
        let changes = [.information(Samples.information())] + (0..<rows).map { StateChange.binding(Samples.binding($0)) }
        let state = AgentState(name: "home", changes: changes, agentTime: Samples.start)
        let view = MIBView(state: state, sysUpTime: 1_000_000)
        self.view = view
        let responder = AgentXResponder(
            mib: Self.mib,
            contexts: [.init(name: []) { view }, .init(name: Array("home".utf8)) { view }])
        stream = AgentXStream(responder: responder, polling: polling) { _ in }
        socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends)
    }

    deinit { for end in ends { close(end) } }

    static func pdu(
        _ kind: UInt8, _ ranges: [Range], packet: UInt32 = 7, isNetworkByteOrder: Bool = false, context: String? = nil
    ) -> [UInt8] {
        var payload: [UInt8] = []
        func octets(_ number: UInt32) -> [UInt8] {
            withUnsafeBytes(of: isNetworkByteOrder ? number.bigEndian : number.littleEndian) { Array($0) }
        }
        if let context {
            payload += octets(UInt32(context.utf8.count)) + Array(context.utf8)
            while payload.count % 4 != 0 { payload.append(0) }
        }
        for range in ranges {
            for (name, include) in [(range.start, range.include), (range.end, false)] {
                // In the short form, as net-snmp sends it.
                let isShort = name.starts(with: [1, 3, 6, 1, 2])
                payload += [UInt8(isShort ? name.count - 5 : name.count), isShort ? 2 : 0, include ? 1 : 0, 0]
                for part in name.dropFirst(isShort ? 5 : 0) { payload += octets(UInt32(part)) }
            }
        }
        let flags: UInt8 = (isNetworkByteOrder ? 0x10 : 0) | (context == nil ? 0 : 0x08)
        return [1, kind, flags, 0] + octets(11) + octets(12) + octets(packet) + octets(UInt32(payload.count)) + payload
    }

    func write(_ octets: [UInt8]) { _ = Foundation.write(ends[0], octets, octets.count) }

    /// Lets the stream read once, as the library would.
    func letRead() {
        var buffer = [UInt8](repeating: 0, count: 65536)
        buffer.withUnsafeMutableBytes { buffer in
            outcome = stream.receive(from: ends[1], into: buffer)
            if case .octets(let count) = outcome { passedOn += buffer[..<count] }
        }
    }

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
