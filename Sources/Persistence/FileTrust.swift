package import Foundation

/// The one rule of every program for files that hold secrets, and for configuration files, whose contents decide what a program does.
///
/// Not every user can write such a file. One that holds a secret belongs to root or to the user who runs the program, and not every user can
/// read it. What its group may do is the operator's choice: `0640 root:GROUP` is how a daemon without privileges reads keys that it cannot change.
/// A pipe with a name is such a file too, because whoever may write to it decides what is read. Terminals pass, and so do pipes without a
/// name (`<(…)`, `… |`), which the program got from whoever started it.
package enum FileTrust {
    package typealias Problem = BoundedFile.Problem

    /// What the status of an open file violates; nil if the file can be trusted.
    ///
    /// - Parameters:
    ///   - status: From `fstat` of the descriptor that is read, so that the file that is checked is the one that is read.
    ///   - path: Shown in the remedy.
    ///   - what: What to call the file, such as `the token file`.
    ///   - isSecret: Whether the file holds a secret; otherwise every user may read it, and anyone may own it.
    ///   - user: The user who runs the program.
    ///   - caller: A further user whose files are trusted: for commands under sudo, `sudoCaller`.
    package static func problem(
        _ status: stat, path: String, what: String, isSecret: Bool = true, user: uid_t = geteuid(), caller: uid_t? = nil
    ) -> (problem: String, remedy: String)? {
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFIFO where status.st_dev != unnamedPipes: break
        default: return nil
        }
        guard !isSecret || status.st_uid == 0 || status.st_uid == user || status.st_uid == caller else {
            let owners = user == 0 ? "root" : "root or user \(user)"
            let owner = user == 0 ? "root" : "\(user)"
            return (
                "\(what) belongs to user \(status.st_uid)", "expected \(owners) as the owner: chown \(owner) \(shellWord(path))"
            )
        }
        let access: String
        switch status.st_mode & (isSecret ? 0o006 : 0o002) {
        case 0: return nil
        case 0o004: access = "read"
        case 0o002: access = "write"
        default: access = "read and write"
        }
        let expected = isSecret ? "mode 0600 or 0640: chmod o-rwx" : "mode 0644 or less: chmod o-w"
        return ("every user can \(access) \(what)", "expected \(expected) \(shellWord(path))")
    }

    /// The device that all pipes without a name are on; no file system has it. Nil if it cannot be found.
    private static let unnamedPipes: dev_t? = {
        var ends: [CInt] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        defer { for end in ends { close(end) } }
        var status = stat()
        return fstat(ends[0], &status) == 0 ? status.st_dev : nil
    }()

    /// The path as a word of a command line that people copy from a message: as it is if it contains only plain characters, otherwise the
    /// word `FILE`.
    package static func shellWord(_ path: String) -> String {
        let isPlain = path.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"),
                UInt8(ascii: "+"), UInt8(ascii: "@"), UInt8(ascii: "%"), UInt8(ascii: ":"), UInt8(ascii: ","):
                true
            default: false
            }
        }
        return isPlain && path.utf8.count <= 200 && !path.isEmpty ? path : "FILE"
    }

    /// Reads a file that holds a secret, if the rule permits it. It is opened once.
    ///
    /// - Parameters:
    ///   - limit: The size in bytes beyond which reading fails.
    ///   - caller: See `problem`.
    package static func read(
        secret path: String, limit: Int, what: String = "the file", caller: uid_t? = nil
    ) -> Result<Data, Problem> {
        BoundedFile.read(path, limit: limit).flatMap { file in
            if let (problem, remedy) = problem(file.status, path: path, what: what, caller: caller) {
                return .failure(Problem(text: problem, remedy: remedy))
            }
            return .success(Data(file.contents))
        }
    }

    /// The user who called this command by sudo; nil without sudo. Only commands that a person types trust it, no daemon.
    package static var sudoCaller: uid_t? {
        guard geteuid() == 0 else { return nil }
        return ProcessInfo.processInfo.environment["SUDO_UID"].flatMap(uid_t.init)
    }
}
