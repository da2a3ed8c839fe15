import CNetSNMP

/// Makes a stream read in place of libnetsnmp's transport to the AgentX master. Use it on the SNMP thread only.
enum DirectAnswers {
    /// Static, because the library passes nothing to the C function that could carry it. It has only one session to a master per process.
    nonisolated(unsafe) private static var stream: AgentXStream?

    /// Makes the requests of the current master go to the stream, if they do not yet. Call this before the library first connects, and
    /// whenever it has opened a session.
    static func attach(_ stream: AgentXStream) {
        self.stream = stream
        attach()
    }

    /// The same for the stream of the previous call.
    static func attach() {
        guard let stream, mip_agentx_receive_with(receiveFromMaster) != 0 else { return }
        stream.reset(session: UInt32(truncatingIfNeeded: mip_agentx_session()))
    }

    /// The session has ended, whoever ended it: undoes what its master left unfinished.
    static func endSession() { stream?.endSession() }

    /// Call this after the library has closed the session.
    static func detach() { stream = nil }

    fileprivate static func receive(
        _ transport: UnsafeMutablePointer<netsnmp_transport>, _ room: UnsafeMutableRawBufferPointer
    ) -> CInt {
        switch stream?.receive(from: transport.pointee.sock, into: room) {
        case .octets(let count): CInt(clamping: count)
        case .nothing: mip_agentx_received_nothing(transport)
        // Found again by the thread's loop; see `MasterExchange`.
        case .ended where MasterExchange.isWaiting: mip_agentx_received_nothing(transport)
        case .ended, nil: -1
        }
    }
}

private func receiveFromMaster(
    _ transport: UnsafeMutablePointer<netsnmp_transport>?, _ room: UnsafeMutableRawPointer?, _ size: CInt,
    _ opaque: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ opaqueLength: UnsafeMutablePointer<CInt>?
) -> CInt {
    guard let transport, let room else { return -1 }
    // The source address of a datagram; a stream has none to report.
    opaque?.pointee = nil
    opaqueLength?.pointee = 0
    return DirectAnswers.receive(transport, UnsafeMutableRawBufferPointer(start: room, count: Int(size)))
}
