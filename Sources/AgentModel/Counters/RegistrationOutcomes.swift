/// Outcomes of requests of one kind. Each received request ends up accepted, denied or discarded, except those still in progress.
public struct RequestOutcomes: Hashable, Sendable, Codable {
    /// Requests received, including repeated ones (`mipExtOutcomeReceived`).
    public var received: UInt64 = 0
    /// Requests answered with code 0 or 1; at a foreign agent, those whose acceptance it relayed (`mipExtOutcomeAccepted`).
    public var accepted: UInt64 = 0
    /// Requests answered with any other code; at a foreign agent, both its own denials and those it relayed (`mipExtOutcomeDenied`).
    public var denied: UInt64 = 0
    /// Requests never answered (`mipExtOutcomeDiscarded`).
    public var discarded: UInt64 = 0

    public init() {}
}

/// Outcomes of Registration Requests, by kind (`mipExtOutcomeTable`).
public struct RegistrationOutcomes: Hashable, Sendable, Codable {
    /// Requests for an address pair that was not registered.
    public var initial = RequestOutcomes()
    /// Requests for an address pair that was registered.
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
