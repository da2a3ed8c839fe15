import Foundation

/// A program of this package as a user without any rights would run it.
public struct UnprivilegedProgram {
    private let directory: TemporaryDirectory
    private let logs: TemporaryDirectory
    private let program: String

    /// True where a test may become another user; a test that runs as one without rights need not.
    public static var isPossible: Bool { getuid() == 0 }

    /// A copy of the program that every user may run.
    public init(_ name: String) async throws {
        directory = try TemporaryDirectory()
        logs = try TemporaryDirectory()
        program = directory.file(name)
        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: directory.path)
        // By another process: a descriptor open for writing in this one would be inherited by whatever else it starts meanwhile, and
        // the copy could not be run.
        _ = try await ChildProcess.run("cp", [BuiltProducts.path(of: name), program])
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    }

    /// A file that every user may read, with `{folder}` in the text standing for a folder that every user may write.
    public func write(_ text: String, to name: String) throws -> String {
        let file = try directory.write(text.replacingOccurrences(of: "{folder}", with: directory.path), to: name)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
        return file
    }

    /// Names of the files in that folder.
    public var files: [String] { (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? [] }

    /// Starts it as the user nobody, without capabilities, in these groups beside nogroup.
    ///
    /// - Parameter device: what it finds at `/dev/net/tun`. With one it also has a network of its own, with nothing but loopback and with
    ///   the kernel's defaults; nil leaves it the machine's devices and network.
    public func start(_ arguments: [String], groups: [String] = [], device: TunnelDevice? = nil) throws -> ChildProcess {
        let nobody = "65534"
        let words =
            ["setpriv", "--reuid", nobody, "--regid", nobody]
            + (groups.isEmpty ? ["--clear-groups"] : ["--groups", groups.joined(separator: ",")])
            + ["--inh-caps=-all", "--bounding-set=-all", program] + arguments
        guard let device else { return try ChildProcess(words[0], Array(words.dropFirst()), log: logs.file("log")) }
        let wrapped = device.wrap(words)
        return try ChildProcess(wrapped[0], Array(wrapped.dropFirst()), log: logs.file("log"))
    }
}
