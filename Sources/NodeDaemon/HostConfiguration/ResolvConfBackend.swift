import Logging

/// A resolv.conf that is replaced while settings are in force, with the original beside it.
struct ResolvConfBackend: ResolverBackend {
    private let file: ReplacedFile
    private let backup: ReplacedFile
    private let logger: Logger

    /// - Parameter path: absolute path of the file.
    init(path: String, logger: Logger) {
        file = ReplacedFile(path: path)
        backup = ReplacedFile(path: path + ".mip-node")
        self.logger = logger
    }

    /// Where an original goes that cannot return, because somebody else has changed the file.
    private var asidePath: String { backup.path + ".old" }

    func recover() throws(HostConfigurationError) {
        if try restore() {
            logger.notice("the original of a file that an earlier process replaced is back", metadata: ["path": "\(file.path)"])
        }
    }

    func apply(_ wish: ResolverWish) throws(HostConfigurationError) {
        let current = try file.contents()
        let kept = try keptOriginal()?.backup
        let isReplaced = kept != nil && current.map { ResolvConfText.isOurs($0.bytes) } ?? false
        if !isReplaced { try keep(current, besides: kept) }
        var contents = current ?? ReplacedFile.Contents(bytes: [])
        contents.bytes = ResolvConfText.contents(wish.settings, original: isReplaced ? kept?.original : current?.bytes)
        do throws(HostConfigurationError) {
            try file.replace(with: contents)
        } catch {
            if !isReplaced { try? backup.remove() }
            throw error
        }
    }

    /// Whether the file is as the node has written it for this wish. A client of DHCP may have replaced it with a new lease, and
    /// a VPN client with a copy of an earlier file of the node.
    func isInForce(_ wish: ResolverWish) -> Bool {
        guard let contents = try? file.contents(), let kept = try? keptOriginal() else { return false }
        return contents.bytes == ResolvConfText.contents(wish.settings, original: kept.backup.original)
    }

    func undo() throws(HostConfigurationError) { _ = try restore() }

    /// Returns whether the original has returned.
    private func restore() throws(HostConfigurationError) -> Bool {
        guard let (kept, former) = try keptOriginal() else { return false }
        if file.obstacle != nil {
            try moveAside(Self.isLeft)
            return false
        }
        let current = try file.contents()
        if let current, ResolvConfText.isOurs(current.bytes) {
            if let original = kept.original {
                var contents = former
                contents.bytes = original
                try file.replace(with: contents)
            } else {
                try file.remove()
            }
            try backup.remove()
            return true
        }
        if current?.bytes == kept.original { try backup.remove() } else { try moveAside(Self.isLeft) }
        return false
    }

    /// Keeps the original, with its owner and mode.
    private func keep(_ current: ReplacedFile.Contents?, besides kept: ResolvConfBackup?) throws(HostConfigurationError) {
        if let kept, kept.original != current?.bytes { try moveAside(Self.isReplacedAgain) }
        var contents = current ?? ReplacedFile.Contents(bytes: [])
        contents.bytes = ResolvConfBackup(original: current?.bytes).contents
        try backup.replace(with: contents)
    }

    private func keptOriginal() throws(HostConfigurationError) -> (backup: ResolvConfBackup, contents: ReplacedFile.Contents)? {
        guard let contents = try backup.contents() else { return nil }
        guard let kept = ResolvConfBackup(contents: contents.bytes) else {
            throw HostConfigurationError(
                "cannot keep the original of '\(file.path)': '\(backup.path)' was not written by a mobile node; move it away")
        }
        return (kept, contents)
    }

    private static let isLeft = "it is left as it is, and the original is kept aside"
    private static let isReplacedAgain =
        "it is replaced again and returns when the registration ends, and the original is kept aside"

    private func moveAside(_ consequence: String) throws(HostConfigurationError) {
        try backup.move(to: asidePath)
        logger.warning(
            "another program has changed a file that the node had replaced; \(consequence)",
            metadata: ["path": "\(file.path)", "original": "\(asidePath)"])
    }
}
