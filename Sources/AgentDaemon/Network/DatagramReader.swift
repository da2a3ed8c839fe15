import MobileIPv4
import NIOCore
import NIOPosix

/// Hands the datagrams of one socket to the runtime. Lives on the runtime's event loop.
final class DatagramReader: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>

    /// Longest registration message served, in octets; a longer one can only be garbage.
    static let sizeLimit = 4096
    /// Datagrams taken with one system call.
    static let batch = 32

    private let runtime: AgentRuntime
    private let local: TransportEndpoint

    init(runtime: AgentRuntime, local: TransportEndpoint) {
        self.runtime = runtime
        self.local = local
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let envelope = unwrapInboundIn(data)
        guard let source = TransportEndpoint(envelope.remoteAddress) else { return }
        // A datagram that was cut fills its buffer, which is one octet longer than the limit.
        let isWhole = envelope.data.readableBytes <= Self.sizeLimit
        runtime.receive(isWhole ? envelope.data : ByteBuffer(), from: source, to: local)
    }

    func channelReadComplete(context: ChannelHandlerContext) { runtime.flush() }

    func channelInactive(context: ChannelHandlerContext) { runtime.lost(local) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { runtime.readFailed(local, error) }

    /// Begins to read from a bound socket, on `loop`. Nothing is read until `autoRead` is switched on.
    static func open(
        _ descriptor: CInt, local: TransportEndpoint, runtime: NIOLoopBound<AgentRuntime>, on loop: any EventLoop
    ) -> EventLoopFuture<any Channel> {
        DatagramBootstrap(group: loop)
            .channelOption(.autoRead, value: false)
            .channelOption(.datagramVectorReadMessageCount, value: batch)
            .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: batch * (sizeLimit + 1)))
            .channelOption(.maxMessagesPerRead, value: 4)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(DatagramReader(runtime: runtime.value, local: local))
                }
            }
            .withBoundSocket(descriptor)
    }
}

extension TransportEndpoint {
    /// Nil for other families than IPv4.
    init?(_ address: SocketAddress) {
        guard address.protocol == .inet else { return nil }
        // The octets of sockaddr_in, since its members are of a module that NIO keeps to itself: family, port, address, the last two
        // in network byte order.
        self = address.withSockAddr { pointer, size in
            let octets = UnsafeRawBufferPointer(start: pointer, count: size)
            return TransportEndpoint(
                IPv4Address(octets[4], octets[5], octets[6], octets[7]), port: UInt16(octets[2]) << 8 | UInt16(octets[3]))
        }
    }
}
