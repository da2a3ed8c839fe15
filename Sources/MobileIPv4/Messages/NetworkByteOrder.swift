extension RawSpan {
    /// The octet at `offset`; the caller has checked that it is in range.
    package func octet(at offset: Int) -> UInt8 { unsafeLoad(fromByteOffset: offset, as: UInt8.self) }

    /// Two octets from `offset`, most significant first.
    package func uint16(at offset: Int) -> UInt16 {
        precondition(offset >= 0 && offset + 2 <= byteCount)
        return UInt16(bigEndian: unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt16.self))
    }

    /// Four octets from `offset`, most significant first.
    package func uint32(at offset: Int) -> UInt32 {
        precondition(offset >= 0 && offset + 4 <= byteCount)
        return UInt32(bigEndian: unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt32.self))
    }
}

extension Array where Element == UInt8 {
    /// Appends an integer, most significant octet first.
    package mutating func append(bigEndian value: some FixedWidthInteger & UnsignedInteger) {
        var shift = value.bitWidth
        while shift > 0 {
            shift -= 8
            append(UInt8(truncatingIfNeeded: value >> shift))
        }
    }
}
