/// Finds the management daemon of this machine.
enum LocalDaemon {
    /// Where a mip-mibd with the documented configuration answers.
    static let urls = ["unix:/run/mip-mibd/api.sock", "http://127.0.0.1:8044"]

    /// The first URL at which one answers; which one is reported on standard error.
    ///
    /// - Throws: `CommandFailure` with both URLs if none answers.
    static func url(_ settings: Settings, among urls: [String] = urls) async throws -> String {
        // A token that cannot be used is reported as such, and not as a silent daemon.
        _ = try BearerToken.read(settings)
        for url in urls where await answers(settings, url) {
            StandardError.write("reading \(url)")
            return url
        }
        throw CommandFailure.unreachable(
            "no mip-mibd answers at \(urls.joined(separator: " or at ")); start it, or give its URL with --url or its host with --snmp"
        )
    }

    /// Whether a management daemon answers within a second.
    static func answers(_ settings: Settings, _ url: String) async -> Bool {
        var quick = settings
        quick.timeout = 1
        quick.agents = []
        do {
            try await DaemonSource(quick, url: url).get("/healthz") { _ in }
            return true
        } catch {
            return false
        }
    }
}
