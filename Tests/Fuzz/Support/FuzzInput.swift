/// Takes an input apart: numbers that steer a run, then data. An input that is too short reads as zeros.
package struct FuzzInput {
    private let octets: [UInt8]
    private var position = 0

    package init(_ octets: [UInt8]) { self.octets = octets }

    package var isAtEnd: Bool { position >= octets.count }

    package mutating func octet() -> UInt8 {
        guard position < octets.count else { return 0 }
        defer { position += 1 }
        return octets[position]
    }

    package mutating func number16() -> UInt16 {
        let high = octet()
        return UInt16(high) << 8 | UInt16(octet())
    }

    /// Up to this many bytes.
    package mutating func octets(_ count: Int) -> [UInt8] {
        let end = min(octets.count, position + count)
        defer { position = end }
        return Array(octets[position..<end])
    }

    /// Everything that is left.
    package mutating func rest() -> [UInt8] { octets(octets.count) }
}
