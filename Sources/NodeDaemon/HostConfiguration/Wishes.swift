/// Resolver settings, and the interface that the name servers are reached through.
struct ResolverWish: Hashable, Sendable {
    var settings: ResolverSettings
    var interface: String
}

/// What a `HostConfigurator` is asked for and what is in force, with room for one wish: a newer one replaces it.
struct Wishes: Sendable {
    /// A change of the machine.
    struct Step: Sendable {
        /// What to bring into force; nil to undo everything.
        var wish: ResolverWish?
        /// Whether it is in force already, unless another program has changed the machine.
        var isRepeated = false
    }

    /// What follows from a step.
    struct Ending: Sendable {
        /// Whether it is a failure that the log must mention: the first one of this wish.
        var isLogged: Bool
        /// What was in force before the step and what is after it, as far as is known.
        var before: ResolverWish?
        var after: ResolverWish?
        /// Whether something is left that must be undone later; `retry` is then to be called once.
        var isRetried: Bool
    }

    private var newest: ResolverWish?
    private var inForce: ResolverWish?
    /// What others were last given to know: settings that could not be undone are still in force, perhaps.
    private var reported: ResolverWish?
    /// Whether there may be something to undo, as after an attempt that failed in the middle.
    private var isTouched = false
    private var isDue = false
    private var isWorking = false
    private var isStopped = false
    private var isRetryPending = false
    private var isUndoDue = false
    /// Whether undoing has been tried again at the end.
    private var hasTriedAgain = false
    /// Whether the log has a line about the newest wish's failure.
    private var isFailureLogged = false

    /// Replaces the wish. One that is in force is looked at once more.
    ///
    /// - Returns: whether somebody must begin to take steps.
    mutating func add(_ wish: ResolverWish?) -> Bool {
        guard !isStopped else { return false }
        replace(with: wish)
        guard isWorking || isUnfulfilled || wish != nil else { return false }
        isDue = true
        return beginWork()
    }

    /// Wishes for nothing, for good. Returns the same as `add`.
    mutating func stop() -> Bool {
        isStopped = true
        replace(with: nil)
        isDue = true
        return beginWork()
    }

    /// What an earlier process has left behind could not be undone. Returns whether `retry` is to be called later.
    mutating func noteLeftover() -> Bool {
        isTouched = true
        isFailureLogged = newest == nil
        return mustRetry()
    }

    /// It is time to undo what is left. Returns the same as `add`.
    mutating func retry() -> Bool {
        isRetryPending = false
        guard isLeftover, !isStopped else { return false }
        isUndoDue = true
        return beginWork()
    }

    /// The next step, or nil when the newest wish is in force or has been tried; then nobody takes steps any more.
    mutating func next() -> Step? {
        let step = dueStep
        (isDue, isUndoDue) = (false, false)
        if step == nil { isWorking = false } else { isTouched = true }
        return step
    }

    /// Whether no other wish has taken the place of this one.
    func isNewest(_ wish: ResolverWish) -> Bool { newest == wish }

    /// Ends a step.
    ///
    /// - Parameter isUndone: whether everything was undone after a failure.
    mutating func end(_ step: Step, hasFailed: Bool, isUndone: Bool) -> Ending {
        let before = reported
        inForce = hasFailed ? nil : step.wish
        isTouched = hasFailed ? !isUndone : step.wish != nil
        if !hasFailed || step.wish != nil { reported = inForce }
        if isStopped, hasFailed, step.wish == nil, !hasTriedAgain {
            hasTriedAgain = true
            isDue = true
        }
        var isLogged = false
        if step.wish == newest {
            isLogged = hasFailed && !isFailureLogged
            isFailureLogged = hasFailed
        } else if step.wish != nil {
            isLogged = hasFailed
        }
        return Ending(isLogged: isLogged, before: before, after: reported, isRetried: mustRetry())
    }

    private var isUnfulfilled: Bool { newest != inForce || newest == nil && isTouched }

    /// Whether settings may be in force that nobody wishes.
    private var isLeftover: Bool { isTouched && inForce == nil }

    private var dueStep: Step? {
        if isDue, isUnfulfilled { return Step(wish: newest) }
        if isDue, let newest { return Step(wish: newest, isRepeated: true) }
        return isUndoDue && isLeftover ? Step(wish: nil) : nil
    }

    private mutating func replace(with wish: ResolverWish?) {
        guard wish != newest else { return }
        newest = wish
        isFailureLogged = false
    }

    private mutating func beginWork() -> Bool {
        defer { isWorking = true }
        return !isWorking
    }

    private mutating func mustRetry() -> Bool {
        guard isLeftover, !isStopped, !isRetryPending else { return false }
        isRetryPending = true
        return true
    }
}
