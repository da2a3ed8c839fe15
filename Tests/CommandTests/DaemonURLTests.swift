import Foundation
import MIPTesting
import Testing

@testable import mip_mib

@Suite("mip-mib: the URL of a management daemon, and the token")
struct DaemonURLTests {
    private static func failure(_ body: () throws -> Void) -> CommandFailure? {
        do { try body() } catch { return error as? CommandFailure }
        return nil
    }

    @Test(
        "Accepts a host with or without a port, and schemes in any case",
        arguments: [
            ("http://127.0.0.1:8044", "http://127.0.0.1:8044"), ("HTTP://localhost/", "http://localhost"),
            ("Https://[::1]:65535/mib", "https://[::1]:65535/mib"), ("http://[::1]", "http://[::1]"),
            ("http://proxy/mib@home", "http://proxy/mib@home"), ("unix:/x", "http+unix://%2Fx"), ("UNIX:/x", "http+unix://%2Fx"),
        ])
    func accepted(text: String, base: String) throws {
        let url = try DaemonURL(text)
        #expect(url.base == base && url.name == text)
        #expect(url.isUnixSocket == base.hasPrefix("http+unix:"))
    }

    @Test(
        "Refuses a port that is not one, and parts that a request cannot have",
        arguments: [
            ("http://127.0.0.1:65536", "a port from 1 to 65535"), ("https://127.0.0.1:0", "a port from 1 to 65535"),
            ("http://127.0.0.1:08044", "a port from 1 to 65535"), ("http://127.0.0.1:", "a port from 1 to 65535"),
            ("http://127.0.0.1:99999999999999999999", "a port from 1 to 65535"), ("http://[::1]x", "a port from 1 to 65535"),
            ("http://:8044", "a port from 1 to 65535"), ("http://127.0.0.1:8044?x", "without a query"),
            ("http://127.0.0.1:8044/#x", "without a query"), ("http:127.0.0.1", "expected the URL of a management daemon"),
            ("x", "expected the URL of a management daemon"), ("unix:w/api.sock", "expected an absolute path after 'unix:'"),
            ("unix:", "expected an absolute path after 'unix:'"),
        ])
    func refused(text: String, words: String) {
        let failure = Self.failure { _ = try DaemonURL(text) }
        #expect(failure?.status == 2 && failure?.message.contains(words) == true, "\(failure?.message ?? "accepted")")
    }

    @Test(
        "Does not show what may be a password",
        arguments: [
            "http://u:SECRET@127.0.0.1:8045", "https://SECRET@host/", "http:/u:SECRET@host", "ftp://u:SECRET@host",
            "http://host:1?token=SECRET",
        ])
    func password(text: String) {
        let failure = Self.failure { _ = try DaemonURL(text) }
        #expect(failure?.status == 2 && failure?.message.contains("SECRET") == false, "\(failure?.message ?? "accepted")")
    }

    @Test("A command ends with status 2 for such a URL", arguments: ["status", "doctor"])
    func command(name: String) async throws {
        for url in ["http://127.0.0.1:65536", "http://u:SECRET@127.0.0.1:1"] {
            let result = try await Scene.run([name, "--url", url])
            #expect(result.status == 2 && !(result.output + result.errors).contains("SECRET"), "\(result)")
        }
    }

    @Test(
        "Refuses a text that cannot be a token, without showing it",
        arguments: ["# The token of ops\nSECRET\n", "SECRET SECRET", "SECRET\u{7}", "SECRETé"])
    func token(text: String) async throws {
        var settings = Settings()
        settings.token = text
        let own = Self.failure { _ = try BearerToken.read(settings) }
        #expect(own?.status == 2 && own?.message.contains("the token in MIP_MIB_TOKEN (not shown)") == true)
        let directory = try TemporaryDirectory()
        let file = try directory.write(text, to: "token")
        chmod(file, 0o600)
        let result = try await Scene.run(["status", "--url", "http://127.0.0.1:1", "--token-file", file])
        #expect(result.status == 2 && result.errors.contains("(not shown) is not one word"), "\(result.errors)")
        #expect(!result.errors.contains("SECRET"), "\(result.errors)")
    }

    @Test("Takes a token with white space around it; an empty file is reported as such")
    func whiteSpace() throws {
        let directory = try TemporaryDirectory()
        var settings = Settings()
        #expect(try BearerToken.read(settings) == nil)
        settings.token = " abc\n"
        #expect(try BearerToken.read(settings) == "abc")
        let file = try directory.write("\n", to: "token")
        chmod(file, 0o600)
        settings.tokenFile = file
        let failure = Self.failure { _ = try BearerToken.read(settings) }
        #expect(failure?.message.hasPrefix("the token in '\(file)' is empty; expected") == true)
    }
}
