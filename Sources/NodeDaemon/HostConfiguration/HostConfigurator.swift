import Dispatch
import Logging
import Synchronization

/// Applies the newest wish for resolver settings to the machine and undoes it, on a queue of its own.
///
/// Any thread may use it, and none waits, except for `stop`. While a program runs or a disk is slow, only the newest wish is kept.
/// A wish that failed is tried again when it is repeated; the reason is logged once. What could not be undone is undone later.
final class HostConfigurator: Sendable {
    private let backend: (any ResolverBackend)?
    private let logger: Logger
    private let report: @Sendable (ResolverWish?) -> Void
    private let retryDelay: Duration
    private let queue = DispatchQueue(label: "mip-node.host-configuration")
    private let state = Mutex(Wishes())

    /// - Parameters:
    ///   - recordPath: path of the file that keeps, across a crash, that systemd-resolved has settings to undo.
    ///   - report: called on the queue when other settings are in force, as far as is known; nil for none.
    convenience init(
        _ method: HostConfigurationMethod, recordPath: String, logger: Logger,
        report: @escaping @Sendable (_ inForce: ResolverWish?) -> Void
    ) {
        let backend: (any ResolverBackend)? =
            switch method {
            case .off: nil
            case .resolvectl(let program):
                ResolvectlBackend(
                    program: BoundedProgram(path: program), record: ResolvectlRecord(path: recordPath), logger: logger)
            case .resolvConf(let path): ResolvConfBackend(path: path, logger: logger)
            }
        self.init(backend: backend, logger: logger, report: report)
    }

    /// - Parameters:
    ///   - backend: nil for one that does nothing.
    ///   - retryDelay: how long after a failure to undo settings it is tried again.
    init(
        backend: (any ResolverBackend)?, logger: Logger, retryDelay: Duration = .seconds(2),
        report: @escaping @Sendable (_ inForce: ResolverWish?) -> Void
    ) {
        self.backend = backend
        self.logger = logger
        self.retryDelay = retryDelay
        self.report = report
    }

    /// Undoes what a process that was killed has left behind. Call it first.
    func begin() {
        guard let backend else { return }
        queue.async {
            do throws(HostConfigurationError) {
                try backend.recover()
            } catch {
                self.logger.warning(
                    "cannot undo the host configuration of an earlier process; it is tried again",
                    metadata: ["error": "\(error.description)"])
                if self.state.withLock({ $0.noteLeftover() }) { self.retryLater() }
            }
        }
    }

    /// Asks for these settings, or with nil for what the machine has without the node. A wish that is in force changes nothing,
    /// unless another program has changed the machine meanwhile.
    ///
    /// - Parameter interface: the interface that the name servers are reached through: systemd-resolved sends queries out of it.
    func want(_ settings: ResolverSettings?, through interface: String) {
        guard backend != nil else { return }
        let wish = settings.map { ResolverWish(settings: $0, interface: interface) }
        if state.withLock({ $0.add(wish) }) { queue.async { self.work() } }
    }

    /// Undoes everything and waits until that is done or has failed twice; later wishes are ignored.
    ///
    /// It takes at most the time of a change that has begun and of undoing it twice. It begins at once, so that a caller with other
    /// things to stop can let it run beside them.
    func stop() async {
        guard backend != nil else { return }
        if state.withLock({ $0.stop() }) { queue.async { self.work() } }
        await settle()
    }

    /// Waits until everything asked for so far has been tried.
    func settle() async {
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            queue.async { continuation.resume() }
        }
    }

    // MARK: - On the queue

    private func work() {
        while let step = state.withLock({ $0.next() }) { perform(step) }
    }

    private func perform(_ step: Wishes.Step) {
        guard let backend else { return }
        var problem: HostConfigurationError?
        var isUndone = false
        do throws(HostConfigurationError) {
            if let wish = step.wish {
                if !step.isRepeated || !backend.isInForce(wish) { try backend.apply(wish) }
            } else {
                try backend.undo()
            }
        } catch {
            problem = error
            // A part of the settings is of no use. A newer wish replaces it, or undoes it.
            if let wish = step.wish, state.withLock({ $0.isNewest(wish) }) { isUndone = undoes(backend) }
        }
        let (hasFailed, undone) = (problem != nil, isUndone)
        let ending = state.withLock { $0.end(step, hasFailed: hasFailed, isUndone: undone) }
        if let problem, ending.isLogged {
            logger.warning(
                step.wish != nil ? "cannot apply the host configuration" : "cannot undo the host configuration",
                metadata: ["error": "\(problem.description)"])
        } else if !hasFailed, (ending.before == nil) != (ending.after == nil) {
            logger.notice(ending.after != nil ? "the host configuration is in force" : "the host configuration is undone")
        }
        if ending.before != ending.after { report(ending.after) }
        if ending.isRetried { retryLater() }
    }

    /// Undoes what a failed attempt has left. If that fails too, the cause is most likely the same, and it is tried again later.
    private func undoes(_ backend: any ResolverBackend) -> Bool {
        do throws(HostConfigurationError) {
            try backend.undo()
            return true
        } catch {
            return false
        }
    }

    private func retryLater() {
        let milliseconds = Int(retryDelay / Duration.milliseconds(1))
        queue.asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { [weak self] in
            guard let self, self.state.withLock({ $0.retry() }) else { return }
            self.work()
        }
    }
}
