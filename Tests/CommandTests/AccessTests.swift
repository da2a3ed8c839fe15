import Foundation
import MIPTesting
import Testing

@Suite("Access to the JSON API in the configurations of operators")
struct AccessTests {
    private static func certificate(_ directory: TemporaryDirectory) async throws {
        let (status, _, errors) = try await ChildProcess.run(
            "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
                "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", directory.file("key.pem"),
                "-out", directory.file("cert.pem"),
            ])
        try #require(status == 0, "\(errors)")
    }

    /// A token made by `mip-mibd token`, and the lines that it prints for the configuration file.
    static func token(_ name: String, _ role: String) async throws -> (text: String, section: [String]) {
        let (status, output, _) = try await ChildProcess.run(
            BuiltProducts.path(of: "mip-mibd"), ["token", name, "--role", role])
        try #require(status == 0)
        let lines = output.split(separator: "\n").map(String.init)
        return (try #require(lines.dropFirst().first), Array(lines.drop { $0 != "http:" }.dropFirst()))
    }

    @Test(
        "A configuration that opens the API to a network without both TLS and tokens is refused, with the position in the file",
        arguments: [
            (
                "  address: 192.0.2.1",
                "6:12: http.address '192.0.2.1' is not a loopback address, and TLS and tokens are missing"
            ),
            (
                "  address: 0.0.0.0\n  tls: {certificate: cert.pem, key: key.pem}",
                "6:12: http.address '0.0.0.0' is not a loopback address, and tokens are missing"
            ),
            (
                "  address: 0.0.0.0\n  tokens:\n    - {name: a, role: read, hash: SECRET}",
                "6:12: http.address '0.0.0.0' is not a loopback address, and TLS is missing"
            ),
            (
                "  tokens:\n    - {name: a, role: read, hash: secret}",
                "7:35: http.tokens[0].hash: the value (not shown) is invalid"
            ),
            ("  tokens:\n    - {name: a, role: admin, hash: SECRET}", "7:23: http.tokens[0].role: 'admin' is invalid"),
            ("  tls: {certificate: nothing.pem, key: key.pem}", "6:22: http.tls.certificate: '"),
            ("  tls: {certificate: cert.pem, key: cert.pem}", "6:37: http.tls.key: '"),
            ("  tls: {certificate: cert.pem, key: other.pem}", "6:37: http.tls.key: the key in '"),
        ])
    func refused(lines: String, message: String) async throws {
        let directory = try TemporaryDirectory()
        try await Self.certificate(directory)
        try FileManager.default.moveItem(atPath: directory.file("key.pem"), toPath: directory.file("other.pem"))
        try FileManager.default.removeItem(atPath: directory.file("cert.pem"))
        try await Self.certificate(directory)
        let hash = "'sha256:" + String(repeating: "0", count: 64) + "'"
        let file = try directory.write(
            """
            agents:
              - name: home
                control: /run/mip-mib/home.sock
            http:
              port: 8044
            \(lines.replacing("SECRET", with: hash))

            """, to: "m.yaml")
        let (status, _, errors) = try await ChildProcess.run(
            BuiltProducts.path(of: "mip-mibd"), ["--config", file, "--check"])
        #expect(status == 2)
        #expect(errors.contains("m.yaml:\(message)"), "\(errors)")
        #expect(errors.contains("expected"), "\(errors)")
    }

    @Test("The command reads a daemon over TLS with a token, and over its Unix socket without one")
    func command() async throws {
        let scene = try await Scene()
        let directory = scene.directory
        try await Self.certificate(directory)
        let (text, section) = try await Self.token("monitor", "read")
        let port = freePort(stream: true)
        let file = try directory.write(
            """
            agents:
              - name: home
                control: \(scene.socket)
            http:
              address: 0.0.0.0
              port: \(port)
              socket: \(directory.file("api.sock"))
              tls: {certificate: cert.pem, key: key.pem}
            \(section.joined(separator: "\n"))

            """, to: "mip-mibd.yaml")
        let daemon = try ChildProcess(
            BuiltProducts.path(of: "mip-mibd"), ["--config", file], log: directory.file("mip-mibd.log"))
        let token = try directory.write(text + "\n", to: "token")
        chmod(token, 0o600)
        let trust = ["MIP_MIB_CA_FILE": directory.file("cert.pem")]
        let url = "https://localhost:\(port)"
        func run(_ arguments: [String], _ environment: [String: String]) async throws -> (
            status: Int32, output: String, errors: String
        ) {
            try await ChildProcess.run(
                BuiltProducts.path(of: "mip-mib"), ["bindings", "--json", "--columns", "homeAddress"] + arguments,
                environment: environment.merging(["MIP_MIB_TIMEOUT": "90"]) { $1 })
        }
        let local = try await run(["--socket", scene.socket], [:])
        #expect(local.status == 0)
        try await eventually("the daemon") {
            try await run(["--url", url, "--token-file", token], trust).output == local.output
        }
        let unix = try await run(["--url", "unix:\(directory.file("api.sock"))"], [:])
        #expect(unix.status == 0 && unix.output == local.output, "\(unix.errors)")
        let without = try await run(["--url", url], trust)
        #expect(without.status != 0)
        #expect(without.errors.contains("answered 401: the request has no token"), "\(without.errors)")
        let stranger = try await run(["--url", url, "--token-file", token], [:])
        #expect(stranger.status == 3)
        #expect(!daemon.output.contains(text))

        // Whatever is wrong with TLS is said in words, without those of the library.
        let plain = try RawServer { connection in
            RawServer.read(from: connection, until: [])
            RawServer.write(Array("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".utf8), to: connection)
        }
        let other = try TemporaryDirectory()
        try await Self.certificate(other)
        let failures: [(url: String, environment: [String: String], words: String)] = [
            (url, [:], "its certificate is not from a trusted authority"),
            ("https://127.0.0.2:\(port)", trust, "its certificate is for another name"),
            (url, ["MIP_MIB_CA_FILE": other.file("cert.pem")], "is not signed by an authority in '\(other.file("cert.pem"))'"),
            (url, ["MIP_MIB_CA_FILE": directory.file("none.pem")], "cannot open the file '\(directory.file("none.pem"))'"),
            (url, ["MIP_MIB_CA_FILE": token], "has no certificate in PEM form"),
            ("https://127.0.0.1:\(plain.port)", trust, "it does not answer with TLS"),
            ("http://127.0.0.1:\(port)", [:], "use https://"),
        ]
        for (url, environment, words) in failures {
            let failed = try await run(["--url", url, "--token-file", token], environment)
            #expect(failed.status == 3 && failed.errors.contains(words), "\(url) \(environment): \(failed.errors)")
            #expect(!failed.errors.contains("OPENSSL") && !failed.errors.contains("/checkouts/"), "\(failed.errors)")
        }
        plain.stop()
        try await daemon.stop()
        await scene.agent.stop()
    }
}
