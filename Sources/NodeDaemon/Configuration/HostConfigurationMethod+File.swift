import DaemonSupport

extension HostConfigurationMethod {
    /// The words for it in configuration files.
    private enum Mode: String, CaseIterable {
        case off, resolvectl, resolvConf
    }

    /// Reads the section `resolver`.
    init(_ section: ConfigurationSection) {
        let mode = section.value("mode", .anyWord(standIn: Mode.off))
        let program = section.optional("program", .absolutePath)
        let path = section.optional("path", .absolutePath)
        for (name, isGiven, other) in [
            ("program", program != nil, Mode.resolvectl), ("path", path != nil, Mode.resolvConf),
        ] where isGiven && mode != other {
            section.mistake(
                about: name, "\(section.path).\(name) has no effect with mode \(mode.rawValue)",
                "remove it, or set the mode to \(other.rawValue)")
        }
        switch mode {
        case .off: self = .off
        case .resolvectl: self = .resolvectl(program: program ?? Self.defaultProgram)
        case .resolvConf: self = .resolvConf(path: path ?? Self.defaultPath)
        }
    }
}
