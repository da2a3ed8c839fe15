import Glibc
import Logging
import MobileIPv4

/// Settings of one interface in systemd-resolved (resolvectl(1)).
struct ResolvectlBackend: ResolverBackend {
    let program: BoundedProgram
    let record: ResolvectlRecord
    let logger: Logger
    /// See `ResolvectlRecord.Entry`.
    var boot = ResolvectlRecord.currentBoot()
    /// How long the programs of one change may take together.
    var patience = Duration.seconds(2)
    /// How long undoing may take: the node is perhaps stopping.
    var patienceOfUndo = Duration.milliseconds(800)

    func recover() throws(HostConfigurationError) {
        guard let entry = try record.entry() else { return }
        if entry.boot == boot {
            try revert(entry, until: .now + patience)
            logger.notice(
                "settings that an earlier process left in systemd-resolved are undone",
                metadata: ["interface": "\(entry.interface)"])
        }
        try record.remove()
    }

    func apply(_ wish: ResolverWish) throws(HostConfigurationError) {
        let deadline = ContinuousClock.now + patience
        let (settings, interface) = (wish.settings, wish.interface)
        guard !interface.hasPrefix("-") else {
            throw HostConfigurationError(
                "resolvectl would take the interface '\(interface)' for an option; rename the interface, or set the mode to off")
        }
        // Nothing of earlier settings remains.
        if let entry = try record.entry() { try revert(entry, until: deadline) }
        try record.write(ResolvectlRecord.Entry(interface: interface, boot: boot))
        if !settings.nameServers.isEmpty {
            try run(["dns", interface] + settings.nameServers.map(\.description), "set the name servers of", interface, deadline)
        }
        if let domain = settings.searchDomain {
            try run(["domain", interface, domain.description], "set the search domain of", interface, deadline)
        }
    }

    /// systemd-resolved is not asked: it costs the start of a program, and other programs change other interfaces.
    func isInForce(_ wish: ResolverWish) -> Bool { true }

    func undo() throws(HostConfigurationError) {
        guard let entry = try record.entry() else { return }
        try revert(entry, until: .now + patienceOfUndo)
        try record.remove()
    }

    private func revert(
        _ entry: ResolvectlRecord.Entry, until deadline: ContinuousClock.Instant
    ) throws(HostConfigurationError) {
        let interface = entry.interface
        // The settings of an interface end with it, and with the machine.
        guard entry.boot == boot, !interface.hasPrefix("-"), if_nametoindex(interface) != 0 else { return }
        try run(["revert", interface], "undo the settings of", interface, deadline)
    }

    private func run(
        _ arguments: [String], _ action: String, _ interface: String, _ deadline: ContinuousClock.Instant
    ) throws(HostConfigurationError) {
        do throws(BoundedProgram.Failure) {
            try program.run(arguments, until: deadline)
        } catch {
            throw HostConfigurationError(
                "cannot \(action) '\(interface)' in systemd-resolved: \(error.description); check that systemd-resolved runs and "
                    + "that no other program manages the interface, or set the mode to resolvConf or off")
        }
    }
}
