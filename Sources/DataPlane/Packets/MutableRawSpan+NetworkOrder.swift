extension MutableRawSpan {
    /// Writes two octets at `offset`, most significant first. The caller has checked that they fit.
    mutating func put(_ value: UInt16, at offset: Int) { storeBytes(of: value.bigEndian, toByteOffset: offset, as: UInt16.self) }

    /// Writes four octets at `offset`, most significant first. The caller has checked that they fit.
    mutating func put(_ value: UInt32, at offset: Int) { storeBytes(of: value.bigEndian, toByteOffset: offset, as: UInt32.self) }

    /// Writes one octet at `offset`. The caller has checked that it fits.
    mutating func put(_ value: UInt8, at offset: Int) { storeBytes(of: value, toByteOffset: offset, as: UInt8.self) }

    /// Moves `count` octets towards the end by `distance`, which may be less than `count`.
    mutating func moveUp(from offset: Int, count: Int, by distance: Int) {
        var index = count
        while index > 0 {
            index -= 1
            put(bytes.unsafeLoad(fromByteOffset: offset + index, as: UInt8.self), at: offset + index + distance)
        }
    }
}
