import AgentModel
import CLinuxNetwork
import Glibc
import MobileIPv4
import Synchronization

/// Carries datagrams between the TUN device and the raw sockets, and answers ARP, on one thread.
final class PlaneLoop {
    private let shared: PlaneShared
    private let tun: TunDevice?
    private let probe: PathMTUProbe?
    private let buffers = PacketBuffers(count: batch)
    private let received: ReceiveBatch
    private let sending = SendBatch()
    private var lengths = [Int](repeating: 0, count: batch)
    private var scratch = [UInt8](repeating: 0, count: ICMPError.maximumLength)
    private var identification = UInt16.random(in: .min ... .max)
    private var icmpTokens = icmpErrorsPerSecond
    private var icmpSecond: Int64 = 0
    private var now: Int64 = 0
    private let lost: @Sendable (DataPlaneError) -> Void
    private var isLost = false

    /// Datagrams processed together.
    static let batch = 64
    /// Batches read from one source before the others are served.
    private static let turns = 4
    /// Maximum number of ICMP errors per second, so that a flood of oversized datagrams does not become a flood of errors.
    private static let icmpErrorsPerSecond = 1000

    /// - Parameters:
    ///   - tun: nil where the kernel tunnels and only ARP remains to be done.
    ///   - lost: called once, on the loop's thread, when the TUN device has been removed.
    init(shared: PlaneShared, tun: TunDevice?, probe: PathMTUProbe?, lost: @escaping @Sendable (DataPlaneError) -> Void) {
        self.shared = shared
        self.tun = tun
        self.probe = probe
        self.lost = lost
        received = ReceiveBatch(into: buffers)
    }

    /// Runs until the state requests a stop.
    func run() {
        var tokens = [UInt64](repeating: 0, count: 16)
        while true {
            let count = mip_epoll_wait(shared.epoll, &tokens, timeout())
            now = PlaneShared.now
            for token in tokens.prefix(max(0, Int(count))) { serve(token) }
            let isStopping = shared.state.withLock { state in
                state.announce(now: now)
                state.retired = []
                return state.isStopping
            }
            if isStopping { return }
        }
    }

    /// Milliseconds until the next announcement; −1 when there is none.
    private func timeout() -> CInt {
        let due = shared.state.withLock { $0.announcements.nextDue }
        guard let due else { return -1 }
        return CInt(clamping: max(0, (due - PlaneShared.now + 999_999) / 1_000_000))
    }

    private func serve(_ token: UInt64) {
        let descriptor = CInt(truncatingIfNeeded: token & 0xFFFF_FFFF)
        switch PlaneShared.Source(rawValue: token >> 32) {
        case .tun: for _ in 0..<Self.turns where !takeOutgoing(descriptor) { return }
        case .tunnel: for _ in 0..<Self.turns where !takeIncoming(descriptor) { return }
        case .link: answer(descriptor)
        case .errors: for _ in 0..<Self.turns where !takeErrors(descriptor) { return }
        case .wake: shared.clearWake()
        case nil: break
        }
    }

    // MARK: - Into tunnels

    /// - Returns: whether there may be more.
    private func takeOutgoing(_ descriptor: CInt) -> Bool {
        var count = 0
        while count < Self.batch {
            let length = read(descriptor, buffers.start(count), IPv4Header.maximumTotalLength)
            guard length > 0 else {
                if length < 0 && errno == EBADFD { lose() }
                break
            }
            lengths[count] = length
            count += 1
        }
        guard count > 0 else { return false }
        shared.state.withLock { state in
            for index in 0..<count {
                do throws(DropReason) {
                    try forward(index, lengths[index], &state)
                } catch {
                    state.counters.drops[error] &+= 1
                }
            }
            flush(&state)
        }
        return count == Self.batch
    }

    /// Handles the removal of the device by others; its descriptor would otherwise be ready forever.
    private func lose() {
        guard !isLost, let tun else { return }
        isLost = true
        shared.unwatch(tun.descriptor)
        lost(DataPlaneError("the device '\(tun.interface.name)' was removed; datagrams are no longer carried"))
    }

    private func forward(_ index: Int, _ length: Int, _ state: inout PlaneState) throws(DropReason) {
        let inner = try buffers.withSpan(index, length: length) { span throws(DropReason) in
            try IPv4Header(
                decoding: span.bytes.extracting(TunnelCodec.headroom..<span.byteCount), verifyingChecksum: false)
        }
        let party = try state.table.outgoing(inner)
        let count = state.table.tunnelCount(of: party)
        if count == 1 {
            try send(index, at: TunnelCodec.headroom, inner, tunnel: state.table.tunnel(of: party, at: 0), party, &state)
        } else {
            try sendToAll(index, inner, count: count, party, &state)
        }
    }

    /// Simultaneous bindings: sends one copy after the other, since all are made in the same buffer.
    private func sendToAll(
        _ index: Int, _ inner: IPv4Header, count: Int, _ party: ForwardingTable.Party, _ state: inout PlaneState
    ) throws(DropReason) {
        let start = buffers.start(index)
        let header = UnsafeRawBufferPointer(start: start, count: inner.headerLength).map(\.self)
        var isSent = false
        var reason = DropReason.unknownDestination
        for number in 0..<count {
            do throws(DropReason) {
                try send(
                    index, at: TunnelCodec.headroom, inner, tunnel: state.table.tunnel(of: party, at: number),
                    isSent ? nil : party, &state)
                isSent = true
            } catch {
                reason = error
            }
            flush(&state)
            start.copyMemory(from: header, byteCount: header.count)
        }
        if !isSent { throw reason }
    }

    /// Encapsulates the datagram at `offset` of buffer `index` and adds it to the batch.
    private func send(
        _ index: Int, at offset: Int, _ inner: IPv4Header, tunnel slot: Int, _ party: ForwardingTable.Party?,
        _ state: inout PlaneState
    ) throws(DropReason) {
        if state.table.isLoop(inner, tunnel: slot) { throw .loop }
        if state.table.tunnels[slot].path.isQueryDue(at: now) { queryRoute(slot, &state) }
        let tunnel = state.table.tunnels[slot].tunnel
        let mtu = state.table.tunnels[slot].path.octets
        guard let socket = state.sockets[tunnel.localAddress] else { throw .sendFailed }
        let overhead = TunnelCodec.overhead(of: inner, in: tunnel.encapsulation, local: tunnel.localAddress)
        let isTooLong = inner.totalLength + overhead > mtu
        if isTooLong && inner.dontFragment {
            reportTooBig(index, at: offset, inner, mtu: mtu - overhead, from: socket, &state)
            throw .tooBig
        }
        identification &+= 1
        let (outer, range) = try buffers.withSpan(index, length: offset - TunnelCodec.headroom + inner.totalLength) {
            span throws(DropReason) in
            var range = offset..<offset + inner.totalLength
            let outer = try TunnelCodec.encapsulate(
                &span, &range, inner: inner, as: tunnel.encapsulation, local: tunnel.localAddress, remote: tunnel.remoteAddress,
                identification: identification)
            return (outer, range)
        }
        let octets = buffers.start(index) + (range.lowerBound - TunnelCodec.headroom)
        var account = SendBatch.Account(octets: inner.totalLength, tunnel: slot, party: party)
        if !isTooLong {
            if outer.dontFragment { state.table.noteSent(outer.totalLength, tunnel: slot, at: now) }
            if sending.mustFlush(before: socket.sender) { flush(&state) }
            sending.add(octets, length: range.count, to: tunnel.remoteAddress, from: socket.sender, account)
            return
        }
        guard let pieces = Fragmentation(outer, mtu: mtu) else { throw .tooBig }
        account.isPiece = true
        for piece in pieces {
            account.isPartial = piece.header.moreFragments
            if sending.mustFlush(before: socket.sender) { flush(&state) }
            sending.add(piece, of: octets, to: tunnel.remoteAddress, from: socket.sender, account)
        }
    }

    private func flush(_ state: inout PlaneState) {
        sending.flush { account, code in
            if code == 0 {
                if account.isPiece { state.counters.fragmentsSent &+= 1 }
                if !account.isPartial {
                    state.table.countSent(octets: account.octets, tunnel: account.tunnel, party: account.party)
                }
            } else {
                if !account.isPartial { state.counters.drops[.sendFailed] &+= 1 }
                // The device accepts less than the route did when it was queried.
                if code == EMSGSIZE { state.table.queryRouteAgain(tunnel: account.tunnel) }
            }
        }
    }

    private func queryRoute(_ slot: Int, _ state: inout PlaneState) {
        let known = state.table.tunnels[slot]
        let mtu = probe?.routeMTU(to: known.tunnel.remoteAddress, known: known.path.ofRoute)
        state.table.setRoute(mtu: mtu, tunnel: slot, at: now)
    }

    private func reportTooBig(
        _ index: Int, at offset: Int, _ inner: IPv4Header, mtu: Int, from socket: TunnelSocket, _ state: inout PlaneState
    ) {
        if now / 1_000_000_000 != icmpSecond {
            icmpSecond = now / 1_000_000_000
            icmpTokens = Self.icmpErrorsPerSecond
        }
        guard icmpTokens > 0 else { return }
        let datagram = RawSpan(
            _unsafeStart: buffers.start(index) + (offset - TunnelCodec.headroom), byteCount: inner.totalLength)
        guard ICMPError.isAllowed(about: inner, datagram) else { return }
        icmpTokens -= 1
        identification &+= 1
        var span = scratch.mutableSpan
        var bytes = span.mutableBytes
        let length = ICMPError.fragmentationNeeded(nextHopMTU: UInt16(clamping: mtu)).write(
            about: datagram, header: inner, from: socket.local, identification: identification, into: &bytes)
        if mip_send_ipv4(socket.sender, inner.source.rawValue.bigEndian, scratch, length) == 0 {
            state.counters.icmpErrorsSent &+= 1
        }
    }

    // MARK: - Out of tunnels

    /// - Returns: whether there may be more.
    private func takeIncoming(_ descriptor: CInt) -> Bool {
        let count = received.receive(from: descriptor)
        guard count > 0 else { return false }
        shared.state.withLock { state in
            for index in 0..<count {
                do throws(DropReason) {
                    try deliver(index, received.length(index), &state)
                } catch {
                    state.counters.drops[error] &+= 1
                }
            }
            flush(&state)
        }
        return count == Self.batch
    }

    private func deliver(_ index: Int, _ length: Int, _ state: inout PlaneState) throws(DropReason) {
        let (found, range) = try buffers.withSpan(index, length: length) { span throws(DropReason) in
            var range = TunnelCodec.headroom..<span.byteCount
            let found = try TunnelCodec.decapsulate(&span, &range, verifyingChecksum: false)
            return (found, range)
        }
        let decision = try state.table.incoming(found)
        switch decision.action {
        case .deliver:
            let octets = buffers.start(index) + (range.lowerBound - TunnelCodec.headroom)
            guard let tun, write(tun.descriptor, octets, range.count) == range.count else { throw .sendFailed }
            state.table.countReceived(octets: range.count, tunnel: decision.tunnel, party: decision.party)
        case .relay:
            // Relayed datagrams are forwarded here; the kernel forwards everything else.
            guard found.inner.timeToLive > 1 else { throw .ttlExpired }
            var inner = found.inner
            inner.timeToLive -= 1
            try buffers.withSpan(index, length: range.upperBound - TunnelCodec.headroom) { span throws(DropReason) in
                IPv4Header.decrementTimeToLive(in: &span, at: range.lowerBound)
            }
            try send(index, at: range.lowerBound, inner, tunnel: decision.tunnel, decision.party, &state)
        }
    }

    // MARK: - ICMP errors

    /// - Returns: whether there may be more.
    private func takeErrors(_ descriptor: CInt) -> Bool {
        let count = received.receive(from: descriptor)
        guard count > 0 else { return false }
        shared.state.withLock { state in
            for index in 0..<count {
                let error = try? buffers.withSpan(index, length: received.length(index)) { span in
                    TunnelError(span.bytes.extracting(TunnelCodec.headroom..<span.byteCount))
                }
                if let error { state.handle(error, at: now) }
            }
        }
        return count == Self.batch
    }

    // MARK: - ARP

    private func answer(_ descriptor: CInt) {
        shared.state.withLock { state in
            guard let link = state.links.values.first(where: { $0.descriptor == descriptor }) else { return }
            for _ in 0..<Self.batch {
                guard let next = link.receive() else { return }
                if let packet = next.packet { state.answer(packet, on: link) }
            }
        }
    }
}
