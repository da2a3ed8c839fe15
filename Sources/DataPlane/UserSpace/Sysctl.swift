import CLinuxNetwork
import Glibc

/// Kernel settings of this process's network namespace.
enum Sysctl {
    /// - Parameter name: such as `net/ipv4/ip_forward`.
    static func read(_ name: String) throws(DataPlaneError) -> String {
        let file = try Descriptor(open("/proc/sys/\(name)", O_RDONLY | O_CLOEXEC), "cannot read the setting \(dotted(name))")
        var buffer = [UInt8](repeating: 0, count: 64)
        let count = Glibc.read(file.number, &buffer, buffer.count)
        guard count >= 0 else { throw DataPlaneError("cannot read the setting \(dotted(name))", errno) }
        return String(decoding: buffer[..<count].prefix { $0 > 0x20 }, as: UTF8.self)
    }

    static func write(_ value: String, _ name: String) throws(DataPlaneError) {
        let action = "cannot change the setting \(dotted(name)) to \(value)"
        let file = try Descriptor(open("/proc/sys/\(name)", O_WRONLY | O_CLOEXEC), action)
        guard Glibc.write(file.number, value, value.utf8.count) >= 0 else { throw DataPlaneError(action, errno) }
    }

    private static func dotted(_ name: String) -> String { name.replacing("/", with: ".") }
}
