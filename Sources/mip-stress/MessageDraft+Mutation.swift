import MobileIPv4

extension MessageDraft {
    /// Values with which fields are replaced.
    struct Values {
        var addresses: [IPv4Address]
        /// The identification that fits now.
        var identification: UInt64
    }

    private static let lifetimes: [UInt16] = [0, 1, 5, 600, 1800, 65_534, 65_535]
    /// Extensions that are legal, misplaced, of the wrong length, critical or unknown.
    private static let extensions: [[UInt8]] = [
        [131, 0], [131, 5] + Array("a@b.c".utf8), [131, 3, 0xFF, 0xFE, 0xFD], [131, 2, 0x0A, 0x40],
        [131, 255] + Array(repeating: 0x78, count: 253) + [0x40, 0x79],
        [131, 17] + Array("alice@example.net".utf8),
        [132, 4, 1, 2, 3, 4], [132, 0], [132, 255] + Array(repeating: 7, count: 255), [0], [0, 0, 0], [32, 0],
        [32, 4, 0, 0, 1, 0],
        [33, 20] + Array(repeating: 0, count: 20), [34, 3, 0, 0, 1], [36, 1, 0, 20] + Array(repeating: 1, count: 20),
        [36, 2, 0, 4, 0, 0, 0, 2], [36, 1, 0xFF, 0xFF], [38, 0, 0, 6, 0, 0, 0, 9, 0, 1], [38, 0, 0, 2, 0, 0],
        [134, 8, 0, 0, 0, 0, 0, 9, 0, 1], [134, 3, 0, 0, 0], [130, 0], [130, 4, 0, 0, 0, 0], [144, 6, 0, 0, 0x80, 0, 0, 0],
        [144, 6, 0, 0, 0, 0, 0, 0], [44, 6, 0, 0, 0, 0, 0, 60], [45, 2, 0, 65], [139, 5, 1, 10, 0, 0, 1], [141, 2], [141, 10],
        [139, 1, 0, 4, 192, 0, 2, 1], [139, 1, 0, 4, 0, 0, 0, 0], [139, 2, 0, 4, 192, 0, 2, 2], [139, 1, 0, 3, 192, 0, 2],
        [151, 0], [151, 3, 0x69, 0x6D, 0x73], [151, 2, 0xC0, 0x80], [151, 3, 0xEF, 0xAC, 0x81],
        [136, 15, 1] + Array("ha@example.net".utf8), [136, 1, 2], [134, 12, 0, 0, 0, 0, 0, 9, 0, 14, 0, 0, 0, 0],
        [134, 11, 0, 0, 0, 0, 0, 9, 0, 14, 0, 0, 0], [127, 1, 0, 0], [127, 2, 0, 1, 9], [255, 1, 1], [255, 2, 2, 9],
        [77, 0], [127, 1, 1], [200, 3, 1, 2, 3], [255, 255], [136, 0, 0, 0], [43, 2, 0, 0],
    ]

    /// Makes one change, which the authenticators will cover.
    mutating func mutate(_ dice: inout Dice, _ values: Values) {
        switch dice.number(0...11) {
        case 0: fixed[1] = dice.octet()
        case 1: replace(2, with: dice.pick(Self.lifetimes))
        case 2, 3: replaceAddress(&dice, values)
        case 4: replaceIdentification(&dice, values)
        case 5: parts.insert(.octets(dice.pick(Self.extensions)), at: dice.number(0...parts.count))
        case 6:
            let data = dice.octets(dice.number(0...40))
            parts.insert(.octets([dice.octet(), UInt8(data.count)] + data), at: dice.number(0...parts.count))
        default:
            guard !parts.isEmpty else { return }
            change(dice.number(0...parts.count - 1), &dice)
        }
    }

    private mutating func change(_ index: Int, _ dice: inout Dice) {
        switch dice.number(0...6) {
        case 0: parts.remove(at: index)
        case 1: parts.insert(parts[index], at: dice.number(0...parts.count))
        case 2: parts.swapAt(index, dice.number(0...parts.count - 1))
        case 3: parts.append(contentsOf: Array(repeating: parts[index], count: dice.number(1...40)))
        default:
            guard case .octets(var octets) = parts[index], !octets.isEmpty else { return }
            switch dice.number(0...2) {
            case 0: octets.removeLast(dice.number(1...octets.count))
            case 1: octets[min(1, octets.count - 1)] = dice.pick([0, 1, 2, 3, 4, 127, 128, 254, 255])
            default: octets[dice.number(0...octets.count - 1)] = dice.octet()
            }
            parts[index] = .octets(octets)
        }
    }

    private mutating func replaceAddress(_ dice: inout Dice, _ values: Values) {
        let value = dice.once(in: 4) ? UInt32(truncatingIfNeeded: dice.next()) : dice.pick(values.addresses).rawValue
        let offset = dice.pick(fixed.count == RegistrationRequest.fixedSize ? [4, 8, 12] : [4, 8])
        replace(offset, with: UInt16(truncatingIfNeeded: value >> 16))
        replace(offset + 2, with: UInt16(truncatingIfNeeded: value))
    }

    private mutating func replaceIdentification(_ dice: inout Dice, _ values: Values) {
        let second: UInt64 = 1 << 32
        let value: UInt64 =
            switch dice.number(0...6) {
            case 0: 0
            case 1: .max
            case 2: values.identification &+ second &* UInt64(dice.number(1...9))
            case 3: values.identification &- second &* UInt64(dice.number(1...9))
            case 4: values.identification ^ 1 << UInt64(dice.number(0...63))
            case 5: values.identification &+ second << 31
            default: dice.next()
            }
        let start = fixed.count - 8
        for index in 0..<8 { fixed[start + index] = UInt8(truncatingIfNeeded: value >> UInt64(56 - 8 * index)) }
    }

    private mutating func replace(_ offset: Int, with value: UInt16) {
        fixed[offset] = UInt8(truncatingIfNeeded: value >> 8)
        fixed[offset + 1] = UInt8(truncatingIfNeeded: value)
    }
}
