import Testing

@testable import StateStore

@Suite("Checksums of the journal")
struct ChecksumTests {
    @Test(
        "They are CRC-32C",
        arguments: [
            (Array("123456789".utf8), 0xE306_9283), ([], 0), ([UInt8](repeating: 0, count: 32), 0x8A91_36AA),
            (Array(0..<32), 0x46DD_794E),
        ] as [([UInt8], UInt32)])
    func known(bytes: [UInt8], sum: UInt32) {
        #expect(Checksum.of(bytes.span.bytes) == sum)
        for split in bytes.indices {
            let first = Checksum.of(bytes.span.bytes.extracting(0..<split))
            #expect(Checksum.of(bytes.span.bytes.extracting(split..<bytes.count), from: first) == sum)
        }
    }
}
