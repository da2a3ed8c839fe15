package import Foundation
import Persistence

/// Reads a small text file. Its errors say what to do.
package enum TextFile {
    package struct Problem: Error {
        /// What is wrong, without the path.
        package var text: String
        /// What to do.
        package var remedy: String
        /// Where in the file; nil for the whole file.
        package var position: ConfigurationPosition?
    }

    /// Reads the whole file as UTF-8, without a byte order mark, which some editors write.
    ///
    /// - Parameters:
    ///   - sizeLimit: The size in bytes beyond which reading fails.
    ///   - isSecret: Whether `FileTrust` decides if the file may be read.
    ///   - caller: See `FileTrust`.
    package static func read(
        _ path: String, sizeLimit: Int, isSecret: Bool = false, caller: uid_t? = nil
    ) -> Result<(text: String, status: stat), Problem> {
        let file: (contents: [UInt8], status: stat)
        switch BoundedFile.read(path, limit: sizeLimit) {
        case .failure(let problem): return .failure(Problem(text: problem.text, remedy: problem.remedy))
        case .success(let read): file = read
        }
        if isSecret, let (text, remedy) = FileTrust.problem(file.status, path: path, what: "it", caller: caller) {
            return .failure(Problem(text: text, remedy: remedy))
        }
        let contents = file.contents
        if contents.starts(with: [0xFF, 0xFE]) || contents.starts(with: [0xFE, 0xFF]) {
            return .failure(Problem(text: "the file is UTF-16 text", remedy: "save it as UTF-8"))
        }
        let text = contents.dropFirst(contents.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
        guard let text = String(validating: text, as: UTF8.self) else {
            let readable = String(decoding: text.prefix(firstInvalid(text)), as: UTF8.self)
            return .failure(
                Problem(
                    text: "the file is not UTF-8 text", remedy: "save it as UTF-8",
                    position: ConfigurationPosition(after: readable)))
        }
        return .success((text, file.status))
    }

    /// The number of well-formed UTF-8 bytes at the start.
    private static func firstInvalid(_ octets: ArraySlice<UInt8>) -> Int {
        var decoder = UTF8()
        var iterator = octets.makeIterator()
        var count = 0
        while case .scalarValue(let scalar) = decoder.decode(&iterator) { count += UTF8.width(scalar) }
        return count
    }
}
