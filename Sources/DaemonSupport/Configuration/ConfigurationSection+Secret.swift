import Foundation

extension ConfigurationSection {
    /// A secret text alone in a file (relative to this file's folder) that only its owner may access: mode 0600 or stricter. Surrounding
    /// white space is removed. Nil if the setting is absent. Messages never show it.
    public func secret<Secret>(inFile name: String, _ expectation: String, parse: (String) -> Secret?) -> Secret? {
        guard let path = optional(name, .path), !path.isEmpty else { return nil }
        let location = path.hasPrefix("/") ? path : folder + path
        let label = "\(fullName(name)) \(quoted(path))"
        switch TextFile.read(location, sizeLimit: 4096) {
        case .failure(let problem):
            mistake(about: name, "\(label): \(problem.text)", problem.remedy)
        case .success(let text):
            var status = stat()
            guard stat(location, &status) == 0, status.st_mode & 0o077 == 0 else {
                mistake(
                    about: name, "\(label): users other than its owner can access the file",
                    "expected mode 0600: chmod 600 \(path)")
                return nil
            }
            if let secret = parse(text.trimmingCharacters(in: .whitespacesAndNewlines)) { return secret }
            mistake(about: name, "\(label): the content (not shown) is invalid", "expected \(expectation)")
        }
        return nil
    }
}
