import CLinuxNetwork
import Glibc

/// Drops the privileges that a daemon does not need once its sockets and devices are open.
package enum Privileges {
    /// What an agent with a data plane needs while it runs: it adds and removes routes, raw sockets and registration ports.
    package static let ofAgent: Set<Capability> = [.netAdmin, .netRaw, .netBindService]

    /// Drops every capability except `kept`, for every thread of this process and permanently: neither this process nor a program it
    /// starts can regain one (`no_new_privs`). A capability that the process does not have is not gained.
    ///
    /// - Throws: when a thread still has other capabilities. The process should then exit.
    package static func drop(keeping kept: Set<Capability>) throws(DataPlaneError) {
        let wanted = kept.reduce(UInt64(0)) { $0 | 1 << UInt64($1.rawValue) }
        // A capability that is not permitted now cannot be kept, and requesting it would make the whole call fail.
        let bits = wanted & mip_permitted_capabilities()
        // A thread started during a round inherits the capabilities of its starter and is not part of that round. Threads that have dropped
        // their capabilities pass on no more than they keep, so a few rounds reach every thread.
        for round in 1...Self.rounds {
            let code = mip_give_up_privileges(bits)
            guard code == 0 else { throw DataPlaneError("cannot drop privileges", code) }
            guard let (thread, found) = try threadHavingMore(than: bits) else { return }
            if round == Self.rounds {
                throw DataPlaneError("thread \(thread) still has capabilities 0x\(String(found & ~bits, radix: 16))")
            }
        }
    }

    private static let rounds = 10

    private static func threadHavingMore(than bits: UInt64) throws(DataPlaneError) -> (thread: String, found: UInt64)? {
        for thread in threads() {
            let found = try capabilities(ofThread: thread)
            if found & ~bits != 0 { return (thread, found) }
        }
        return nil
    }

    /// The union of the permitted and effective capabilities of all threads of this process, as bits by number.
    package static func capabilities() throws(DataPlaneError) -> UInt64 {
        var all: UInt64 = 0
        for thread in threads() { all |= try capabilities(ofThread: thread) }
        return all
    }

    /// Whether no program started by this thread can gain privileges.
    package static var areFinal: Bool { mip_no_new_privileges() == 1 }

    private static func threads() -> [String] {
        guard let folder = opendir("/proc/self/task") else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            if name.first?.isNumber == true { names.append(name) }
        }
        return names
    }

    private static func capabilities(ofThread thread: String) throws(DataPlaneError) -> UInt64 {
        let path = "/proc/self/task/\(thread)/status"
        let number = open(path, O_RDONLY | O_CLOEXEC)
        // A thread that has exited has no capabilities.
        if number < 0, errno == ENOENT || errno == ESRCH { return 0 }
        let file = try Descriptor(number, "cannot read \(path)")
        var octets: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(file.number, &buffer, buffer.count)
            guard count > 0 else { break }
            octets += buffer[..<count]
        }
        var found: UInt64 = 0
        for line in String(decoding: octets, as: UTF8.self).split(separator: "\n")
        where line.hasPrefix("CapPrm:") || line.hasPrefix("CapEff:") {
            found |= line.split(separator: "\t").last.flatMap { UInt64($0, radix: 16) } ?? 0
        }
        return found
    }
}
