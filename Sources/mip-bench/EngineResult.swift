/// The measurements of one run of the engine.
struct EngineResult: CustomStringConvertible {
    var nodes: Int
    var registrations: Int
    var accepted: UInt64
    var seconds: Double
    /// Heap allocations by the state machine while it served the registrations.
    var allocations: UInt
    var expired: UInt64
    var expirySeconds: Double

    var perSecond: Double { Double(registrations) / seconds }
    var allocationsPerRegistration: Double { Double(allocations) / Double(registrations) }

    var description: String {
        """
        \(registrations) registrations of \(nodes) nodes (HMAC-MD5, timestamps): \(seconds.rounded(to: 3)) s, \
        \(perSecond.rounded(to: 0)) per second, \(accepted) accepted, \
        \(allocationsPerRegistration.rounded(to: 3)) allocations each
        \(expired) bindings expired in \(expirySeconds.rounded(to: 3)) s
        """
    }

    var json: String {
        """
        {"benchmark":"engine","nodes":\(nodes),"registrations":\(registrations),"accepted":\(accepted),\
        "seconds":\(seconds.rounded(to: 6)),"registrationsPerSecond":\(perSecond.rounded(to: 1)),\
        "allocationsPerRegistration":\(allocationsPerRegistration.rounded(to: 3)),\
        "expired":\(expired),"expirySeconds":\(expirySeconds.rounded(to: 6))}
        """
    }
}

extension Double {
    func rounded(to places: Int) -> Double {
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        return (self * scale).rounded() / scale
    }
}
