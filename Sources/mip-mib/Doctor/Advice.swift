import Foundation

/// Words for remedies that fit this machine: no unit and no group is named that does not exist here.
enum Advice {
    /// How to start a program.
    static func start(_ program: String) -> String {
        hasUnit(program) ? "systemctl start \(program)" : "start \(program)"
    }

    /// How to start a program anew.
    static func restart(_ program: String) -> String {
        hasUnit(program) ? "systemctl restart \(program)" : "end \(program) and start it again"
    }

    /// Whether this machine runs systemd and has a unit of this name.
    static func hasUnit(_ program: String) -> Bool {
        guard access("/run/systemd/system", F_OK) == 0 else { return false }
        return ["/etc", "/run", "/usr/local/lib", "/usr/lib", "/lib"].contains {
            access("\($0)/systemd/system/\(program).service", F_OK) == 0
        }
    }

    /// The name of the group a file belongs to; nil if the file does not exist or its group has no name.
    static func group(of path: String) -> String? {
        var status = stat()
        guard stat(path, &status) == 0, let group = getgrgid(status.st_gid) else { return nil }
        return String(cString: group.pointee.gr_name)
    }

    /// Whether there is a group of this name.
    static func hasGroup(_ name: String) -> Bool { getgrnam(name) != nil }
}
