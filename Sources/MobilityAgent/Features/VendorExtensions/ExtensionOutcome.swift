import MobileIPv4

/// What has become of a message, as far as it matters for its vendor and experimental extensions.
enum MessageOutcome {
    /// It was accepted or relayed.
    case served
    /// It was refused for a critical vendor extension that the role does not know (100, 101, 140, 141).
    case refusedForVendor
    /// It was refused for an experimental extension that a rule refuses (127, 192).
    case refusedForExperiment
    /// It was refused or dropped for another reason.
    case notServed

    /// - Parameter refusal: nil for a message that was served.
    init(_ refusal: Refusal?) {
        switch refusal {
        case nil: self = .served
        case .discard?: self = .notServed
        case .deny(let code)?:
            switch code {
            case .faUnsupportedCVSEFromMobileNode, .faUnsupportedCVSEFromHomeAgent, .haUnsupportedCVSEFromMobileNode,
                .haUnsupportedCVSEFromForeignAgent:
                self = .refusedForVendor
            case .faExperimental, .haExperimental: self = .refusedForExperiment
            default: self = .notServed
            }
        }
    }
}

/// What a role has done with an extension or message.
enum ExtensionOutcome {
    /// It has acted on it, or would have if there were anything to do.
    case accepted
    /// It has passed over it.
    case skipped
    /// It has refused or dropped the message because of it.
    case refused

    /// The outcome of a vendor extension (RFC 3115 §2.3).
    ///
    /// - Parameter isInPlace: whether it stands where an authenticator for the role covers it, if there is one.
    init(_ vendor: LocatedVendorExtension, isKnown: Bool, isInPlace: Bool, in message: MessageOutcome) {
        switch message {
        case .served where isKnown && isInPlace: self = .accepted
        case .refusedForVendor where vendor.isCritical && !isKnown: self = .refused
        default: self = .skipped
        }
    }

    /// The outcome of an experimental extension (RFC 4064 §4).
    ///
    /// - Parameters:
    ///   - rule: What the configuration says about it; nil for nothing.
    ///   - isInPlace: As for a vendor extension.
    init(_ rule: ExperimentalRule.Action?, isInPlace: Bool, in message: MessageOutcome) {
        switch (message, rule) {
        case (.served, .accept?) where isInPlace: self = .accepted
        case (.refusedForExperiment, .refuse?) where isInPlace: self = .refused
        default: self = .skipped
        }
    }
}
