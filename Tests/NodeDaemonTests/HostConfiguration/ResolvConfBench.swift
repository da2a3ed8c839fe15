import Foundation
import MIPTesting
import Testing

@testable import NodeDaemon

/// A folder with a resolv.conf, and nodes that replace it.
final class ResolvConfBench: Sendable {
    let directory: TemporaryDirectory
    let log = RecordedLog()
    static let original = "# by hand\nnameserver 198.51.100.1\nsearch old.example\noptions ndots:2\n"

    /// - Parameter original: the contents of the file; nil for none.
    init(original: String? = ResolvConfBench.original) throws {
        directory = try TemporaryDirectory()
        if let original { try directory.write(original, to: "resolv.conf", mode: 0o640) }
    }

    var path: String { directory.file("resolv.conf") }

    /// One for each process that the node has been.
    var backend: ResolvConfBackend { ResolvConfBackend(path: path, logger: log.logger) }

    func apply(_ settings: ResolverSettings?) throws {
        try backend.apply(ResolverWish(settings: try #require(settings), interface: "lo"))
    }

    /// The contents of a file in the folder; nil if it does not exist.
    func text(_ name: String = "resolv.conf") -> String? {
        try? String(contentsOfFile: directory.file(name), encoding: .utf8)
    }

    /// The lines of the file without comments.
    var lines: [String] { (text() ?? "").split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init) }

    /// The names of all files in the folder.
    var files: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []).sorted() }

    /// The permissions of the file.
    var mode: Int? {
        (try? FileManager.default.attributesOfItem(atPath: path))?[.posixPermissions] as? Int
    }
}
