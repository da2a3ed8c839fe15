extension String {
    /// The folder that the last name of this path is in, without a final `/`: `.` for a path of one name, `/` for one directly below the root
    /// and for the root itself. Compares bytes, as the kernel does.
    ///
    /// Foundation's `deletingLastPathComponent` cannot be used for it: on Linux it ends the program for most paths of one character.
    package var parentFolder: String {
        let slash = UInt8(ascii: "/")
        var path = utf8[...]
        while path.count > 1, path.last == slash { path.removeLast() }
        guard let end = path.lastIndex(of: slash) else { return "." }
        path = path[..<end]
        while path.last == slash { path.removeLast() }
        return path.isEmpty ? "/" : String(Substring(path))
    }
}
