import Foundation

/// Limits of this process that a daemon cannot start with. The libraries beneath it trap or wait forever when they run into them, instead of
/// reporting an error, so they are checked first.
public enum ResourceLimits {
    /// The fewest files, sockets and event queues (RLIMIT_NOFILE) on a machine with this many processors: three for each event loop, and
    /// some for files, sockets and clients.
    static func requiredDescriptors(processors: Int) -> Int { 64 + 4 * max(1, processors) }

    /// The least address space in bytes (RLIMIT_AS). Most of it is reserved for stacks and heaps of threads and never used.
    static let requiredAddressSpace = 1 << 30

    /// What is wrong with the limits, and what to do; nil if a daemon can start with them.
    static func problem(descriptors: Int, addressSpace: Int, processors: Int) -> String? {
        let required = requiredDescriptors(processors: processors)
        if descriptors < required {
            return "the limit of \(descriptors) open files is too low; expected at least \(required): "
                + "raise it with 'ulimit -n \(required)', or with LimitNOFILE= in the unit of systemd"
        }
        if addressSpace < requiredAddressSpace {
            let (given, least) = (addressSpace >> 20, requiredAddressSpace >> 20)
            return "the limit of \(given) MiB of address space is too low; expected at least \(least): "
                + "raise it with 'ulimit -v', and limit memory by a control group (MemoryMax= in the unit of systemd)"
        }
        return nil
    }

    /// The current limit of a resource.
    static func current(_ resource: __rlimit_resource) -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(resource.rawValue), &limit) == 0 else { return .max }
        return Int(clamping: limit.rlim_cur)
    }
}

extension DaemonOptions {
    /// Ends the process with status 1 and one line on standard error if its limits are too low. Call before anything is opened.
    public func requireResources() {
        let problem = ResourceLimits.problem(
            descriptors: ResourceLimits.current(RLIMIT_NOFILE), addressSpace: ResourceLimits.current(RLIMIT_AS),
            processors: ProcessInfo.processInfo.activeProcessorCount)
        guard let problem else { return }
        let program = CommandLine.arguments.first.map { URL(fileURLWithPath: $0).lastPathComponent } ?? "daemon"
        FileHandle.standardError.write(Data("\(program): \(problem)\n".utf8))
        Foundation.exit(ExitStatus.failed)
    }
}
