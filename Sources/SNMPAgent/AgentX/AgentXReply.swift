import MIPMIB
import MobileIPv4

/// Response PDUs (RFC 2741 §6.2.16), one after another in storage that is reused.
package struct AgentXReply {
    /// v.type of exceptions (§5.4).
    enum Exception: UInt16 {
        case noSuchObject = 128
        case noSuchInstance = 129
        case endOfMibView = 130
    }

    /// The longest response, in octets with its header, that the `agentx_parse` of net-snmp's master accepts.
    package static let limit = 65536

    package private(set) var octets: [UInt8] = []
    private var start = 0
    private var isNetworkByteOrder = false
    private let longest: Int

    /// - Parameter limit: The longest response, in octets; less than a master accepts where a test needs many short ones.
    package init(limit: Int = Self.limit) { longest = limit }

    /// Removes all responses, so that others can be written.
    package mutating func clear() { octets.removeAll(keepingCapacity: true) }

    /// Begins the response to the PDU with this header, in its order of octets.
    ///
    /// - Parameters:
    ///   - status: res.error.
    ///   - index: res.index, the position of the variable at fault, counted from 1; 0 for none.
    mutating func begin(_ header: AgentXHeader, status: UInt16 = AgentXStatus.noError, index: Int = 0) {
        start = octets.count
        isNetworkByteOrder = header.flags & AgentXHeader.isNetworkByteOrder != 0
        octets.append(1)
        octets.append(AgentXHeader.Kind.response)
        // A response has no context field, and no other flag has a meaning in it.
        octets.append(header.flags & AgentXHeader.isNetworkByteOrder)
        octets.append(0)
        append(header.sessionID)
        append(header.transactionID)
        append(header.packetID)
        append(0 as UInt32)
        // res.sysUpTime, which has no meaning in a response of a subagent.
        append(0 as UInt32)
        append(status)
        append(UInt16(clamping: index))
    }

    /// Writes a response without variables.
    mutating func refuse(_ header: AgentXHeader, _ status: UInt16, index: Int = 0) {
        begin(header, status: status, index: index)
        end()
    }

    /// Whether the response that was begun is longer than a master accepts.
    var isTooLong: Bool { octets.count - start > longest }

    /// Ends the response.
    mutating func end() {
        let length = UInt32(truncatingIfNeeded: octets.count - start - AgentXHeader.length)
        (octets[start + 16], octets[start + 17], octets[start + 18], octets[start + 19]) = parts(of: length)
    }

    /// Removes the response that was begun.
    mutating func abandon() { octets.removeSubrange(start...) }

    /// Removes what was written to the response after it had this many octets in `octets`.
    mutating func shorten(to count: Int) { octets.removeSubrange(count...) }

    mutating func append(_ name: [UInt], _ exception: Exception) {
        append(type: exception.rawValue)
        append(name)
    }

    mutating func append(_ name: [UInt], _ value: MIBValue) {
        append(type: value.agentXType)
        append(name)
        switch value {
        case .integer(let number): append(UInt32(bitPattern: number))
        case .unsigned(let number), .gauge(let number), .counter(let number), .timeTicks(let number): append(number)
        case .counter64(let number):
            let (high, low) = (UInt32(truncatingIfNeeded: number >> 32), UInt32(truncatingIfNeeded: number))
            append(isNetworkByteOrder ? high : low)
            append(isNetworkByteOrder ? low : high)
        case .ipAddress(let address):
            append(4 as UInt32)
            let (a, b, c, d) = address.octets
            octets.append(a)
            octets.append(b)
            octets.append(c)
            octets.append(d)
        case .octets(let string):
            append(UInt32(truncatingIfNeeded: string.count))
            octets.append(contentsOf: string)
            while (octets.count - start) % 4 != 0 { octets.append(0) }
        }
    }

    private mutating func append(type: UInt16) {
        append(type)
        octets.append(0)
        octets.append(0)
    }

    private mutating func append(_ number: UInt16) {
        let (high, low) = (UInt8(truncatingIfNeeded: number >> 8), UInt8(truncatingIfNeeded: number))
        octets.append(isNetworkByteOrder ? high : low)
        octets.append(isNetworkByteOrder ? low : high)
    }

    private mutating func append(_ name: [UInt]) {
        // A name that begins with 1.3.6.1 and a small number has a short form.
        let isShort =
            name.count >= 5 && name[0] == 1 && name[1] == 3 && name[2] == 6 && name[3] == 1 && (1...255).contains(name[4])
        let first = isShort ? 5 : 0
        octets.append(UInt8(truncatingIfNeeded: name.count - first))
        octets.append(isShort ? UInt8(truncatingIfNeeded: name[4]) : 0)
        octets.append(0)
        octets.append(0)
        for index in first..<name.count { append(UInt32(truncatingIfNeeded: name[index])) }
    }

    private mutating func append(_ number: UInt32) {
        let (a, b, c, d) = parts(of: number)
        octets.append(a)
        octets.append(b)
        octets.append(c)
        octets.append(d)
    }

    private func parts(of number: UInt32) -> (UInt8, UInt8, UInt8, UInt8) {
        let ordered = isNetworkByteOrder ? number.byteSwapped : number
        return (
            UInt8(truncatingIfNeeded: ordered), UInt8(truncatingIfNeeded: ordered >> 8), UInt8(truncatingIfNeeded: ordered >> 16),
            UInt8(truncatingIfNeeded: ordered >> 24)
        )
    }
}

extension MIBValue {
    /// v.type (RFC 2741 §5.4).
    fileprivate var agentXType: UInt16 {
        switch self {
        case .integer: 2
        case .octets: 4
        case .ipAddress: 64
        case .counter: 65
        case .unsigned, .gauge: 66
        case .timeTicks: 67
        case .counter64: 70
        }
    }
}
