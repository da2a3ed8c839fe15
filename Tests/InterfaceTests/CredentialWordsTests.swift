import SNMPAgent
import SNMPClient
import Testing

@Suite("The words for credentials")
struct CredentialWordsTests {
    @Test("mip-mib spells the protocols of SNMPv3 as mip-mibd's configuration does, and lacks only SHA-224")
    func spelling() {
        let hashes = SNMPUser.Authentication.allCases.map(\.rawValue).filter { $0 != "SHA-224" }
        #expect(AuthenticationProtocol.allCases.map(\.rawValue) == hashes)
        #expect(PrivacyProtocol.allCases.map(\.rawValue) == SNMPUser.Privacy.allCases.map(\.rawValue))
    }
}
