import Foundation

/// How many connections the server accepts at once on each of its addresses; further ones wait until one ends.
///
/// Always fewer than the process may have open files: when the system refuses a connection for lack of a descriptor, the listener tries again
/// without a pause and uses a whole processor.
enum ConnectionLimit {
    /// The limit of this process.
    static let ofProcess = connections(descriptors: descriptors)

    /// The limit with so many descriptors, some of which everything else needs, and the rest of which two addresses share.
    static func connections(descriptors: Int) -> Int { min(4096, max(4, (descriptors - 64) / 2)) }

    private static var descriptors: Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1024 }
        return Int(clamping: limit.rlim_cur)
    }
}
