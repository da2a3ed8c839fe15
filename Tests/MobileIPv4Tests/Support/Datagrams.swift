import MIPTesting
import MobileIPv4

// `#expect` cannot capture a `RawSpan`, so these helpers take the octets as an array.

func scan(_ octets: [UInt8], from offset: Int) throws(MessageError) -> ExtensionScan {
    try ExtensionScan(octets.span.bytes, from: offset)
}

func verify(
    _ algorithm: AuthenticationAlgorithm, _ located: LocatedAuthentication, in octets: [UInt8], key: AuthenticationKey
) -> Bool {
    algorithm.verify(located, in: octets.span.bytes, key: key)
}

func verifyChallenge(
    _ located: LocatedAuthentication, challenge: Range<Int>, in octets: [UInt8], key: AuthenticationKey
) -> Bool {
    ChallengeAuthentication.verify(located, challenge: challenge, in: octets.span.bytes, key: key)
}

/// Every extension from `offset` on.
func allExtensions(_ octets: [UInt8], from offset: Int = 0) throws(MessageError) -> [LocatedExtension] {
    var cursor = ExtensionCursor(offset: offset)
    var found: [LocatedExtension] = []
    while let next = try cursor.next(in: octets.span.bytes) { found.append(next) }
    return found
}
