import DaemonSupport

/// How many connections the server accepts at once on each of its addresses; further ones wait until one ends.
///
/// Always fewer than the process may have open files: when the system refuses a connection for lack of a descriptor, the listener tries again
/// without a pause and uses a whole processor.
enum ConnectionLimit {
    /// The limit of this process.
    static let ofProcess = connections(
        descriptors: ResourceLimits.descriptors, required: ResourceLimits.requiredDescriptors)

    /// The limit with so many descriptors, of which everything else requires some, and the rest of which two addresses share.
    static func connections(descriptors: Int, required: Int) -> Int { min(4096, max(4, (descriptors - required) / 2)) }
}
