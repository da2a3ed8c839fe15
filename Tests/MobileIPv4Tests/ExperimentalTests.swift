import MIPTesting
import MobileIPv4
import Testing

@Suite("Experimental messages and extensions")
struct ExperimentalTests {
    private static func decode(
        _ octets: [UInt8]
    ) throws -> (nonSkippable: NonSkippableExperimental, skippable: SkippableExperimental) {
        let values = try readExtensions(of: octets.span.bytes, from: 0)
        return (
            try #require(values.first as? NonSkippableExperimental), try #require(values.last as? SkippableExperimental)
        )
    }

    @Test(
        "Every Sub-Type of both extensions is read, and is understood where the type is",
        arguments: [UInt8(0), 62, 63, 64, 255])
    func subtypes(subtype: UInt8) throws {
        let octets: [UInt8] = [127, subtype, 0, 1, 42] + [255, 2, subtype, 43]
        let values = try Self.decode(octets)
        #expect(values.nonSkippable == NonSkippableExperimental(subtype: subtype, content: [42]))
        #expect(values.skippable == SkippableExperimental(subtype: subtype, content: [43]))
        let entries: [ExtensionUnderstanding.Entry] = [.all(NonSkippableExperimental.self), .all(SkippableExperimental.self)]
        let scan = try ExtensionScan(octets.span.bytes, from: 0, understanding: ExtensionUnderstanding(entries))
        #expect(scan.count == 2 && scan.skipped == 0)
    }

    @Test("A role that does not understand them drops a message with 127, and skips 255")
    func notUnderstood() throws {
        let understanding = ExtensionUnderstanding(.base)
        let skippable: [UInt8] = [255, 2, 1, 43]
        let scan = try ExtensionScan(skippable.span.bytes, from: 0, understanding: understanding)
        #expect(scan.skipped == 1)
        let nonSkippable: [UInt8] = [127, 1, 0, 0]
        #expect(throws: MessageError.unknownCriticalExtension(type: 127, offset: 0)) {
            try ExtensionScan(nonSkippable.span.bytes, from: 0, understanding: understanding)
        }
    }

    @Test("Both may be empty after their Sub-Type, which 255 must have")
    func empty() throws {
        let values = try Self.decode([127, 7, 0, 0] + [255, 1, 7])
        #expect(values.nonSkippable == NonSkippableExperimental(subtype: 7, content: []))
        #expect(values.skippable == SkippableExperimental(subtype: 7, content: []))
        #expect(throws: MessageError.malformedExtension(type: 255, offset: 0)) {
            try readExtensions(of: ([255, 0] as [UInt8]).span.bytes, from: 0)
        }
    }

    @Test("127 carries more than 255 octets, and 255 carries 254")
    func longest() throws {
        let long = NonSkippableExperimental(subtype: 1, content: Array(repeating: 5, count: 1000))
        var octets: [UInt8] = []
        try long.encode(into: &octets)
        let short = SkippableExperimental(subtype: 1, content: Array(repeating: 6, count: 254))
        try short.encode(into: &octets)
        #expect(octets.count == 1004 + 257)
        let values = try Self.decode(octets)
        #expect(values.nonSkippable == long && values.skippable == short)
        #expect(throws: ExtensionTooLong.self) {
            try SkippableExperimental(subtype: 1, content: Array(repeating: 6, count: 255)).encode(into: &octets)
        }
    }

    @Test(
        "A message whose contents are not extensions cannot be scanned",
        arguments: [[255, 9], [255, 32, 20, 0], [255, 1, 200, 1]] as [[UInt8]])
    func opaque(octets: [UInt8]) throws {
        let message = try ExperimentalMessage(decoding: octets.span.bytes)
        #expect(message == ExperimentalMessage())
        #expect(throws: MessageError.self) { try scan(octets, from: ExperimentalMessage.fixedSize) }
    }
}
