import Persistence

extension ConfigurationSection {
    /// The path of a Unix socket that the daemon creates, of at most 107 bytes; nil if absent.
    ///
    /// Programs look at such places while they read their configuration, so that a place that cannot be used is a mistake in the file
    /// instead of an error later (`DaemonOptions.readConfiguration`). About a default they only warn.
    public func socket(_ name: String) -> String? { optional(name, .socketPath).map { place($0, .socket, name) } }

    /// The same with a default, which is looked at too.
    public func socket(_ name: String, default path: String) -> String {
        place(optional(name, .socketPath) ?? path, .socket, name)
    }

    /// The path of a file that the daemon writes and replaces; nil if absent. It is looked at as a socket is.
    ///
    /// - Parameter createsFolder: Whether the daemon creates the file's folder if necessary.
    public func stateFile(_ name: String, createsFolder: Bool = false) -> String? {
        optional(name, .path).map { place($0, .stateFile(createsFolder: createsFolder), name) }
    }

    /// The path of a state store; nil if absent. It is looked at as a socket is, but a daemon starts without a store that cannot be used.
    public func stateStore(_ name: String) -> String? { optional(name, .path).map { place($0, .stateStore, name) } }

    /// The same with a default, which is looked at too.
    public func stateFile(_ name: String, default path: String, createsFolder: Bool = false) -> String {
        place(optional(name, .path) ?? path, .stateFile(createsFolder: createsFolder), name)
    }

    /// The path of a folder that the daemon creates if necessary and writes files to. It is looked at as a socket is.
    public func folder(_ name: String, default path: String) -> String {
        place(optional(name, .path) ?? path, .folder, name)
    }

    /// Looks at the folder of a file with a key, which not every user may write to.
    ///
    /// - Parameters:
    ///   - path: As the daemon opens it (`location`).
    ///   - name: The setting that names the file.
    public func look(atFolderOf path: String, about name: String) {
        let folder = path.parentFolder
        guard collector.keyFolders.insert(folder).inserted else { return }
        collector.places.append(
            ConfigurationPlace(use: .keyFolder, path: folder, setting: fullName(name), position: position(of: name)))
    }

    private func place(_ path: String, _ use: ConfigurationPlace.Use, _ name: String) -> String {
        // The stand-in of an invalid path.
        guard !path.isEmpty else { return path }
        collector.places.append(
            ConfigurationPlace(use: use, path: path, setting: fullName(name), position: position(of: name)))
        return path
    }
}
