import Foundation

/// A UDP socket connected to one host. Closed on deinitialisation.
struct DatagramSocket: ~Copyable {
    private let descriptor: Int32

    /// - Parameter host: a name or an address; an IPv6 address may be in brackets.
    init(host: String, port: UInt16) throws(SNMPError) {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_DGRAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, "\(port)", &hints, &list)
        guard code == 0 else { throw .unreachable("cannot find the host '\(host)': \(String(cString: gai_strerror(code)))") }
        defer { freeaddrinfo(list) }
        var place = list
        var problem = "it has no address"
        while let entry = place?.pointee {
            let candidate = socket(entry.ai_family, entry.ai_socktype, entry.ai_protocol)
            if candidate >= 0 {
                if connect(candidate, entry.ai_addr, entry.ai_addrlen) == 0 {
                    descriptor = candidate
                    return
                }
                problem = String(cString: strerror(errno))
                close(candidate)
            }
            place = entry.ai_next
        }
        throw .unreachable("cannot reach the host '\(host)': \(problem)")
    }

    deinit { close(descriptor) }

    func send(_ octets: [UInt8]) throws(SNMPError) {
        let sent = octets.withUnsafeBytes { Foundation.send(descriptor, $0.baseAddress, $0.count, 0) }
        // An ICMP error about an earlier datagram is reported once; the next datagram may arrive.
        guard sent == octets.count || errno == ECONNREFUSED else {
            throw .unreachable("cannot send a request: \(String(cString: strerror(errno)))")
        }
    }

    /// The next datagram; nil if none arrived in time.
    ///
    /// - Throws: `unreachable` if the host reports that the port is closed.
    func receive(within milliseconds: Int32) throws(SNMPError) -> [UInt8]? {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        let ready = poll(&waiting, 1, milliseconds)
        guard ready > 0 else { return nil }
        var problem: Int32 = 0
        let octets = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
            let received = recv(descriptor, buffer.baseAddress, buffer.count, 0)
            problem = received < 0 ? errno : 0
            count = max(0, received)
        }
        if problem == ECONNREFUSED { throw .unreachable("connection refused: no SNMP agent is listening on that port") }
        return problem == 0 ? octets : nil
    }
}
