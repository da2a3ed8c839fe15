package import Foundation

/// Reads a file that other programs wrote, without waiting for it for ever and without filling the memory.
package enum BoundedFile {
    /// Why the file cannot be read.
    package struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
        /// What is wrong, without the path.
        package var text: String
        /// What to do.
        package var remedy: String
        /// The error of the system call; 0 if there is none.
        package var code: CInt

        package init(text: String, remedy: String, code: CInt = 0) {
            self.text = text
            self.remedy = remedy
            self.code = code
        }

        /// `text; remedy`.
        package var description: String { "\(text); \(remedy)" }
    }

    /// How long a pipe or terminal may have nothing to read.
    private static let patience: CInt = 60_000

    /// Reads the whole file.
    ///
    /// - Parameter limit: The size in bytes beyond which reading fails.
    /// - Returns: The contents, and the status of the very file they came from.
    package static func read(_ path: String, limit: Int) -> Result<(contents: [UInt8], status: stat), Problem> {
        // O_NONBLOCK: a named pipe without a writer must not block the start.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        var status = stat()
        guard descriptor >= 0 else {
            let code = errno
            return .failure(
                Problem(text: "cannot open the file: \(cause(code))", remedy: "name a file that this user can read", code: code))
        }
        defer { close(descriptor) }
        guard fstat(descriptor, &status) == 0 else {
            let code = errno
            return .failure(Problem(text: "cannot read the file: \(cause(code))", remedy: "name a regular file", code: code))
        }
        var contents: [UInt8] = []
        contents.reserveCapacity(max(0, min(Int(status.st_size), limit)))
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = buffer.withUnsafeMutableBytes { Foundation.read(descriptor, $0.baseAddress, $0.count) }
            if count == 0 { return .success((contents, status)) }
            guard count > 0 else {
                let code = errno
                if code == EINTR { continue }
                if code == EAGAIN, waitForMore(descriptor) { continue }
                let cause = code == EAGAIN ? "nothing arrived for \(patience / 1000) seconds" : cause(code)
                return .failure(Problem(text: "cannot read the file: \(cause)", remedy: "name a regular file", code: code))
            }
            contents.append(contentsOf: buffer[..<count])
            guard contents.count <= limit else {
                return .failure(Problem(text: "the file is larger than \(limit) bytes", remedy: "name a smaller file"))
            }
        }
    }

    private static func waitForMore(_ descriptor: CInt) -> Bool {
        var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        while true {
            let count = poll(&wanted, 1, patience)
            if count < 0, errno == EINTR { continue }
            return count > 0
        }
    }

    private static func cause(_ code: CInt) -> String { String(cString: strerror(code)) }
}
