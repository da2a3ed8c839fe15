import MIPTesting
import Testing

@testable import MobileIPv4

@Suite("The registry of reply codes")
struct ReplyCodeTests {
    @Test("Each code is declared once, in ascending order, with its own label")
    func order() {
        let all = ReplyCodeDeclaration.all
        #expect(all.count > 70)
        #expect(zip(all, all.dropFirst()).allSatisfy { $0.code < $1.code })
        #expect(Set(all.map(\.label)).count == all.count)
        #expect(all.allSatisfy { !$0.meaning.isEmpty })
    }

    @Test("A label begins with the abbreviation of its giver, and the number is in the giver's range")
    func givers() {
        for declaration in ReplyCodeDeclaration.all where declaration.code != .reserved194 {
            let (prefix, codes): (String, ClosedRange<UInt8>) =
                switch declaration.giver {
                case .either: ("", 0...8)
                case .foreignAgent: ("fa", 64...127)
                case .homeAgent: ("ha", 128...192)
                case .gatewayForeignAgent: ("gfa", 193...193)
                case .correspondentNode: ("cn", 201...203)
                }
            #expect(declaration.label.hasPrefix(prefix))
            #expect(codes.contains(declaration.code.rawValue))
        }
    }

    @Test("Every octet is a code; an unassigned one is named by its number")
    func octets() {
        let assigned = Set(ReplyCodeDeclaration.all.map(\.code.rawValue))
        for octet in UInt8.min...UInt8.max {
            let code = ReplyCode(rawValue: octet)
            #expect(code.declaration?.code == (assigned.contains(octet) ? code : nil))
            if code.declaration == nil { #expect(code.label == "code\(octet)" && code.description == "\(octet) unassigned") }
        }
        #expect(ReplyCode.haIdentificationMismatch.description == "133 registration identification mismatch")
        #expect(ReplyCode.haIdentificationMismatch.label == "haIdentificationMismatch")
    }

    @Test("The constants match the declarations")
    func constants() async throws {
        let (status, _, errors) = try await ChildProcess.run(
            BuiltProducts.repository + "/scripts/generate-reply-codes", ["--check"])
        #expect(status == 0, "\(errors)")
    }
}
