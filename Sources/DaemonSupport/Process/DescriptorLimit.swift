import Foundation

/// The number of files, sockets and event queues that this process may have open at once (RLIMIT_NOFILE).
public enum DescriptorLimit {
    /// The least with which a daemon can start on a machine with this many processors: three for each event loop, and some for its files,
    /// sockets and clients. With fewer, the libraries beneath it trap while they start instead of reporting an error.
    public static func required(processors: Int) -> Int { 64 + 4 * max(1, processors) }

    /// The current limit.
    static var current: Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return .max }
        return Int(clamping: limit.rlim_cur)
    }

    /// What is wrong with a limit, and what to do; nil if a daemon can start with it.
    static func problem(with limit: Int, processors: Int) -> String? {
        let required = required(processors: processors)
        guard limit < required else { return nil }
        return "the limit of \(limit) open files is too low; expected at least \(required): "
            + "raise it with 'ulimit -n \(required)', or with LimitNOFILE= in the unit of systemd"
    }
}

extension DaemonOptions {
    /// Ends the process with status 1 and one line on standard error if it may not open enough files. Call before anything is opened.
    public func requireDescriptors() {
        let processors = ProcessInfo.processInfo.activeProcessorCount
        guard let problem = DescriptorLimit.problem(with: DescriptorLimit.current, processors: processors) else { return }
        let program = CommandLine.arguments.first.map { URL(fileURLWithPath: $0).lastPathComponent } ?? "daemon"
        FileHandle.standardError.write(Data("\(program): \(problem)\n".utf8))
        Foundation.exit(ExitStatus.failed)
    }
}
