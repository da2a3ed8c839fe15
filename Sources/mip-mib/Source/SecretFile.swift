import Persistence

/// Reads files that hold secrets of the command: tokens, keys, credentials.
enum SecretFile {
    private static let limit = 64 << 10

    /// The text of the file.
    ///
    /// - Parameter what: what to call it, such as `the token file`.
    /// - Throws: A usage `CommandFailure` if it cannot be read, or if users can read or write it who must not.
    static func text(_ path: String, what: String) throws -> String {
        switch FileTrust.read(secret: path, limit: limit, what: what, caller: FileTrust.sudoCaller) {
        case .success(let data): return String(decoding: data, as: UTF8.self)
        case .failure(let problem): throw CommandFailure.usage("cannot use \(what) '\(path)': \(problem)")
        }
    }
}
