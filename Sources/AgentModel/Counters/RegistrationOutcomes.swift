/// What became of requests of one kind. Received are accepted, denied or discarded in the end, but for those still under way.
public struct RequestOutcomes: Hashable, Sendable, Codable {
    /// Requests received, repeated ones included (`mipExtOutcomeReceived`).
    public var received: UInt64 = 0
    /// Answered with code 0 or 1; by a foreign agent those whose acceptance it passed on (`mipExtOutcomeAccepted`).
    public var accepted: UInt64 = 0
    /// Answered with another code; by a foreign agent its own denials and those it passed on (`mipExtOutcomeDenied`).
    public var denied: UInt64 = 0
    /// Never answered (`mipExtOutcomeDiscarded`).
    public var discarded: UInt64 = 0

    public init() {}
}

/// What became of Registration Requests, by kind (`mipExtOutcomeTable`).
public struct RegistrationOutcomes: Hashable, Sendable, Codable {
    /// Requests for a pair of addresses that was not registered.
    public var initial = RequestOutcomes()
    /// Requests for a pair that was registered.
    public var renewal = RequestOutcomes()
    /// Requests with lifetime 0.
    public var deregistration = RequestOutcomes()

    public init() {}

    /// The outcomes of one kind.
    public subscript(kind: RequestKind) -> RequestOutcomes {
        get {
            switch kind {
            case .initial: initial
            case .renewal: renewal
            case .deregistration: deregistration
            }
        }
        _modify {
            switch kind {
            case .initial: yield &initial
            case .renewal: yield &renewal
            case .deregistration: yield &deregistration
            }
        }
    }
}
