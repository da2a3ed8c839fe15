import AgentModel
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import MIPTesting
import ManagementCore
import MobileIPv4
import Testing

@testable import ManagementAPI

@Suite("The dashboard", .serialized)
struct DashboardTests {
    @Test("The page and its files are served with a policy that restricts requests to this server")
    func policy() async throws {
        try await Served([[]]).test { client in
            #expect(Dashboard.files.count > 3)
            for file in Dashboard.files {
                let response = try await client.get(file.path)
                #expect(response.status == .ok)
                #expect(response.headers[.contentType] == file.type)
                let policy = try #require(response.headers[.contentSecurityPolicy])
                #expect(policy.hasPrefix("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'"))
                #expect(!policy.contains("unsafe"))
            }
        }
        for text in [DashboardFiles.html, DashboardFiles.css] { #expect(!text.contains("//") || text.hasPrefix("<!doctype")) }
        #expect(!DashboardFiles.html.contains("://"))
        for script in DashboardFiles.scripts {
            #expect(DashboardFiles.html.contains("<script src=\"dashboard/\(script.name).js\" defer></script>"))
        }
    }

    @Test("In a real browser, the page matches the API, updates live, searches, works by keyboard and on a phone, and passes axe")
    func browser() async throws {
        let directory = try TemporaryDirectory()
        let scene = try DashboardScene()
        let (text, token) = AccessToken.make(name: "ops", role: .write)
        let configuration = ManagementServerConfiguration(address: IPv4Address(127, 0, 0, 1), port: 0, tokens: [token])
        try await scene.run(configuration) { port in
            let images =
                ProcessInfo.processInfo.environment["MIP_WRITE_GOLDEN"] == "1" ? BuiltProducts.repository + "/docs/images" : ""
            let folder = directory.file("steps")
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await scene.play(steps: folder) }
                try await DashboardScript.run("dashboard.py", ["http://127.0.0.1:\(port)", text, folder, images], directory)
                group.cancelAll()
            }
        }
    }

    @Test("Over TLS, the page asks for a token, reports a wrong one, names who is signed in, and keeps nothing after signing out")
    func signIn() async throws {
        let directory = try TemporaryDirectory()
        let identity = try await AccessTests.certificate(directory)
        let (text, token) = AccessToken.make(name: "browser", role: .read)
        let configuration = ManagementServerConfiguration(
            address: IPv4Address(0, 0, 0, 0), port: 0, tls: identity, tokens: [token])
        try await DashboardScene().run(configuration) { port in
            try await DashboardScript.run("signin.py", ["https://localhost:\(port)", text], directory)
        }
    }
}
