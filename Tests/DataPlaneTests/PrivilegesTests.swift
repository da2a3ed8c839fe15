import DataPlane
import Foundation
import MIPTesting
import Testing

@testable import mip_plane_bench

@Suite(
    "Privileges", .enabled(if: Laboratory.isPossible, "needs root, network namespaces, /dev/net/tun and iproute2"),
    .serialized)
struct PrivilegesTests {
    private let program = BuiltProducts.path(of: "mip-plane-bench")

    /// The values of one line in the status files of all threads.
    private func values(_ name: String, of process: NamespaceProcess) throws -> Set<String> {
        let folder = "/proc/\(process.identifier)/task"
        return try Set(
            FileManager.default.contentsOfDirectory(atPath: folder).flatMap { thread in
                try String(contentsOfFile: "\(folder)/\(thread)/status", encoding: .utf8).split(separator: "\n")
                    .filter { $0.hasPrefix("\(name):") }.map { String($0.split(separator: "\t")[1]) }
            })
    }

    @Test("Every thread permanently keeps an agent's three capabilities and no others", arguments: [0, 3])
    func drop(threads: Int) throws {
        let namespace = try NetworkNamespace()
        try namespace.ip("link set lo up")
        let process = try namespace.start([program, "run", "--unprivileged", "--threads", "\(threads)"])
        #expect(try process.readLine() == "ready userSpace")
        // Bits 10, 12 and 13.
        #expect(try values("CapPrm", of: process) == ["0000000000003400"])
        #expect(try values("CapEff", of: process) == ["0000000000003400"])
        #expect(try values("CapInh", of: process) == ["0000000000000000"])
        #expect(try values("CapAmb", of: process) == ["0000000000000000"])
        #expect(try values("NoNewPrivs", of: process) == ["1"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process.identifier)/task").count > threads)
        // Later operations still work: a new local address needs raw sockets, a route needs CAP_NET_ADMIN.
        #expect(try process.ask("home 10.2.0.77 - 127.0.0.1,10.9.9.9,gre,reverse") == "ok")
        #expect(try namespace.ip("route").contains("10.2.0.77 dev mip0"))
        #expect(process.finish() == 0)
        #expect(try namespace.ip("rule").split(separator: "\n").count == 3)
    }

    @Test("The names are those of capabilities(7)")
    func names() {
        #expect(Set(Capability.allCases.map(\.name)) == ["CAP_NET_BIND_SERVICE", "CAP_NET_ADMIN", "CAP_NET_RAW"])
    }
}
