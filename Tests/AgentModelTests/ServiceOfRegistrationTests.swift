import AgentModel
import Foundation
import MIPTesting
import MobileIPv4
import Testing

@Suite("The service of a registration")
struct ServiceOfRegistrationTests {
    private static let nais: [NetworkAccessIdentifier?] = [nil, NetworkAccessIdentifier("alice@example.net")]
    private static let services: [ServiceIdentifier?] = [nil, ServiceIdentifier("ims")]

    @Test("A binding and a visit have an NAI and a service, each with or without the other, in whatever order they are set")
    func independent() {
        for nai in Self.nais {
            for service in Self.services {
                var (binding, visitor) = (Samples.binding(1), Samples.visitor(1))
                (binding.nai, binding.service) = (nai, service)
                (visitor.service, visitor.nai) = (service, nai)
                #expect(binding.nai == nai && binding.service == service)
                #expect(visitor.nai == nai && visitor.service == service)
                (binding.nai, visitor.nai) = (NetworkAccessIdentifier("bob@example.net"), nil)
                #expect(binding.nai?.value == "bob@example.net" && binding.service == service)
                #expect(visitor.nai == nil && visitor.service == service)
                binding.service = nil
                #expect(binding.nai?.value == "bob@example.net" && binding.service == nil)
            }
        }
    }

    @Test("Registrations that differ in the service alone are different")
    func equality() {
        let (plain, binding) = (Samples.binding(2), Samples.binding(2))
        #expect(binding == plain)
        for service in ["ims", "voip.example.com"] {
            var other = binding
            other.service = ServiceIdentifier(service)
            #expect(other != plain && other.key == plain.key)
        }
    }

    @Test("It is a member of their JSON, which is missing without one")
    func coding() throws {
        var (binding, visitor) = (Samples.binding(2), Samples.visitor(2))
        #expect(!String(decoding: try JSONEncoder().encode(binding), as: UTF8.self).contains("service"))
        binding.service = ServiceIdentifier("ims")
        visitor.service = ServiceIdentifier("ims")
        #expect(try JSONDecoder().decode(Binding.self, from: JSONEncoder().encode(binding)) == binding)
        #expect(try JSONDecoder().decode(Visitor.self, from: JSONEncoder().encode(visitor)) == visitor)
        #expect(String(decoding: try JSONEncoder().encode(binding), as: UTF8.self).contains(#""service":"ims""#))
    }
}
