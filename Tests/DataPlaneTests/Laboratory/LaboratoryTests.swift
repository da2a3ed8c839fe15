import MIPTesting
import Testing

@testable import mip_plane_bench

/// Data planes in network namespaces, with traffic from independent programs.
@Suite(
    "Datagrams through real tunnels",
    .enabled(if: Laboratory.isPossible, "needs root, network namespaces, /dev/net/tun and iproute2"),
    .serialized)
struct LaboratoryTests {
    let program = BuiltProducts.path(of: "mip-plane-bench")
    let home = Laboratory.homeAddress

    /// Sends echo requests one after the other and prints how many were answered. `ping` is not installed everywhere.
    static let ping = """
        import os, socket, struct, sys, time
        target, count, size, source = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
        def checksum(data):
            data += b"\\0" * (len(data) % 2)
            total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
            while total >> 16: total = (total & 0xFFFF) + (total >> 16)
            return 0xFFFF - total
        s = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
        s.settimeout(1)
        if source != "-": s.bind((source, 0))
        answered, identifier = 0, os.getpid() & 0xFFFF
        for number in range(count):
            body = struct.pack("!HH", identifier, number) + bytes(size)
            packet = struct.pack("!BBH", 8, 0, checksum(b"\\x08\\0\\0\\0" + body)) + body
            s.sendto(packet, (target, 0))
            end = time.time() + 1
            while time.time() < end:
                try: data, sender = s.recvfrom(65535)
                except socket.timeout: break
                start = (data[0] & 15) * 4
                if data[start] == 0 and data[start + 4:start + 8] == body[:4] and sender[0] == target:
                    answered += 1
                    break
        print(answered)
        """

    /// Accepts one connection and prints the SHA-256 of what it receives.
    static let receive = """
        import hashlib, socket
        s = socket.socket()
        s.bind(("", 7000))
        s.listen(1)
        print("ready", flush=True)
        s.settimeout(30)
        c, _ = s.accept()
        c.settimeout(30)
        h, n = hashlib.sha256(), 0
        while True:
            d = c.recv(65536)
            if not d: break
            h.update(d); n += len(d)
        print(n, h.hexdigest())
        """

    /// Sends megabytes over one connection and prints their SHA-256.
    static let send = """
        import hashlib, random, socket, sys
        random.seed(5944)
        data = random.randbytes(int(sys.argv[2]) << 20)
        s = socket.create_connection((sys.argv[1], 7000), timeout=30)
        s.sendall(data); s.shutdown(socket.SHUT_WR); s.recv(1)
        print(len(data), hashlib.sha256(data).hexdigest())
        """

    func ping(
        _ target: String, from namespace: NetworkNamespace, count: Int = 20, size: Int = 56, source: String = "-"
    ) throws -> Int {
        Int(try namespace.run("python3", "-c", Self.ping, target, "\(count)", "\(size)", source)) ?? -1
    }

    /// What a data plane creates in the kernel, as shown by `ip`.
    func snapshot(_ namespace: NetworkNamespace) throws -> String {
        try ["link", "address", "rule", "route show table all", "neighbor show nud permanent", "neighbor show proxy"]
            .map { try namespace.ip($0) }.joined(separator: "\n")
            + namespace.run("cat", "/proc/sys/net/ipv4/ip_forward")
    }
}
