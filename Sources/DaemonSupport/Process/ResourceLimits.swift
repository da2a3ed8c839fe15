import Foundation

/// Limits of this process that a daemon cannot start with. The libraries beneath it trap or wait forever when they run into them, instead of
/// reporting an error, so they are checked first.
public enum ResourceLimits {
    /// The fewest files, sockets and event queues (RLIMIT_NOFILE) on a machine with this many processors: three for each event loop, and
    /// some for files, sockets and clients.
    static func requiredDescriptors(processors: Int) -> Int { 64 + 4 * max(1, processors) }

    /// The same on this machine.
    public static var requiredDescriptors: Int { requiredDescriptors(processors: ProcessInfo.processInfo.activeProcessorCount) }

    /// As many as two addresses with 4,096 connections each need in addition, which is more than anything else here uses.
    static func wantedDescriptors(processors: Int) -> Int { requiredDescriptors(processors: processors) + 2 * 4096 }

    /// The soft limit to set, given the current limits: the wanted one, as far as the hard limit allows. Never less than the current one.
    static func raised(soft: Int, hard: Int, processors: Int) -> Int {
        max(soft, min(hard, wantedDescriptors(processors: processors)))
    }

    /// Raises the soft limit of open files, whose usual value of 1,024 is there for programs that call `select`. Does nothing if the system
    /// refuses it: the limit is checked afterwards.
    static func raiseDescriptors() {
        var limit = limits(RLIMIT_NOFILE)
        let (soft, hard) = (Int(clamping: limit.rlim_cur), Int(clamping: limit.rlim_max))
        let raised = raised(soft: soft, hard: hard, processors: ProcessInfo.processInfo.activeProcessorCount)
        guard raised > soft else { return }
        limit.rlim_cur = rlim_t(raised)
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

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

    /// The current limit of open files.
    public static var descriptors: Int { current(RLIMIT_NOFILE) }

    /// The current limit of a resource.
    static func current(_ resource: __rlimit_resource) -> Int { Int(clamping: limits(resource).rlim_cur) }

    private static func limits(_ resource: __rlimit_resource) -> rlimit {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(resource.rawValue), &limit) == 0 else {
            return rlimit(rlim_cur: .max, rlim_max: .max)
        }
        return limit
    }
}

extension DaemonOptions {
    /// Raises the limit of open files as far as useful and allowed. Ends the process with status 1 and one line on standard error if its
    /// limits are too low nevertheless. Call before anything is opened.
    public func requireResources() {
        ResourceLimits.raiseDescriptors()
        let problem = ResourceLimits.problem(
            descriptors: ResourceLimits.descriptors, addressSpace: ResourceLimits.current(RLIMIT_AS),
            processors: ProcessInfo.processInfo.activeProcessorCount)
        guard let problem else { return }
        let program = CommandLine.arguments.first.map { URL(fileURLWithPath: $0).lastPathComponent } ?? "daemon"
        FileHandle.standardError.write(Data("\(program): \(problem)\n".utf8))
        Foundation.exit(ExitStatus.failed)
    }
}
