public import Hummingbird
public import Logging
public import ManagementCore
import MobileIPv4
import NIOCore
public import ServiceLifecycle

/// The JSON API over HTTP, read-only, for loopback clients. A service: it runs until it is shut down.
public struct ManagementServer: Service {
    private let configuration: ManagementServerConfiguration
    private let endpoints: Endpoints
    private let logger: Logger
    private let onRunning: @Sendable (UInt16) async -> Void

    /// - Parameters:
    ///   - agents: whose pictures are served, in this order.
    ///   - snmpStatus: what `/v1/status` tells of SNMP; nil when it is off.
    ///   - onRunning: called with the port once the server listens.
    public init(
        configuration: ManagementServerConfiguration, agents: [ManagedAgent],
        snmpStatus: (@Sendable () -> any Encodable & Sendable)? = nil, logger: Logger,
        onRunning: @escaping @Sendable (UInt16) async -> Void = { _ in }
    ) {
        self.configuration = configuration
        endpoints = Endpoints(agents: agents, snmpStatus: snmpStatus)
        self.logger = logger
        self.onRunning = onRunning
    }

    public func run() async throws { try await application.run() }

    /// The application, for tests that drive it without a socket.
    public var application: some ApplicationProtocol {
        let router = Router(context: BasicRequestContext.self)
        router.addMiddleware { Guardian() }
        endpoints.add(to: router)
        let onRunning = self.onRunning
        return Application(
            router: router,
            configuration: .init(
                address: .hostname(configuration.address.description, port: Int(configuration.port)), serverName: nil),
            onServerRunning: { channel in await onRunning(UInt16(clamping: channel.localAddress?.port ?? 0)) },
            logger: logger)
    }
}
