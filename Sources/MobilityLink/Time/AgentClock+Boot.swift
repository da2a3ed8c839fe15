import Glibc

/// Which run of the machine this is, so that times of an earlier process can be compared with this one's.
extension AgentClock {
    /// Nanoseconds since the machine started; continues while it sleeps, and continues over a restart of the agent.
    package static var bootTime: Int64 { ClockReadings.system.bootTime() }

    /// What distinguishes this run of the machine from all others; empty if the system does not provide it.
    package static var bootID: String {
        let file = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return "" }
        defer { close(file) }
        var text = [UInt8](repeating: 0, count: 64)
        let count = read(file, &text, text.count)
        guard count > 0 else { return "" }
        return String(decoding: text.prefix(count).prefix { $0 > UInt8(ascii: " ") }, as: UTF8.self)
    }
}
