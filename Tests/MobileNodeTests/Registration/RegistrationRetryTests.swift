import AgentModel
import MIPTesting
import MobileIPv4
import MobileNode
import Testing

/// The seconds of uptime at which a node failed, and at which it began to try again.
private struct Course: Equatable {
    var failures: [Int] = []
    var tries: [Int] = []
}

/// A mobile node alone with a clock: its requests are not answered unless a test answers them.
private struct Persistence {
    var node: MobileNode
    var uptime: Int64 = 0
    private var random = SeededGenerator(seed: 3)
    private var lastRequest: [UInt8] = []

    init() {
        var configuration = MobileNodeConfiguration(
            homeAddress: Place.home, homeAgent: Place.homeAgent, careOfAddress: Place.foreignAgent.address, spi: Place.spi,
            key: Place.key)
        configuration.tries = 1
        node = MobileNode(configuration: configuration)
    }

    var now: Moment { Moment(uptime: uptime, wallClock: Place.start.milliseconds * 1_000_000 + uptime) }

    mutating func attach(to attachment: NetworkAttachment = Journey.abroad) {
        note(node.attach(to: attachment, at: now, random: &random))
    }

    mutating func setEnabled(_ enabled: Bool, in attachment: NetworkAttachment? = Journey.abroad) {
        note(node.setEnabled(enabled, in: attachment, at: now, random: &random))
    }

    private mutating func note(_ request: [UInt8]?) { if let request { lastRequest = request } }

    /// Answers the last request.
    mutating func answer(_ code: ReplyCode, lifetime: UInt16 = 1800) throws {
        let request = try RegistrationRequest(decoding: lastRequest.span.bytes)
        var reply: [UInt8] = []
        RegistrationReply(
            code: code, lifetime: .init(rawValue: min(lifetime, request.lifetime.rawValue)), homeAddress: Place.home,
            homeAgent: Place.homeAgent.address, identification: request.identification
        ).encode(into: &reply)
        AuthenticationAlgorithm.hmacMD5.appendExtension(
            .mobileHomeAuthentication, spi: Place.spi, key: Place.key, to: &reply)
        var following: [UInt8]?
        _ = node.receive(reply.span.bytes, at: now, request: &following, random: &random)
    }

    /// Lets time pass as the owner of a node does.
    @discardableResult
    mutating func pass(
        seconds: Double, retrying retry: (inout Persistence) -> Void = { $0.attach(to: $0.node.attachment ?? .home) }
    ) -> Course {
        let end = uptime + Int64(seconds * 1e9)
        var course = Course()
        while let due = [node.nextDeadline, node.retry.due].compactMap({ $0 }).min(), due <= end {
            uptime = max(uptime, due)
            note(node.advance(to: now, random: &random))
            if node.failure(at: now) != nil { course.failures.append(Int(uptime / 1_000_000_000)) }
            if node.beginRetry(at: now) {
                course.tries.append(Int(uptime / 1_000_000_000))
                retry(&self)
            }
        }
        uptime = end
        return course
    }
}

@Suite("A failed registration is tried again")
struct RegistrationRetryTests {
    @Test("It is tried after 2 seconds, then after twice the delay each time, up to a minute")
    func doubling() {
        var node = Persistence()
        node.attach()
        // Each request waits one second for its answer.
        let course = node.pass(seconds: 260)
        #expect(course.failures == [1, 4, 9, 18, 35, 68, 129, 190, 251])
        #expect(zip(course.tries, course.failures).map { $0 - $1 } == [2, 4, 8, 16, 32, 60, 60, 60])
    }

    @Test("The delay after a denial is the same as after silence")
    func denied() throws {
        var node = Persistence()
        node.attach()
        try node.answer(.haAdministrativelyProhibited)
        #expect(node.node.retry.due == 2_000_000_000)
        #expect(node.node.failure(at: node.now) == nil)
        #expect(node.pass(seconds: 2.5).tries == [2])
        try node.answer(.faAdministrativelyProhibited)
        #expect(node.node.retry.due == 6_500_000_000)
    }

    @Test("Trying through another agent keeps the delay: several denying agents are not asked more often than a single one")
    func anotherAgent() {
        var node = Persistence()
        node.attach()
        var agents: UInt8 = 1
        let course = node.pass(seconds: 40) { node in
            agents += 1
            let other = TransportEndpoint(IPv4Address(198, 51, 100, agents), port: 434)
            node.attach(to: .foreignAgent(other, careOfAddress: other.address))
        }
        #expect(course == Course(failures: [1, 4, 9, 18, 35], tries: [3, 8, 17, 34]))
        #expect(agents == 5)
    }

    @Test("A move to another network resets the delay to 2 seconds")
    func moved() {
        var node = Persistence()
        node.attach()
        node.pass(seconds: 20)
        node.attach(to: .coLocated(Place.careOf))
        #expect(node.node.retry.due == nil)
        #expect(node.pass(seconds: 3.5) == Course(failures: [21], tries: [23]))
    }

    @Test("An acceptance ends the retries; the delay after the next failure is 2 seconds")
    func accepted() throws {
        var node = Persistence()
        node.attach()
        node.pass(seconds: 17.5)
        try node.answer(.accepted, lifetime: 10)
        #expect(node.node.retry.due == nil)
        // Renewed after 7 of 10 seconds, which is not answered.
        #expect(node.pass(seconds: 10) == Course(failures: [25], tries: [27]))
    }

    @Test("A disabled node does not retry; when enabled again it registers at once")
    func disabled() {
        var node = Persistence()
        node.attach()
        node.pass(seconds: 2)
        node.setEnabled(false)
        let after = node.node.counters.requestsSent
        #expect(node.pass(seconds: 300) == Course())
        node.attach(to: .coLocated(Place.careOf))
        #expect(node.pass(seconds: 300) == Course())
        #expect(node.node.counters.requestsSent == after)
        node.setEnabled(true)
        #expect(node.node.counters.requestsSent == after + 1)
        #expect(node.pass(seconds: 4).tries == [605])
    }

    @Test("A node that hears no agent does not retry")
    func detached() {
        var node = Persistence()
        node.attach()
        node.pass(seconds: 2)
        node.node.detach()
        #expect(node.pass(seconds: 300) == Course())
        node.attach()
        #expect(node.pass(seconds: 4).tries == [305])
    }

    @Test("At home, the deregistration is tried again as long as the home agent may hold a binding")
    func home() throws {
        var node = Persistence()
        node.attach()
        try node.answer(.accepted, lifetime: 30)
        node.attach(to: .home)
        #expect(node.pass(seconds: 300) == Course(failures: [1, 4, 9, 18], tries: [3, 8, 17, 34]))
        #expect(node.node.counters.deregistrationRequestsSent == 4)
        #expect(node.node.mobileNodeState == .home)
    }

    @Test("An answered deregistration is not tried again")
    func deregistered() throws {
        var node = Persistence()
        node.attach()
        try node.answer(.accepted)
        node.attach(to: .home)
        try node.answer(.accepted)
        #expect(node.pass(seconds: 300) == Course())
    }
}
