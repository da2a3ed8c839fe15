import Foundation

/// Reads a small text file. Its errors say what to do.
enum TextFile {
    struct Problem: Error {
        var text: String
        var remedy: String
        var position: ConfigurationPosition?
    }

    /// Reads the whole file as UTF-8.
    static func read(_ path: String, sizeLimit: Int) -> Result<String, Problem> {
        // O_NONBLOCK: a named pipe without a writer must not block the start.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            let cause = String(cString: strerror(errno))
            return .failure(Problem(text: "cannot open the file: \(cause)", remedy: "name a file that this user can read"))
        }
        defer { close(descriptor) }
        var octets: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = buffer.withUnsafeMutableBytes { Foundation.read(descriptor, $0.baseAddress, $0.count) }
            if count == 0 { break }
            guard count > 0 else {
                let cause = String(cString: strerror(errno))
                return .failure(Problem(text: "cannot read the file: \(cause)", remedy: "name a regular file"))
            }
            octets.append(contentsOf: buffer[..<count])
            guard octets.count <= sizeLimit else {
                return .failure(
                    Problem(text: "the file is larger than \(sizeLimit) bytes", remedy: "name a smaller file"))
            }
        }
        guard let text = String(validating: octets, as: UTF8.self) else {
            let readable = String(decoding: octets.prefix(firstInvalid(octets)), as: UTF8.self)
            return .failure(
                Problem(
                    text: "the file is not UTF-8 text", remedy: "save it as UTF-8",
                    position: ConfigurationPosition(after: readable)))
        }
        return .success(text)
    }

    /// The number of well-formed UTF-8 bytes at the start.
    private static func firstInvalid(_ octets: [UInt8]) -> Int {
        var decoder = UTF8()
        var iterator = octets.makeIterator()
        var count = 0
        while case .scalarValue(let scalar) = decoder.decode(&iterator) { count += UTF8.width(scalar) }
        return count
    }
}
