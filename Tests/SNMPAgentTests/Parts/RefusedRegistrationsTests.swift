import MIPMIB
import Testing

@testable import SNMPAgent

@Suite("Registrations that the AgentX master refuses")
struct RefusedRegistrationsTests {
    static let named = RegisteredSubtree(context: "home", module: .mip)
    static let other = RegisteredSubtree(context: "home", module: .ext)
    static let standard = RegisteredSubtree(context: nil, module: .mip)

    @Test("A refusal belongs to the registration sent last, and is reported once for its context")
    func once() {
        var refused = RefusedRegistrations()
        refused.begin(Self.standard)
        refused.begin(Self.named)
        #expect(refused.refuse(status: 262) == .init(context: "home", status: 262))
        refused.begin(Self.other)
        #expect(refused.refuse(status: 262) == nil)
        #expect(Set(refused.statuses.keys) == [Self.named, Self.other])
        #expect(!refused.includesDefaultContext)
        // The next attempt.
        refused.begin(Self.named)
        #expect(refused.refuse(status: 262) == nil)
        // Another reason is news.
        refused.begin(Self.named)
        #expect(refused.refuse(status: 267) == .init(context: "home", status: 267))
    }

    @Test("A context is accepted when none of its registrations is refused any more, and a later refusal is reported again")
    func accepted() {
        var refused = RefusedRegistrations()
        for subtree in [Self.named, Self.other] {
            refused.begin(subtree)
            _ = refused.refuse(status: 263)
        }
        refused.begin(Self.named)
        #expect(refused.takeAccepted().isEmpty)
        refused.begin(Self.other)
        #expect(refused.takeAccepted() == ["home"])
        #expect(refused.takeAccepted().isEmpty)
        #expect(refused.refuse(status: 263) == .init(context: "home", status: 263))
    }

    @Test("The default context counts as refused if one of its modules is")
    func standardContext() {
        var refused = RefusedRegistrations()
        refused.begin(Self.standard)
        _ = refused.refuse(status: 263)
        #expect(refused.includesDefaultContext)
    }

    @Test("The status is read from the line of net-snmp, and named as in RFC 2741 §6.2.16")
    func lines() {
        #expect(RefusedRegistrations.status(inLog: "registering pdu failed: 262!") == 262)
        #expect(RefusedRegistrations.status(inLog: "registering pdu failed: ") == nil)
        #expect(RefusedRegistrations.status(inLog: "AgentX master disconnected us") == nil)
        #expect(
            [256, 262, 263, 267, 268, 269].map(AgentXStatus.name) == [
                "openFailed (256)", "unsupportedContext (262)", "duplicateRegistration (263)", "requestDenied (267)",
                "processingError (268)", "status 269",
            ])
    }
}
