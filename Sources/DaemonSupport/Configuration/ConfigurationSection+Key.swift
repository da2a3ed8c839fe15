public import MobileIPv4

extension ConfigurationSection {
    /// A secret, given as hexadecimal digits in this file (`key`) or alone in another file (`keyFile`, relative to this file's folder).
    /// Exactly one of the two is required. Messages never show it. A short key is worth a warning (`KeyStrength`), and a file that other
    /// users can read, or that belongs to one of them, is refused (`FileTrust`).
    public func key(_ inline: String = "key", file: String = "keyFile") -> AuthenticationKey {
        let standIn = AuthenticationKey(octets: [0])
        let expectation = "pairs of hexadecimal digits, at least one"
        switch (has(inline), has(file)) {
        case (true, true):
            mistake(about: file, "\(fullName(inline)) and \(file) are both given", "keep one of them")
        case (false, false):
            missing(inline, "add '\(inline):' with \(expectation), or '\(file):' with a path")
        case (true, false):
            var digits = 0
            let type = ConfigurationType(expectation, standIn: standIn, isSecret: true) { text in
                digits = text.utf8.count
                return AuthenticationKey(hexadecimal: text)
            }
            let count = collector.mistakeCount
            let key = value(inline, type)
            if collector.mistakeCount == count { warn(about: inline, key, digits: digits) }
            return key
        case (false, true):
            return key(inFile: value(file, .path), named: file, expectation) ?? standIn
        }
        return standIn
    }

    private func key(inFile path: String, named name: String, _ expectation: String) -> AuthenticationKey? {
        guard !path.isEmpty else { return nil }
        let location = location(path)
        look(atFolderOf: location, about: name)
        switch TextFile.read(location, sizeLimit: 65_536, isSecret: true) {
        case .failure(let problem):
            mistake(about: name, "\(fullName(name)) \(quoted(path)): \(problem.text)", problem.remedy)
            return nil
        case .success(let (text, _)):
            let digits = text.filter { !$0.isWhitespace }
            guard let key = AuthenticationKey(hexadecimal: digits) else {
                let problem = text.isEmpty ? "it is empty" : "the content (not shown) is not a key"
                mistake(about: name, "\(fullName(name)) \(quoted(path)): \(problem)", "expected \(expectation)")
                return nil
            }
            warn(about: name, key, digits: digits.utf8.count)
            return key
        }
    }

    private func warn(about name: String, _ key: AuthenticationKey, digits: Int) {
        guard let (problem, remedy) = KeyStrength.warning(about: key, digits: digits) else { return }
        warning(about: name, "\(fullName(name)) \(problem)", remedy)
    }

    /// The path of a file named in the configuration: a relative path is relative to the configuration file's folder.
    public func location(_ path: String) -> String { path.hasPrefix("/") ? path : folder + path }

    /// Folder of the configuration file with a trailing slash; empty for the current folder.
    var folder: String {
        collector.file.lastIndex(of: "/").map { String(collector.file[...$0]) } ?? ""
    }
}
