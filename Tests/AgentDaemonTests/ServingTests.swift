import AgentControl
import AgentDaemon
import AgentModel
import MIPTesting
import ManagementCore
import MobileIPv4
import Testing

@Suite("The agent on the network")
struct ServingTests {
    @Test("A registration over UDP is answered and appears on the control socket")
    func registration() async throws {
        let setting = try Setting()
        try await setting.serving { mirror in
            let node = setting.node()
            node.socket.send(node.request(), to: setting.home)
            let datagram = try await node.socket.receive()
            let reply = try RegistrationReply(decoding: datagram.span.bytes)
            #expect(reply.code == .accepted)
            let scan = try ExtensionScan(datagram.span.bytes, from: RegistrationReply.fixedSize)
            let authentication = try #require(scan.mobileHome)
            let isAuthentic = AuthenticationAlgorithm.hmacMD5.verify(
                authentication, in: datagram.span.bytes, key: MobileNodeClient.key)
            #expect(isAuthentic)
            try await eventually("the binding in the mirror") { mirror.state().bindings.count == 1 }
            let binding = try #require(mirror.state().bindings.first?.row)
            #expect(binding.homeAddress == node.homeAddress)
            #expect(binding.careOfAddress == node.careOfAddress)
            #expect(binding.sourcePort == node.socket.endpoint.port)
            try await eventually("the counters in the mirror") {
                mirror.state().counters.homeAgent?.requestsReceived == 1 && mirror.state().counters.homeAgent?.repliesSent == 1
            }
        }
    }

    @Test(
        "A request for a feature that is not enabled gets no reply and increments unknownExtension",
        arguments: [40, 42, 46, 47, 48, 44, 45] as [UInt8])
    func notTurnedOn(type: UInt8) async throws {
        let sample = try #require(ExtensionOnTheWire.all.first { $0.type == type })
        let setting = try Setting()
        try await setting.serving { mirror in
            var node = setting.node()
            node.extensions = sample.octets
            node.socket.send(node.request(), to: setting.home)
            // Datagrams are handled in order: the next reply is the one to the second request.
            let next = setting.node(2)
            node.socket.send(next.request(), to: setting.home)
            let datagram = try await node.socket.receive()
            let reply = try RegistrationReply(decoding: datagram.span.bytes)
            #expect(reply.homeAddress == next.homeAddress && reply.code == .accepted)
            try await eventually("the counters in the mirror") {
                mirror.state().counters.homeAgent?.discards[.unknownExtension] == 1
                    && mirror.state().counters.homeAgent?.repliesSent == 1
            }
            #expect(mirror.state().bindings.map(\.row.homeAddress) == [next.homeAddress])
        }
    }

    @Test("A registration through the foreign agent of the same daemon appears as binding and visitor")
    func foreignAgent() async throws {
        let setting = try Setting()
        try await setting.serving(withForeignAgent: true) { mirror in
            var node = setting.node()
            node.careOfAddress = IPv4Address(127, 0, 0, 1)
            let reply = try await node.register(at: setting.foreign, flags: [])
            #expect(reply.code == .accepted)
            try await eventually("binding and visitor in the mirror") {
                let state = mirror.state()
                return state.bindings.count == 1 && state.visitors.first?.row.state == .accepted
            }
        }
    }

    @Test("The agent reports how many rows its tables currently have")
    func counts() async throws {
        let setting = try Setting()
        try await setting.serving(withForeignAgent: true) { mirror in
            var node = setting.node()
            node.careOfAddress = IPv4Address(127, 0, 0, 1)
            let reply = try await node.register(at: setting.foreign, flags: [])
            #expect(reply.code == .accepted)
            try await eventually("binding and visitor") {
                mirror.state().bindings.count == 1 && mirror.state().visitors.count == 1
            }
            let reported = try await AgentCommands(socketPath: setting.control).run { try await $0.information() }
            let state = mirror.state()
            #expect(
                reported.counts
                    == TableCounts(
                        bindings: 1, visitors: 1, associations: state.associations.count, violations: state.violations.count))
            #expect(state.associations.count > 0)
        }
    }

    @Test("When the ICMP error of a home agent with a closed port arrives, the node is notified at once")
    func unreachable() async throws {
        let setting = try Setting()
        try await setting.serving(withForeignAgent: true) { _ in
            var node = setting.node(homeAgent: IPv4Address(127, 0, 0, 99))
            node.careOfAddress = IPv4Address(127, 0, 0, 1)
            let begin = ContinuousClock.now
            let refused = try await node.register(at: setting.foreign, flags: [])
            #expect(refused.code == .faHomeAgentPortUnreachable)
            #expect(ContinuousClock.now - begin < .seconds(5))
            // The socket is still usable.
            var other = setting.node(2)
            other.careOfAddress = IPv4Address(127, 0, 0, 1)
            let accepted = try await other.register(at: setting.foreign, flags: [])
            #expect(accepted.code == .accepted)
        }
    }

    @Test(
        "A reverse tunnel is only granted to visitors on the link, recognised by their time to live",
        arguments: [(64, .faMobileNodeTooDistant), (255, .accepted)] as [(Int32, ReplyCode)])
    func distance(timeToLive: Int32, code: ReplyCode) async throws {
        let setting = try Setting()
        try await setting.serving(withForeignAgent: true) { _ in
            var node = setting.node()
            node.careOfAddress = IPv4Address(127, 0, 0, 1)
            node.socket.setTimeToLive(timeToLive)
            let reply = try await node.register(at: setting.foreign, flags: .reverseTunnel)
            #expect(reply.code == code)
        }
    }

    @Test("A binding ends when its lifetime does")
    func expiry() async throws {
        let setting = try Setting()
        try await setting.serving { mirror in
            let reply = try await setting.node().register(at: setting.home, lifetime: 1)
            #expect(reply.code == .accepted)
            try await eventually("the binding in the mirror") { mirror.state().bindings.count == 1 }
            try await eventually("the end of the binding") { mirror.state().bindings.isEmpty }
            try await eventually("its count") { mirror.state().counters.homeAgent?.bindingsExpired == 1 }
        }
    }

    @Test("A request to the broadcast address of a home network is answered with the home agent's address")
    func discovery() async throws {
        let setting = try Setting()
        try await setting.serving(homeNetworks: "10.1.0.0/16, 127.81.0.0/24") { _ in
            let broadcast = IPv4Address(127, 81, 0, 255)
            let node = setting.node(homeAgent: broadcast)
            let reply = try await node.register(at: TransportEndpoint(broadcast, port: setting.home.port))
            #expect(reply.code == .haUnknownHomeAgentAddress)
            #expect(reply.homeAgent == setting.home.address)
        }
    }

    @Test("A request longer than any that is read is counted as tooLong, and one of the limit's length is read")
    func tooLong() async throws {
        let setting = try Setting()
        try await setting.serving { mirror in
            var node = setting.node()
            // Skippable extensions of 257 bytes; a shorter last one makes the length exact.
            func pad(to length: Int) {
                node.extensions = []
                var left = length - node.request().count
                while left > 0 {
                    let data = min(255, left - 2)
                    node.extensions += [200, UInt8(data)] + [UInt8](repeating: 0, count: data)
                    left -= 2 + data
                }
            }
            pad(to: 4097)
            #expect(node.request().count == 4097)
            node.socket.send(node.request(), to: setting.home)
            try await eventually("the request counted") { mirror.state().counters.discards[.tooLong] == 1 }
            pad(to: 4096)
            #expect(try await node.register(at: setting.home).code == .accepted)
            #expect(mirror.state().counters.discards.total == 1)
        }
    }

    @Test("Malformed datagrams of every size are counted, and the agent keeps serving")
    func garbage() async throws {
        let setting = try Setting()
        try await setting.serving(withForeignAgent: true) { mirror in
            let client = UDPClient()
            var random = SeededGenerator(seed: 1)
            var sent: UInt64 = 0
            for round in 0..<40 {
                for size in [0, 1, 19, 20, 23, 24, 46, 60, 1500, 4096, 4097, 9000, 65_507] {
                    var octets = (0..<size).map { _ in UInt8(truncatingIfNeeded: random.next()) }
                    // Most of it looks like a request or a reply at first.
                    if size > 0, round % 4 != 0 { octets[0] = round % 2 == 0 ? 1 : 3 }
                    client.send(octets, to: round % 3 == 0 ? setting.foreign : setting.home)
                    sent += 1
                }
                // Slow enough that the kernel does not have to drop any.
                try await eventually("the datagrams counted") { mirror.state().counters.datagramsReceived == sent }
            }
            let reply = try await setting.node().register(at: setting.home)
            #expect(reply.code == .accepted)
        }
    }

    @Test(
        "A request that the kernel refuses to relay is answered and closes no socket",
        arguments: [
            IPv4Address(255, 255, 255, 254), IPv4Address(0, 1, 2, 3), IPv4Address(224, 0, 0, 1), IPv4Address(203, 0, 113, 7),
        ])
    func unreachable(homeAgent: IPv4Address) async throws {
        let setting = try Setting()
        try await setting.serving(withForeignAgent: true) { mirror in
            let stray = setting.node(9, homeAgent: homeAgent)
            var request = stray
            request.careOfAddress = IPv4Address(127, 0, 0, 1)
            request.socket.send(request.request(flags: []), to: setting.foreign)
            try await eventually("the request counted") { mirror.state().counters.foreignAgent?.requestsReceived == 1 }
            var node = setting.node()
            node.careOfAddress = IPv4Address(127, 0, 0, 1)
            let reply = try await node.register(at: setting.foreign, flags: [])
            #expect(reply.code == .accepted)
        }
    }

    @Test("An order ends the bindings that it is about, and a trial only counts them")
    func orders() async throws {
        let setting = try Setting()
        try await setting.serving { mirror in
            let node = setting.node()
            _ = try await node.register(at: setting.home)
            try await eventually("the binding in the mirror") { mirror.state().bindings.count == 1 }
            let order = AgentChange.revoke(
                RevocationOrder(homeAddresses: IPv4Prefix(host: node.homeAddress), text: "moved to maintenance"))
            #expect(try await mirror.apply([order], validate: true) == AppliedChanges(applied: 1, ended: 1))
            #expect(mirror.state().bindings.count == 1)
            let made = try await mirror.apply([order])
            #expect(made.ended == 1 && made.undo != nil)
            try await eventually("no binding") { mirror.state().bindings.isEmpty }
            let error = await #expect(throws: ControlError.self) { try await mirror.apply([order]) }
            guard case .changeRefused(let refusal)? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(refusal.problem == .notFound)
            #expect(refusal.field == "homeAddresses")
        }
    }

    @Test("Operators can end bindings and turn registration off and on")
    func commands() async throws {
        let setting = try Setting()
        try await setting.serving { mirror in
            let node = setting.node()
            _ = try await node.register(at: setting.home)
            let commands = AgentCommands(socketPath: mirror.socketPath)
            let home = node.homeAddress
            let ended = try await commands.run { try await $0.revokeBinding(homeAddress: home, careOfAddress: nil) }
            #expect(ended == 1)
            try await eventually("no binding") { mirror.state().bindings.isEmpty }
            await #expect(throws: ControlError.bindingNotFound(homeAddress: home, careOfAddress: nil)) {
                try await commands.run { try await $0.revokeBinding(homeAddress: home, careOfAddress: nil) }
            }
            try await commands.run { try await $0.setEnabled(false) }
            #expect(try await node.register(at: setting.home).code == .haAdministrativelyProhibited)
            try await commands.run { try await $0.setEnabled(true) }
            #expect(try await node.register(at: setting.home).code == .accepted)
        }
    }
}
