/// Converts pairs of hexadecimal digits to octets; blanks between them are allowed.
func octets(_ hexadecimal: String) -> [UInt8] {
    let digits = hexadecimal.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}

func hexadecimal(_ octets: some Sequence<UInt8>) -> String {
    octets.map { (($0 < 16) ? "0" : "") + String($0, radix: 16) }.joined()
}
