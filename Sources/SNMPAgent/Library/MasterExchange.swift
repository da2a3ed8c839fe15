import CNetSNMP
import Foundation
import ManagementCore

/// Requests to the AgentX master whose response is awaited: Open, Register, Ping and the like. Use it on the SNMP thread only.
///
/// The library waits for these in `snmp_synch_response_cb`. The linker makes it call the function below instead, because the library's own
/// has three faults that cannot be avoided from outside. It waits for a master that hangs, however urgent it is to stop. If the
/// master closes the connection meanwhile, it uses the session after it was freed, and, since a registration is sent from within a list of
/// callbacks, that list after its members were freed. And it does not pass on the sysUpTime of a response together with its time.
enum MasterExchange {
    /// What the exchanges need from the thread.
    struct Owner {
        let clock: MasterClock
        let isStopping: () -> Bool
        /// The master has not answered a Register in time. The library takes that for success.
        let registrationIsUnanswered: () -> Void
    }

    /// Static, because the library passes nothing that could carry it. It has only one session to a master per process.
    nonisolated(unsafe) static var owner: Owner?
    /// Whether a response is being awaited: the end of the connection is then left for the thread's loop to find.
    nonisolated(unsafe) private(set) static var isWaiting = false
    /// Whether the last response did not arrive in time. Others are then not waited for, until the master answers an Open or a Ping.
    nonisolated(unsafe) private static var isSilent = false

    /// How long to wait for a response, in milliseconds. A master handles requests in their order, at once. Without a response to a probe
    /// the session ends, so that one waits until a busy master has had the time to answer.
    private static let limit: Int64 = 1000
    private static let probeLimit: Int64 = 3000
    /// How often to check whether to stop, in milliseconds.
    private static let step: Int64 = 50

    /// The PDUs that find out whether the master answers (RFC 2741 §6.1); the headers of AgentX are not installed.
    private static let probes: Set<CInt> = [1, 13]
    private static let register: CInt = 3

    /// Waits again for the next response, even if the last one did not arrive.
    static func tryAgain() { isSilent = false }

    fileprivate static func exchange(
        _ session: UnsafeMutablePointer<netsnmp_session>, _ pdu: UnsafeMutablePointer<netsnmp_pdu>, _ callback: netsnmp_callback?
    ) -> (status: CInt, response: UnsafeMutablePointer<netsnmp_pdu>?) {
        if owner?.isStopping() == true {
            snmp_free_pdu(pdu)
            return (STAT_ERROR, nil)
        }
        // The library frees the PDU when the response arrives.
        let command = pdu.pointee.command
        let limit = probes.contains(command) ? probeLimit : isSilent ? 0 : limit
        let (before, argument) = (session.pointee.callback, session.pointee.callback_magic)
        var state = synch_state()
        let sent = MonotonicClock.milliseconds
        let status = withUnsafeMutablePointer(to: &state) { state in
            session.pointee.callback = callback
            session.pointee.callback_magic = UnsafeMutableRawPointer(state)
            isWaiting = true
            defer { isWaiting = false }
            guard snmp_send(session, pdu) != 0 else {
                snmp_free_pdu(pdu)
                return STAT_ERROR
            }
            state.pointee.reqid = CInt(truncatingIfNeeded: pdu.pointee.reqid)
            state.pointee.waiting = 1
            return wait(session, state, until: sent + limit)
        }
        // The master may have closed the session in a way that nothing here can prevent.
        if mip_is_agentx_session(session) != 0 {
            session.pointee.callback = before
            session.pointee.callback_magic = argument
        }
        guard status == STAT_SUCCESS, let response = state.pdu else {
            isSilent = isSilent || status == STAT_TIMEOUT
            if status == STAT_TIMEOUT, command == register { owner?.registrationIsUnanswered() }
            return (status == STAT_SUCCESS ? STAT_ERROR : status, nil)
        }
        isSilent = false
        owner?.clock.observe(
            sysUpTime: UInt32(truncatingIfNeeded: response.pointee.time), sent: sent, received: MonotonicClock.milliseconds)
        return (STAT_SUCCESS, response)
    }

    private static func wait(
        _ session: UnsafeMutablePointer<netsnmp_session>, _ state: UnsafeMutablePointer<synch_state>, until deadline: Int64
    ) -> CInt {
        while state.pointee.waiting != 0 {
            if owner?.isStopping() == true { return STAT_ERROR }
            let left = deadline - MonotonicClock.milliseconds
            let descriptor = mip_agentx_socket()
            guard descriptor >= 0 else { return STAT_ERROR }
            var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            if poll(&polled, 1, CInt(max(0, min(left, step)))) > 0 {
                // The library must not find the end of the connection here, so it reads only if there is something to read.
                var first: UInt8 = 0
                let count = recv(descriptor, &first, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT))
                guard count > 0 || count < 0 && (errno == EAGAIN || errno == EINTR) else { return STAT_ERROR }
                if count > 0 { mip_read_agentx() }
                if mip_is_agentx_session(session) == 0 { return STAT_ERROR }
                if state.pointee.waiting == 0 { break }
            }
            // However much else the master sends.
            if left <= 0 { return STAT_TIMEOUT }
        }
        return state.pointee.status
    }
}

/// Takes the place of the library's function; see `MasterExchange`. Its parameters are raw, because a function that the linker is to find is
/// public, and the library's types are not.
@_cdecl("snmp_synch_response_cb")
public func exchangeWithMaster(
    _ session: UnsafeMutableRawPointer?, _ pdu: UnsafeMutableRawPointer?, _ response: UnsafeMutableRawPointer?,
    _ callback: UnsafeMutableRawPointer?
) -> CInt {
    typealias Function =
        @convention(c) (
            UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?
        ) -> CInt
    let out = response?.assumingMemoryBound(to: UnsafeMutablePointer<netsnmp_pdu>?.self)
    if let session = session?.assumingMemoryBound(to: netsnmp_session.self),
        let pdu = pdu?.assumingMemoryBound(to: netsnmp_pdu.self), mip_is_agentx_session(session) != 0
    {
        let outcome = MasterExchange.exchange(session, pdu, callback.map { unsafeBitCast($0, to: netsnmp_callback.self) })
        out?.pointee = outcome.response
        return outcome.status
    }
    // RTLD_NEXT, which is a cast that Swift does not import: the library's own function.
    guard let original = dlsym(UnsafeMutableRawPointer(bitPattern: -1), "snmp_synch_response_cb") else {
        out?.pointee = nil
        return STAT_ERROR
    }
    return unsafeBitCast(original, to: Function.self)(session, pdu, response, callback)
}
