import AgentModel
import Foundation
import MIPTesting
import MobileIPv4
import Testing

@Suite("Timestamps stored in records")
struct StoredTimestampTests {
    private static let yearZero: Int64 = -62_167_219_200_000
    private static let last: Int64 = yearZero + 0xFFFF_FFFF_FFFE

    @Test(
        "Times from the year 0 to the year 8918 are stored unchanged, others as the nearest of these",
        arguments: [
            (0, 0), (1_700_000_000_123, 1_700_000_000_123), (-1, -1), (yearZero, yearZero), (last, last),
            (yearZero - 1, yearZero), (.min, yearZero), (last + 1, last), (.max, last),
        ] as [(Int64, Int64)])
    func range(_ put: Int64, _ kept: Int64) {
        #expect(StoredTimestamp(wrappedValue: Timestamp(milliseconds: put)).wrappedValue.milliseconds == kept)
        #expect(StoredOptionalTimestamp(wrappedValue: Timestamp(milliseconds: put)).wrappedValue?.milliseconds == kept)
    }

    @Test("A missing time is missing in JSON too, and null counts as missing")
    func missing() throws {
        var binding = Samples.binding(1, lifetime: .max)
        #expect(binding.expires == nil)
        let text = String(decoding: try JSONEncoder().encode(binding), as: UTF8.self)
        #expect(!text.contains("expires"))
        #expect(try JSONDecoder().decode(Binding.self, from: Data(text.utf8)) == binding)
        let null = text.replacingOccurrences(of: "\"renewals\"", with: "\"expires\":null,\"renewals\"")
        #expect(try JSONDecoder().decode(Binding.self, from: Data(null.utf8)) == binding)
        binding.expires = Samples.start
        #expect(try JSONDecoder().decode(Binding.self, from: JSONEncoder().encode(binding)).expires == Samples.start)
    }

    @Test("They cause no padding in records that an agent has by the million")
    func sizes() {
        #expect(MemoryLayout<Binding>.stride == 72)
        #expect(MemoryLayout<MobileNodeService>.stride == 64)
    }
}
