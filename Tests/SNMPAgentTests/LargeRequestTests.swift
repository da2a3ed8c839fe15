import AgentModel
import Foundation
import MIPTesting
import MobileIPv4
import Testing

@Suite("Large requests of managers", .serialized)
struct LargeRequestTests {
    /// A GetNextRequest of SNMPv2c for this many columns of haMobilityBindingTable.
    static func request(_ columns: Int) -> [UInt8] {
        func sized(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
            let count = content.count
            let length: [UInt8] =
                count < 128 ? [UInt8(count)] : [0x82, UInt8(truncatingIfNeeded: count >> 8), UInt8(truncatingIfNeeded: count)]
            return [tag] + length + content
        }
        let variables = (0..<columns).flatMap { number -> [UInt8] in
            let name: [UInt8] = [0x2B, 6, 1, 2, 1, 0x2C, 1, 6, 3, 1, 1, UInt8(number % 9 + 1)]
            return sized(0x30, sized(0x06, name) + [5, 0])
        }
        let pdu = sized(0xA1, [2, 1, 77, 2, 1, 0, 2, 1, 0] + sized(0x30, variables))
        return sized(0x30, [2, 1, 1] + sized(0x04, Array("public".utf8)) + pdu)
    }

    /// Sends a datagram and returns error-status and the length of the response; nil without a response in 3 seconds.
    static func ask(_ octets: [UInt8], port: UInt16) -> (status: UInt8, length: Int)? {
        let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        defer { close(descriptor) }
        var patience = timeval(tv_sec: 3, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        address.sin_port = port.bigEndian
        withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = sendto(descriptor, octets, octets.count, 0, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        var response = [UInt8](repeating: 0, count: 70_000)
        let count = recv(descriptor, &response, response.count, 0)
        guard count > 0 else { return nil }
        // request-id 77, then error-status.
        let identifier: [UInt8] = [2, 1, 77, 2, 1]
        for start in 0..<min(40, count - 6) where response[start..<start + 5].elementsEqual(identifier) {
            return (response[start + 5], count)
        }
        return nil
    }

    static let rows: [StateChange] = (0..<20).map { .binding(Samples.binding($0)) }

    @Test(
        "Requests are answered or refused with tooBig at once, in any size that fits a datagram, and others are served meanwhile",
        arguments: SNMPBench.Mode.allCases)
    func sizes(mode: SNMPBench.Mode) async throws {
        let bench = try SNMPBench(rows: Self.rows)
        try await bench.start(mode)
        try await eventually("the rows") {
            try await bench.snmp("snmpwalk", ["\(SNMPBench.root).1.6.3.1.1.1"]).contains("10.0.1.19.")
        }
        // The quickest of a few is compared with the promise: a busy machine only ever adds time.
        var quickest = Duration.seconds(60)
        for columns in [100, 800, 900, 1500, 2500, 3000] {
            let start = ContinuousClock.now
            let answer = try #require(Self.ask(Self.request(columns), port: bench.snmpPort), "\(columns) columns")
            quickest = min(quickest, ContinuousClock.now - start)
            if columns <= 800 { #expect(answer.status == 0 && answer.length > columns * 25) }
            // More than fits a datagram, or a response that snmpd accepts from a subagent.
            if columns >= 2500 || mode.hasMaster && columns > 800 { #expect(answer.status == 1, "\(columns) columns") }
            #expect(answer.length <= 65507)
            #expect(try await bench.answers())
        }
        #expect(quickest < .seconds(1))
        let log = bench.daemon?.output ?? ""
        #expect(!log.contains("SNMP is disconnected"))
        // One line of libnetsnmp for each variable would be thousands.
        #expect(log.split(separator: "\n").count < 60, "\(log.suffix(2000))")
        try await bench.stop()
    }
}
