import Foundation
import Persistence

/// A place in the file system that a setting names and that the daemon will use: a socket or file to create, or a folder to write to.
struct ConfigurationPlace {
    enum Use {
        /// A Unix socket; of its folder, one level is created.
        case socket
        /// A file that is replaced whole. Whether its folder is created, with those above it.
        case stateFile(createsFolder: Bool)
        /// The file of a state store, beside which others are created. A daemon that cannot use it serves without it.
        case stateStore
        /// A folder that is created, with those above it.
        case folder
        /// The folder of a file with a key, which is only read.
        case keyFolder
    }

    let use: Use
    /// As the daemon uses it: absolute, or relative to the daemon's current folder.
    let path: String
    /// The setting's full name, such as `http.socket`.
    let setting: String
    /// Nil if the path is a default.
    let position: ConfigurationPosition?

    /// Records why the daemon could not use the place: as a mistake, or as a warning about a default, which it may never need.
    ///
    /// - Parameter starts: Whether the daemon is about to start: it does without a state store rather than not at all.
    func look(_ collector: MistakeCollector, starts: Bool) {
        guard let (problem, remedy) = problem else { return }
        let text = "\(setting) \(quoted(path)): \(problem)"
        var isDispensable = position == nil
        if case .stateStore = use, starts { isDispensable = true }
        if isDispensable { collector.warn(position, text, remedy) } else { collector.add(position, text, remedy) }
    }

    private typealias Problem = (problem: String, remedy: String)

    private var problem: Problem? {
        switch use {
        case .socket:
            switch FolderCheck.kind(of: path) {
            case nil where path.hasSuffix("/"): return folderName(such: "NAME.sock")
            case .danglingLink?: return ("it is a link to a path where nothing is", "remove it, or choose another path")
            case nil, .socket?: return Self.writing(to: path.parentFolder, createdLevels: 1)
            case .folder?: return ("it is a folder", "expected the path of a socket in it, such as \(name(inside("NAME.sock")))")
            default: return ("it is a file that is not a socket", "remove it, or choose another path")
            }
        case .stateFile(let createsFolder): return fileProblem(createsFolder: createsFolder)
        case .stateStore: return fileProblem(createsFolder: false)
        case .folder:
            return Self.writing(to: path, createdLevels: .max)
        case .keyFolder:
            return Self.replacing(in: path)
        }
    }

    private func fileProblem(createsFolder: Bool) -> Problem? {
        switch FolderCheck.kind(of: path) {
        case nil where path.hasSuffix("/"): return folderName(such: "state.json")
        // A link is replaced.
        case nil, .danglingLink?: break
        case .file(let status)?:
            if let problem = FileTrust.problem(status, path: path, what: "it") { return problem }
        case .folder?: return ("it is a folder", "expected the path of a file in it, such as \(name(inside("state.json")))")
        default: return ("it is not a regular file", "choose another path")
        }
        let folder = path.parentFolder
        return Self.writing(to: folder, createdLevels: createsFolder ? .max : 0) ?? Self.replacing(in: folder)
    }

    /// What is wrong with a path that only a folder can have.
    private func folderName(such name: String) -> Problem {
        ("it ends with '/', so it names a folder", "expected the path of a file, such as \(self.name(inside(name)))")
    }

    /// Why files cannot be created in the folder, of whose path so many levels are created.
    private static func writing(to folder: String, createdLevels: Int) -> Problem? {
        let remedy = "choose another path, or let this user (\(geteuid())) write there"
        guard !FolderCheck.isHidden(folder) else {
            return ("cannot reach the folder \(quoted(folder)): Permission denied", remedy)
        }
        var (existing, missing) = (folder, 0)
        while FolderCheck.kind(of: existing) == nil, !["/", ".", ""].contains(existing) {
            (existing, missing) = (existing.parentFolder, missing + 1)
        }
        guard missing <= createdLevels else {
            return ("the folder \(quoted(folder)) does not exist", "create it: mkdir -p \(name(folder))")
        }
        return FolderCheck.problem(writingTo: existing).map { ($0, remedy) }
    }

    /// Whether any user could replace the files in the folder.
    private static func replacing(in folder: String) -> Problem? {
        guard FolderCheck.isOpenToAll(folder) else { return nil }
        return (
            "every user can replace the files in the folder \(quoted(folder))",
            "expected mode 0755 or less: chmod o-w \(name(folder))"
        )
    }

    /// A path for a command line in a remedy.
    private static func name(_ path: String) -> String { FileTrust.shellWord(path) }
    private func name(_ path: String) -> String { Self.name(path) }
    private func inside(_ name: String) -> String { path.hasSuffix("/") ? path + name : "\(path)/\(name)" }
}
