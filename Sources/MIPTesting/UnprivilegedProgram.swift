import Foundation

/// A program of this package, run as a user without privileges.
public struct UnprivilegedProgram {
    private let directory: TemporaryDirectory
    private let logs: TemporaryDirectory
    private let program: String

    /// Whether the test may become another user, which takes root. Tests that need it are skipped otherwise.
    public static var isPossible: Bool { getuid() == 0 }

    /// Makes a copy of the program that every user may run.
    public init(_ name: String) async throws {
        directory = try TemporaryDirectory()
        logs = try TemporaryDirectory()
        program = directory.file(name)
        chmod(directory.path, 0o755)
        chown(directory.path, Self.nobody, gid_t.max)
        // Another process makes the copy: children started meanwhile would inherit a descriptor of this process that is open for writing,
        // and the copy could not be run.
        _ = try await ChildProcess.run("cp", [BuiltProducts.path(of: name), program])
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    }

    private static let nobody: uid_t = 65534

    /// Writes a file that belongs to the user nobody, as files with keys must; `{folder}` in the text is replaced with a folder of that user.
    public func write(_ text: String, to name: String) throws -> String {
        let file = try directory.write(text.replacingOccurrences(of: "{folder}", with: directory.path), to: name)
        chown(file, Self.nobody, gid_t.max)
        return file
    }

    /// The names of the files in that folder.
    public var files: [String] { (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? [] }

    /// Starts it as the user nobody, without capabilities, in these groups in addition to nogroup.
    ///
    /// - Parameter device: what it finds at `/dev/net/tun`. If set, the program also has its own network with only loopback and the
    ///   kernel's defaults; with nil it uses the machine's devices and network.
    public func start(_ arguments: [String], groups: [String] = [], device: TunnelDevice? = nil) throws -> ChildProcess {
        let nobody = "\(Self.nobody)"
        let words =
            ["setpriv", "--reuid", nobody, "--regid", nobody]
            + (groups.isEmpty ? ["--clear-groups"] : ["--groups", groups.joined(separator: ",")])
            + ["--inh-caps=-all", "--bounding-set=-all", program] + arguments
        guard let device else { return try ChildProcess(words[0], Array(words.dropFirst()), log: logs.file("log")) }
        let wrapped = device.wrap(words)
        return try ChildProcess(wrapped[0], Array(wrapped.dropFirst()), log: logs.file("log"))
    }
}
