import Foundation
import MIPTesting
import Testing

@testable import mip_mib

@Suite("mip-mib: credentials for SNMP")
struct CredentialsTests {
    @Test(
        "What only an SNMPv3 user has is refused with a community, and not dropped",
        arguments: [
            ("community: public\ncontext: foreign\n", "contexts need 'user'"),
            ("community: public\nauthenticationPassword: long-enough\n", "a community has no password"),
            ("community: public\nprivacyPassword: long-enough\n", "a community has no password"),
        ])
    func file(text: String, words: String) throws {
        let directory = try TemporaryDirectory()
        let file = try directory.write(text, to: "credentials.yaml")
        chmod(file, 0o600)
        do {
            _ = try SNMPCredentials.read(file, environment: [:])
            Issue.record("accepted")
        } catch let failure as CommandFailure {
            #expect(failure.status == 2 && failure.message.contains(words), "\(failure.message)")
        }
    }

    @Test(
        "The same holds for the variables",
        arguments: ["MIP_MIB_SNMP_CONTEXT", "MIP_MIB_SNMP_AUTHENTICATION_PASSWORD", "MIP_MIB_SNMP_PRIVACY_PASSWORD"])
    func variables(name: String) throws {
        do {
            _ = try SNMPCredentials.read(nil, environment: [name: "long-enough", "MIP_MIB_COMMUNITY": "public"])
            Issue.record("accepted")
        } catch let failure as CommandFailure {
            #expect(failure.status == 2 && failure.message.hasPrefix("\(name) has no effect without MIP_MIB_SNMP_USER"))
        }
        var environment = ["MIP_MIB_SNMP_USER": "monitor", "MIP_MIB_SNMP_AUTHENTICATION_PASSWORD": "long-enough"]
        environment[name] = "long-enough"
        #expect(throws: Never.self) { try SNMPCredentials.read(nil, environment: environment) }
    }
}
