import Foundation

/// The programs of this package, built along with the running tests.
public enum BuiltProducts {
    /// The path of a program such as `mip-mibd`.
    public static func path(of program: String) -> String {
        // The test bundle is an executable in the folder that contains all products.
        let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? CommandLine.arguments[0]
        let folder = URL(fileURLWithPath: bundle).resolvingSymlinksInPath().deletingLastPathComponent()
        return folder.appendingPathComponent(program).path
    }

    /// The Python interpreter with the independent clients; scripts/test installs it.
    public static var python: String {
        ProcessInfo.processInfo.environment["MIP_TEST_PYTHON"] ?? repository + "/.venv/bin/python"
    }

    /// A script of Tests/IntegrationTests/Clients.
    public static func client(_ name: String) -> String { "\(repository)/Tests/IntegrationTests/Clients/\(name)" }

    /// The folder of Package.swift.
    public static var repository: String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
    }
}
