import AgentModel
import Foundation
import MIPTesting
import Testing

/// The name of the proxy.
private let mibName = "mib.example.net"

/// Debian's nginx, or another one for a trial.
private enum Nginx {
    static let program: String? =
        ([ProcessInfo.processInfo.environment["MIP_TEST_NGINX"] ?? "", "/usr/sbin/nginx"])
        .first { FileManager.default.isExecutableFile(atPath: $0) }
}

/// The JSON API behind nginx as Debian ships it, with TLS in front and a name of its own.
@Suite("The JSON API behind a proxy", .enabled(if: Nginx.program != nil, "nginx is not installed"))
struct NginxTests {

    /// An agent with a binding for each home address, `mip-mibd`, and nginx with two listeners: one with the defaults of `proxy_pass`, one that
    /// passes on the name in the request.
    private final class Scene {
        let directory: TemporaryDirectory
        let agent: ScriptedAgent
        let plain = freePort(stream: true)
        let named = freePort(stream: true)
        private let http = freePort(stream: true)
        private var processes: [ChildProcess] = []

        init() async throws {
            directory = try TemporaryDirectory()
            agent = ScriptedAgent(
                socketPath: directory.file("home.sock"), rows: (1...3).map { .binding(Samples.binding($0)) })
            try await agent.start()
            let configuration = try directory.write(
                """
                agents:
                  - {name: home, control: \(directory.file("home.sock"))}
                runtimeDirectory: \(directory.file("run"))
                stateFile: \(directory.file("state.json"))
                http:
                  port: \(http)
                  hosts: [\(mibName)]
                  \(ManagementToken.setting)

                """, to: "mip-mibd.yaml")
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: configuration)
            processes.append(
                try ChildProcess(
                    BuiltProducts.path(of: "mip-mibd"), ["--config", configuration], log: directory.file("mip-mibd.log")))
            let url = "http://127.0.0.1:\(http)/readyz"
            try await eventually("the API") { try await ChildProcess.run("curl", ["-sf", url]).status == 0 }
            try await startProxy()
        }

        private func startProxy() async throws {
            let made = try await ChildProcess.run(
                "openssl",
                [
                    "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
                    "/CN=\(mibName)", "-addext", "subjectAltName=DNS:\(mibName)", "-keyout",
                    directory.file("key.pem"), "-out", directory.file("cert.pem"),
                ])
            try #require(made.status == 0, "\(made.errors)")
            func server(_ port: UInt16, _ more: String) -> String {
                """
                server {
                    listen 127.0.0.1:\(port) ssl;
                    ssl_certificate \(directory.file("cert.pem"));
                    ssl_certificate_key \(directory.file("key.pem"));
                    location / { proxy_pass http://127.0.0.1:\(http); \(more) }
                }
                """
            }
            let folders = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map { "\($0)_temp_path \(directory.file($0));" }
            let file = try directory.write(
                """
                daemon off;
                pid \(directory.file("nginx.pid"));
                error_log \(directory.file("nginx.log"));
                \(getuid() == 0 ? "user root;" : "")
                events {}
                http {
                    access_log off;
                    \(folders.joined(separator: "\n    "))
                    \(server(plain, ""))
                    \(server(named, "proxy_set_header Host $host;"))
                }
                """, to: "nginx.conf")
            let program = try #require(Nginx.program)
            processes.append(
                try ChildProcess(program, ["-p", directory.path, "-c", file], log: directory.file("nginx.out")))
            for port in [plain, named] {
                try await eventually("nginx") { try await self.curl(port, "/healthz").status == 200 }
            }
        }

        func arguments(_ port: UInt16, _ path: String) -> [String] {
            [
                "-s", "--max-time", "30", "--cacert", directory.file("cert.pem"), "--resolve",
                "\(mibName):\(port):127.0.0.1", "https://\(mibName):\(port)\(path)",
            ]
        }

        func curl(_ port: UInt16, _ path: String, _ more: [String] = []) async throws -> (status: Int, body: String) {
            let output = try await ChildProcess.run("curl", arguments(port, path) + ["-w", "\n%{http_code}"] + more).output
            let lines = output.split(separator: "\n", omittingEmptySubsequences: false)
            return (Int(lines.last ?? "") ?? 0, lines.dropLast().joined(separator: "\n"))
        }

        func stop() async throws {
            for process in processes.reversed() { try await process.stop() }
            await agent.stop()
        }
    }

    @Test(
        "Lists are whole, events arrive within a second, and a page of the proxy's name revokes with a token; other pages do not")
    func proxied() async throws {
        let scene = try await Scene()
        for (number, port) in [scene.plain, scene.named].enumerated() {
            let list = try await scene.curl(port, "/v1/bindings")
            #expect(list.status == 200 && list.body.split(separator: "\n").count == 5 - number, "\(list)")
            try await events(scene, port)
            let change = ["-X", "DELETE"] + ManagementToken.curl
            let path = "/v1/bindings/home/\(Samples.binding(number + 1).homeAddress)/\(Samples.binding(number + 1).careOfAddress)"
            for origin in ["https://evil.example", "https://\(mibName).evil.example", "null"] {
                #expect(try await scene.curl(port, path, change + ["-H", "Origin: \(origin)"]).status == 403)
            }
            let own = ["-H", "Origin: https://\(mibName):\(port)"]
            #expect(try await scene.curl(port, path, ["-X", "DELETE"] + own).status == 401)
            let revoked = try await scene.curl(port, path, change + own)
            #expect(revoked.status == 204, "\(revoked)")
            #expect(await scene.agent.applied.count == number + 1)
        }
        try await scene.stop()
    }

    /// Follows the event stream through the proxy, and expects the best of three events within a second.
    private func events(_ scene: Scene, _ port: UInt16) async throws {
        let stream = try ChildProcess(
            "curl", ["-N"] + scene.arguments(port, "/v1/events"), log: scene.directory.file("events-\(port)"))
        try await eventually("the stream") { stream.output.contains("event: ready") }
        var best = Duration.seconds(60)
        for number in 1...3 {
            let start = ContinuousClock.now
            await scene.agent.publish([
                .event(
                    AgentEvent(time: Samples.start, kind: .registered, role: .homeAgent, message: "number \(number) of \(port)"))
            ])
            try await eventually("the event") { stream.output.contains("number \(number) of \(port)") }
            best = min(best, ContinuousClock.now - start)
        }
        #expect(best < .seconds(1))
        try await stream.stop()
    }
}
