import CNetSNMP
import Foundation

/// Connecting to the AgentX master and disconnecting from it, without waiting for it. Use it on the SNMP thread only.
enum MasterConnection {
    /// How long connecting may take. Connecting to the socket of a master that hangs blocks once its queue of connections is full.
    private static let connectLimit = DispatchTimeInterval.seconds(1)
    /// How long one `send` may take, in milliseconds.
    private static let sendLimit: CInt = 1000
    /// How long to wait, in milliseconds, until the master has processed the Close, so that it has withdrawn the objects when this process
    /// ends.
    private static let closeLimit = 200

    /// Ends the session: sends a Close and waits only briefly for the master. Nothing is unregistered: a Close includes that.
    static func close() {
        let descriptor = mip_agentx_socket()
        guard descriptor >= 0 else { return }
        let pdu = closePDU
        guard send(descriptor, pdu, pdu.count, Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)) == pdu.count else { return }
        // The master closes the connection when it has read both the Close and the end.
        shutdown(descriptor, Int32(SHUT_WR))
        let end = ContinuousClock.now + .milliseconds(closeLimit)
        var room = [UInt8](repeating: 0, count: 4096)
        while true {
            let left = (end - ContinuousClock.now).components.attoseconds / 1_000_000_000_000_000
            var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard left > 0, poll(&polled, 1, CInt(left)) > 0 else { return }
            let count = recv(descriptor, &room, room.count, Int32(MSG_DONTWAIT))
            guard count > 0 || count < 0 && (errno == EAGAIN || errno == EINTR) else { return }
        }
    }

    /// A Close PDU with the reason reasonShutdown (RFC 2741 §6.2.2).
    private static var closePDU: [UInt8] {
        let session = mip_agentx_session()
        let number = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: session >> $0) }
        return [1, 2, AgentXHeader.isNetworkByteOrder, 0] + number + [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 5, 0, 0, 0]
    }

    /// Whether a small PDU can be sent without waiting.
    static var isWritable: Bool {
        let descriptor = mip_agentx_socket()
        var polled = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return descriptor >= 0 && poll(&polled, 1, 0) > 0 && polled.revents & Int16(POLLOUT) != 0
    }

    fileprivate static func open(
        _ application: UnsafePointer<CChar>?, _ address: UnsafePointer<CChar>?
    ) -> UnsafeMutablePointer<netsnmp_transport>? {
        let thread = pthread_self()
        // Interrupts `connect`. Repeated, because a signal may arrive just before that call.
        var action = sigaction()
        action.__sigaction_handler.sa_handler = ignore
        sigaction(SIGURG, &action, nil)
        // Blocked in the threads of Dispatch, and so in those that they start.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGURG)
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
        let queue = DispatchQueue(label: "mip-mib.connect")
        let timer = DispatchSource.makeTimerSource(queue: queue)
        timer.schedule(deadline: .now() + connectLimit, repeating: .milliseconds(100))
        timer.setEventHandler { pthread_kill(thread, SIGURG) }
        timer.resume()
        let transport = netsnmp_tdomain_transport_full(application, address, 0, nil, nil)
        timer.cancel()
        queue.sync {}
        if let transport { limitSends(of: transport.pointee.sock) }
        return transport
    }

    /// Makes a blocking `send` on a socket fail after `sendLimit`.
    static func limitSends(of descriptor: CInt) {
        var limit = timeval(tv_sec: Int(sendLimit) / 1000, tv_usec: Int(sendLimit) % 1000 * 1000)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }
}

/// Does nothing: the signal is only to interrupt a system call.
private func ignore(_ signal: CInt) {}

/// Takes the place of the library's function, whose `connect` has no limit; see `MasterConnection`.
///
/// The library opens every transport of a client here: that to the AgentX master, and standalone those to the receivers of notifications.
/// For these the limits are right too: a datagram is sent without waiting, and a receiver over TCP that does not accept or read within a
/// second would otherwise keep all requests waiting.
@_cdecl("netsnmp_transport_open_client")
public func openMasterTransport(
    _ application: UnsafePointer<CChar>?, _ address: UnsafePointer<CChar>?
) -> UnsafeMutableRawPointer? {
    UnsafeMutableRawPointer(MasterConnection.open(application, address))
}
