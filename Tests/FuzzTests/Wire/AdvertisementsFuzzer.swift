import FuzzSupport

@testable import MobileIPv4

/// ICMP messages of agent discovery.
enum AdvertisementsFuzzer: FuzzTarget {
    static let name = "advertisements"
    static let about = "advertisements and solicitations with a wrong checksum are refused, and others encode to an equal value"

    static func run(_ input: [UInt8]) throws {
        try read(input)
        // No fuzzer finds a checksum by chance.
        let corrected = Checksum.corrected(input, at: 2, over: 0..<input.count)
        try read(corrected)
    }

    private static func read(_ input: [UInt8]) throws {
        let isCorrect = InternetChecksum.compute(input.span.bytes) == 0
        if AgentSolicitation.matches(input.span.bytes) {
            try require(isCorrect && input.count >= 8 && input[0] == 10 && input[1] == 0, "a solicitation of other octets")
        }
        let advertisement: AgentAdvertisement
        do throws(AdvertisementError) {
            advertisement = try AgentAdvertisement(decoding: input.span.bytes)
        } catch {
            if error == .badChecksum { try require(!isCorrect, "a correct checksum was refused") }
            return
        }
        try require(isCorrect, "a wrong checksum was accepted")
        try require(advertisement.routers.count == Int(input[4]), "number of routers")
        let octets = advertisement.encoded()
        try requireEqual(InternetChecksum.compute(octets.span.bytes), 0, "checksum")
        var expected = advertisement
        expected.skippedUnknown = 0
        // The first 62 addresses fill an extension; one of an odd length cannot have more.
        let again = try AgentAdvertisement(decoding: octets.span.bytes)
        try requireEqual(again, expected, "decoded again")
        try requireEqual(again.encoded(), octets, "encoded again")
    }
}
