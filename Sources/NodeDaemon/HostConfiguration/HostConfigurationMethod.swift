/// How a mobile node applies the host configuration of its home agent (RFC 4332) to its machine.
public enum HostConfigurationMethod: Hashable, Sendable {
    /// Nothing on the machine changes.
    case off
    /// Name servers and search domain of the node's interface in systemd-resolved, set by the program at this absolute path.
    case resolvectl(program: String)
    /// Name servers and search domain in the file at this absolute path, which must not be a symbolic link.
    case resolvConf(path: String)

    /// Where systemd installs its program.
    public static let defaultProgram = "/usr/bin/resolvectl"
    /// The file that the C library reads.
    public static let defaultPath = "/etc/resolv.conf"
}
