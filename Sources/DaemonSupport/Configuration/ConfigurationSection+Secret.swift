import Foundation

extension ConfigurationSection {
    /// A secret text alone in a file (relative to this file's folder) that `FileTrust` permits. Surrounding white space is removed. Nil if
    /// the setting is absent. Messages never show it.
    public func secret<Secret>(inFile name: String, _ expectation: String, parse: (String) -> Secret?) -> Secret? {
        guard let path = optional(name, .path), !path.isEmpty else { return nil }
        let location = location(path)
        look(atFolderOf: location, about: name)
        let label = "\(fullName(name)) \(quoted(path))"
        switch TextFile.read(location, sizeLimit: 4096, isSecret: true) {
        case .failure(let problem):
            mistake(about: name, "\(label): \(problem.text)", problem.remedy)
        case .success(let (text, _)):
            if let secret = parse(text.trimmingCharacters(in: .whitespacesAndNewlines)) { return secret }
            let problem = text.isEmpty ? "it is empty" : "the content (not shown) is invalid"
            mistake(about: name, "\(label): \(problem)", "expected \(expectation)")
        }
        return nil
    }
}
