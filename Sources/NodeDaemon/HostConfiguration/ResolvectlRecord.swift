import Foundation
import Persistence

/// The file that says, while settings of systemd-resolved are in force, for which interface they are: the next process needs it
/// after a crash.
struct ResolvectlRecord: Sendable {
    /// What the file holds.
    struct Entry: Hashable, Sendable {
        var interface: String
        /// Identifies the start of the machine; systemd-resolved keeps no settings beyond it.
        var boot: String
    }

    private let file: StateFile

    init(path: String) { file = StateFile(path: path) }

    /// Nil without a file, and for a file with something else in it.
    func entry() throws(HostConfigurationError) -> Entry? {
        let contents: Data?
        do { contents = try file.read() } catch { throw HostConfigurationError(error.description) }
        guard let contents else { return nil }
        let words = String(decoding: contents, as: UTF8.self).split(whereSeparator: \.isWhitespace).map(String.init)
        guard words.count == 2 else { return nil }
        return Entry(interface: words[0], boot: words[1])
    }

    func write(_ entry: Entry) throws(HostConfigurationError) {
        do {
            try file.write(Data("\(entry.interface) \(entry.boot)\n".utf8))
        } catch {
            throw HostConfigurationError(
                "\(error.description); without this file, settings could not be undone after a crash, so none are changed")
        }
    }

    func remove() throws(HostConfigurationError) {
        guard unlink(file.path) != 0, errno != ENOENT else { return }
        let cause = String(cString: strerror(errno))
        throw HostConfigurationError("cannot remove '\(file.path)': \(cause); remove it before the node starts again")
    }

    /// The identifier of this start of the machine; `unknown` if the kernel does not give one.
    static func currentBoot() -> String {
        guard case .success(let file) = BoundedFile.read("/proc/sys/kernel/random/boot_id", limit: 64) else { return "unknown" }
        let text = String(decoding: file.contents, as: UTF8.self).filter { !$0.isWhitespace }
        return text.isEmpty ? "unknown" : text
    }
}
