import Foundation
import MIPTesting
import Testing

/// The scripts in the folder Browser, which use the dashboard in a real browser.
enum DashboardScript {
    /// Runs a script, which must succeed.
    static func run(_ name: String, _ arguments: [String], _ directory: TemporaryDirectory) async throws {
        let python = ProcessInfo.processInfo.environment["MIP_TEST_PYTHON"] ?? "python3"
        let path = BuiltProducts.repository + "/Tests/ManagementAPITests/Dashboard/Browser/\(name)"
        let (status, output, errors) = try await ChildProcess.run(
            python, [path] + arguments, environment: environment(directory), within: .seconds(180))
        #expect(status == 0, "\(output)\n\(errors)")
    }

    /// Makes the browser keep its files in the test's directory and ignore the user's.
    private static func environment(_ directory: TemporaryDirectory) -> [String: String] {
        [
            "HOME": directory.path, "XDG_CONFIG_HOME": directory.file("config"), "XDG_CACHE_HOME": directory.file("cache"),
            // The path of the browser's own socket must be short enough.
            "TMPDIR": directory.path,
        ]
    }
}
