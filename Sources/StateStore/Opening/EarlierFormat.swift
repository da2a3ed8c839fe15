import Glibc
import Persistence

extension EmbeddedStore {
    /// Whether the file at a path is a JSON object, as the state files of earlier versions are. False for a file that cannot be
    /// read or trusted: opening it as a store reports why. Reads at most 4 KiB and waits for nothing.
    package static func isEarlierFormat(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return false }
        defer { Glibc.close(descriptor) }
        return isEarlierFormat(descriptor, path)
    }

    private static func isEarlierFormat(_ descriptor: CInt, _ path: String) -> Bool {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            FileTrust.problem(status, path: path, what: "it") == nil
        else { return false }
        var start = [UInt8](repeating: 0, count: 4096)
        let count = start.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
        let blanks = Array(" \t\r\n".utf8)
        return start.prefix(max(0, count)).first { !blanks.contains($0) } == UInt8(ascii: "{")
    }

    /// Puts a store in the place of a file of an earlier format, and keeps that file as `PATH.json`. Nobody else can convert or
    /// open the file meanwhile. After a crash, even of the machine, either the file or the complete store is at the path. Waits
    /// for the disk.
    ///
    /// - Parameter records: Reads the file at the path that it gets, and returns a batch with all records of the store.
    /// - Returns: The path of the copy; nil if the file does not have an earlier format (any more), and nothing was done.
    package static func convertEarlierFormat(
        at path: String, _ records: (String) throws(StoreFailure) -> StoreBatch
    ) throws(StoreFailure) -> String? {
        guard isEarlierFormat(path), let place = try StorePlace.lockExisting(path) else { return nil }
        defer { place.release() }
        guard place.withDescriptor({ isEarlierFormat($0, place.path) }) else { return nil }
        let batch = try records(place.path)
        let copy = place.path + ".json"
        try keep(place.path, as: copy)
        try NewStore.put(at: place.path, batch)
        return copy
    }

    /// Gives a file a second name, in the place of what has that name. An interruption leaves one of the two under the name.
    private static func keep(_ path: String, as copy: String) throws(StoreFailure) {
        var (file, present) = (stat(), stat())
        // An interrupted conversion may have done it. To rename one name of a file to another one does nothing.
        let isDone =
            lstat(path, &file) == 0 && lstat(copy, &present) == 0 && file.st_ino == present.st_ino
            && file.st_dev == present.st_dev
        guard !isDone else { return }
        let temporary = copy + JournalPlace.unfinished
        unlink(temporary)
        guard link(path, temporary) == 0, rename(temporary, copy) == 0 else {
            let code = errno
            unlink(temporary)
            throw StoreFailure("cannot keep a copy of", "state file", path, code: code)
        }
        let code = JournalPlace(store: path).synchronizeFolder()
        guard code == 0 else { throw StoreFailure("cannot make durable", "copy of the state file", copy, code: code) }
    }
}
