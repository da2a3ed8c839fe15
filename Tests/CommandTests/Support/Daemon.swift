import AgentModel
import Foundation
import MIPTesting

@testable import mip_mib

/// `mip-mibd` for a scene's agent, which serves SNMP on its own port and the JSON API.
struct Daemon {
    let snmpPort = freePort()
    let httpPort = freePort(stream: true)
    private let process: ChildProcess
    /// With it, commands may make changes by URL.
    let environment = ["MIP_MIB_TOKEN": ManagementToken.text]

    /// - Parameter http: additional lines for the section `http:`; if there are some, they have the tokens.
    init(_ scene: Scene, http: [String] = ["  " + ManagementToken.setting]) async throws {
        let file = try scene.directory.write(
            """
            runtimeDirectory: \(scene.directory.path)/run
            agents:
              - name: home
                control: \(scene.socket)
            snmp:
              standalone:
                port: \(snmpPort)
            http:
              port: \(httpPort)
            \(http.joined(separator: "\n"))

            """, to: "mip-mibd.yaml")
        process = try ChildProcess(
            BuiltProducts.path(of: "mip-mibd"), ["--config", file], log: scene.directory.file("mip-mibd.log"))
        let ports = (snmpPort, httpPort)
        try await eventually("mip-mibd serves both") {
            let get = ["-v2c", "-c", "public", "-t", "1", "-r", "0", "127.0.0.1:\(ports.0)", ".1.3.6.1.2.1.44.1.1.2.0"]
            let http = try await ChildProcess.run("curl", ["-s", "http://127.0.0.1:\(ports.1)/readyz"])
            return try await ChildProcess.run("snmpget", get).output.contains("INTEGER") && http.output.contains("ready")
        }
    }

    /// The arguments with which a command reads it.
    func arguments(_ source: SourceKind) -> [String] {
        switch source {
        case .snmp: ["--snmp", "127.0.0.1:\(snmpPort)"]
        default: ["--url", "http://127.0.0.1:\(httpPort)"]
        }
    }

    /// Its output so far.
    var log: String { process.output }

    func stop() async throws { try await process.stop() }

    /// Copies the base modules of Debian's erlang-snmp to a directory. Returns the environment with which net-snmp's tools find them and
    /// our own modules.
    static func modules(_ directory: TemporaryDirectory) throws -> [String: String] {
        let erlang = "/usr/lib/erlang/lib"
        let version = try FileManager.default.contentsOfDirectory(atPath: erlang).first { $0.hasPrefix("snmp-") } ?? ""
        for module in ["SNMPv2-SMI", "SNMPv2-TC", "SNMPv2-CONF", "SNMP-FRAMEWORK-MIB", "INET-ADDRESS-MIB"] {
            try FileManager.default.copyItem(atPath: "\(erlang)/\(version)/mibs/\(module).mib", toPath: directory.file(module))
        }
        return [
            "MIBDIRS": "\(directory.path):\(BuiltProducts.repository)/mibs", "MIBS": "MIP-MIB:MIPV4-EXT-MIB",
            "SMIPATH": "\(directory.path):\(BuiltProducts.repository)/mibs",
        ]
    }
}
