import Foundation

/// What is at the path of a file that is replaced whole.
package enum FilePlace {
    /// What is wrong with what is there; nil if nothing is, or a file or a link, which another file can replace.
    package static func problem(at path: String) -> String? {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        return switch status.st_mode & S_IFMT {
        case S_IFREG, S_IFLNK: nil
        case S_IFDIR: "it is a folder"
        default: "it is not a regular file"
        }
    }
}
