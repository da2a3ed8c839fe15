import AgentModel
import MobileIPv4
import Testing

@Suite("The encapsulation that a request asks for")
struct EncapsulationTests {
    @Test("GRE takes precedence over minimal encapsulation, and IP in IP applies without either, whatever the other flags")
    func flags() {
        for octet in UInt8.min...UInt8.max {
            let flags = RegistrationFlags(rawValue: octet)
            let expected: Encapsulation = octet & 0x08 != 0 ? .gre : octet & 0x10 != 0 ? .minEnc : .ipInIp
            #expect(flags.encapsulation == expected)
        }
    }
}
