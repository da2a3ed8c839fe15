import AgentModel
public import Hummingbird
import HummingbirdCore
public import Logging
public import ManagementCore
import MobileIPv4
import NIOCore
public import ServiceLifecycle

/// The JSON API over HTTP, read-only, for loopback clients.
///
/// `mip-mibd` makes one of its `http` section and runs it beside its other services:
/// ```swift
/// ManagementServer(configuration: http, agents: agents, snmpStatus: { snmp.status }, logger: logger)
/// ```
public struct ManagementServer: Service {
    private let configuration: ManagementServerConfiguration
    private let endpoints: Endpoints
    private let collector: EventCollector
    private let counts = RequestCounts()
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
        let journal = EventJournal(
            capacity: configuration.eventsKept, maximumSubscriptions: configuration.maximumEventStreams,
            run: String(UInt64(max(0, Timestamp.now.milliseconds)), radix: 36))
        collector = EventCollector(journal: journal, agents: agents, heartbeat: configuration.heartbeat)
        endpoints = Endpoints(
            agents: agents, snmpStatus: snmpStatus,
            events: EventEndpoint(journal: journal, agents: agents, heartbeat: configuration.heartbeat),
            metrics: MetricsEndpoint(
                agents: agents, perRow: configuration.metricsPerRow,
                process: ProcessMetrics(version: configuration.version, journal: journal, requests: counts)))
        self.logger = logger
        self.onRunning = onRunning
    }

    /// Serves until graceful shutdown or cancellation.
    ///
    /// - Throws: `ManagementServerError` when the address cannot be had.
    public func run() async throws {
        do {
            try await application.run()
        } catch let error as IOError {
            throw ManagementServerError(address: configuration.address, port: configuration.port, code: error.errnoCode)
        }
    }

    /// Most connections at once; more wait until one ends.
    static let maximumConnections = 4096

    /// The application, for tests that drive it without a socket.
    public var application: some ApplicationProtocol {
        let router = Router(context: APIContext.self, options: .autoGenerateHeadEndpoints)
        router.addMiddleware { Guardian(counts: counts) }
        endpoints.add(to: router)
        let onRunning = self.onRunning
        return Application(
            router: router,
            // A client that says nothing for a minute, or holds back its request, gives its connection up.
            server: .http1(configuration: .init(idleTimeout: .seconds(60))),
            configuration: .init(
                address: .hostname(configuration.address.description, port: Int(configuration.port)), serverName: nil,
                availableConnectionsDelegate: MaximumAvailableConnections(Self.maximumConnections, logger: logger)),
            services: [collector],
            onServerRunning: { channel in await onRunning(UInt16(clamping: channel.localAddress?.port ?? 0)) },
            logger: logger)
    }
}
