import CNetSNMP

/// Lets a stream read in the place of libnetsnmp's transport to the AgentX master. On the SNMP thread only.
enum DirectAnswers {
    /// The library hands a C function nothing that could carry it, and has one session to a master in a process.
    nonisolated(unsafe) private static var stream: AgentXStream?

    /// From now on requests of the present master go to the stream, if they do not yet. To be called again and again: the library opens
    /// another session after the loss of one.
    static func attach(_ stream: AgentXStream) {
        self.stream = stream
        if mip_agentx_receive_with(receiveFromMaster) != 0 { stream.reset() }
    }

    /// After the library has closed the session.
    static func detach() { stream = nil }

    fileprivate static func receive(
        _ transport: UnsafeMutablePointer<netsnmp_transport>, _ room: UnsafeMutableRawBufferPointer
    ) -> CInt {
        switch stream?.receive(from: transport.pointee.sock, into: room) {
        case .octets(let count): CInt(clamping: count)
        case .nothing: mip_agentx_received_nothing(transport)
        case .ended, nil: -1
        }
    }
}

private func receiveFromMaster(
    _ transport: UnsafeMutablePointer<netsnmp_transport>?, _ room: UnsafeMutableRawPointer?, _ size: CInt,
    _ opaque: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ opaqueLength: UnsafeMutablePointer<CInt>?
) -> CInt {
    guard let transport, let room else { return -1 }
    // Where a datagram came from; a stream has no more to say.
    opaque?.pointee = nil
    opaqueLength?.pointee = 0
    return DirectAnswers.receive(transport, UnsafeMutableRawBufferPointer(start: room, count: Int(size)))
}
