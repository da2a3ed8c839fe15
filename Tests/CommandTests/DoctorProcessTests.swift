import Foundation
import MIPTesting
import Testing

@testable import mip_mib

@Suite("mip-mib doctor: processes and their rights")
struct DoctorProcessTests {
    private static func program(_ name: String, user: uid_t?) -> RunningProgram {
        RunningProgram(process: 1, arguments: [name], isStopped: false, user: user)
    }

    @Test("The mode of the AgentX socket is a finding only for a mip-mibd that cannot use it, while snmpd runs")
    func permissions() throws {
        let directory = try TemporaryDirectory()
        let socket = try directory.write("", to: "agentx")
        let file = try directory.write("master agentx\nagentXSocket \(socket)\n", to: "snmpd.conf")
        let configuration = SNMPDConfiguration(file)
        // Neither root nor the owner of the file.
        let stranger = geteuid() + 1
        func problems(_ users: [uid_t?], mode: mode_t = 0o755, hasSnmpd: Bool = true) -> [String] {
            chmod(socket, mode)
            let process = hasSnmpd ? Self.program("snmpd", user: 0) : nil
            return MasterStation(configuration: configuration, process: process)
                .look(for: socket, daemons: users.map { Self.program("mip-mibd", user: $0) }).findings.map(\.problem)
        }
        #expect(problems([stranger]) == ["only its owner can use the socket '\(socket)'"])
        #expect(problems([stranger], mode: 0o600).count == 1)
        #expect(problems([stranger], mode: 0o660) == [])
        #expect(problems([stranger], hasSnmpd: false) == [])
        let able: [[uid_t?]] = [[], [nil], [0], [geteuid()], [stranger, geteuid()]]
        for users in able { #expect(problems(users) == [], "\(users)") }
        let group = Advice.hasGroup("Debian-snmp") ? "Debian-snmp" : "GROUP"
        chmod(socket, 0o600)
        let remedy = MasterStation(configuration: configuration, process: Self.program("snmpd", user: 0))
            .look(for: nil, daemons: [Self.program("mip-mibd", user: stranger)]).findings.first?.remedy
        #expect(remedy?.hasPrefix("add to \(file): agentXPerms 0660 0755 root \(group)") == true)
    }

    @Test("Reads the user and the state of a process")
    func process() async throws {
        let directory = try TemporaryDirectory()
        let child = try ChildProcess("sleep", ["600"], log: directory.file("log"))
        func found() -> RunningProgram? { RunningProgram.all(named: "sleep").first { $0.process == child.identifier } }
        try await eventually("it sleeps") { found() != nil }
        #expect(found()?.user == geteuid() && found()?.isStopped == false)
        child.signal(SIGSTOP)
        try await eventually("it is stopped") { found()?.isStopped == true }
        child.signal(SIGCONT)
        try await child.stop()
    }

    @Test("Finds an snmpd that is stopped by a signal, and not what follows from it")
    func stopped() async throws {
        let installation = try await DoctorTests.Installation(hasSubagent: false)
        let snmpd = try #require(installation.snmpd)
        snmpd.signal(SIGSTOP)
        let result = try await installation.doctor()
        let stations = try await installation.stations()
        snmpd.signal(SIGCONT)
        #expect(
            result.output.hasPrefix(
                "snmpd: snmpd (process \(snmpd.identifier)) is stopped by a signal, so it does not answer at "
                    + "'127.0.0.1:\(installation.port)'\n  kill -CONT \(snmpd.identifier)"), "\(result.output)")
        #expect(stations == ["snmpd"], "\(stations)")
        try await installation.close()
    }
}
