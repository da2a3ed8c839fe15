import AgentModel
import Foundation
public import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import JSON
public import Logging
public import ManagementCore
import MobileIPv4
import NIOCore
import Persistence
public import ServiceLifecycle

/// Serves the JSON API and the dashboard over HTTP, on a TCP address and optionally on a Unix socket.
///
/// `mip-mibd` creates one from its `http` section and runs it alongside its other services:
/// ```swift
/// ManagementServer(configuration: http, agents: agents, snmpStatus: { snmp.status }, logger: logger)
/// ```
public struct ManagementServer: Service {
    private let configuration: ManagementServerConfiguration
    private let endpoints: Endpoints
    private let collector: EventCollector
    private let counts = RequestCounts()
    private let logger: Logger
    private let listening: ListeningReport
    private let shares: HTTPConnectionShares
    private let socketFile: SocketFile?

    /// - Parameters:
    ///   - agents: the agents whose snapshots are served, in this order.
    ///   - snmpStatus: what `/v1/status` and `/metrics` report about SNMP; nil when it is off.
    ///   - notifications: keeps the settings of notifications about the agents; nil when there are none.
    ///   - onRunning: called with the port once the server listens, on its Unix socket as well if it has one.
    public init(
        configuration: ManagementServerConfiguration, agents: [ManagedAgent],
        snmpStatus: (@Sendable () -> SNMPAgentStatus)? = nil, notifications: (any NotificationControl)? = nil,
        logger: Logger,
        onRunning: @escaping @Sendable (UInt16) async -> Void = { _ in }
    ) {
        self.configuration = configuration
        let journal = EventJournal(
            capacity: configuration.eventsKept, run: String(UInt64(max(0, Timestamp.now.milliseconds)), radix: 36))
        collector = EventCollector(journal: journal, agents: agents, heartbeat: configuration.heartbeat)
        let version = configuration.version
        let socketFile = configuration.socketPath.map(SocketFile.init)
        self.socketFile = socketFile
        endpoints = Endpoints(
            agents: agents, snmpStatus: snmpStatus,
            events: EventEndpoint(journal: journal, agents: agents, heartbeat: configuration.heartbeat),
            metrics: MetricsEndpoint(
                agents: agents, perRow: configuration.metricsPerRow, notifications: notifications,
                process: ProcessMetrics(
                    version: configuration.version, journal: journal, requests: counts, snmpStatus: snmpStatus)),
            changes: ChangeEndpoint(
                agents: agents, notifications: notifications, audit: AuditTrail(journal: journal, logger: logger)),
            document: CachedAnswer { try OpenAPIDocument(version: version).json.bytes },
            index: CachedAnswer {
                try JSONValue(encoding: ResourceIndex(OpenAPIDocument(version: version))).bytes + [UInt8(ascii: "\n")]
            },
            acceptsTokens: !configuration.tokens.isEmpty,
            readiness: Readiness(
                agents: agents, snmpStatus: snmpStatus, stateFile: configuration.stateFile, socket: socketFile))
        self.logger = logger
        shares = HTTPConnectionShares(configuration, agents: agents.count, hasSNMP: snmpStatus != nil)
        listening = ListeningReport(awaited: configuration.socketPath == nil ? 1 : 2, onRunning: onRunning)
    }

    /// Serves until graceful shutdown or cancellation.
    ///
    /// - Throws: `ManagementServerError` when the server cannot listen on an address.
    public func run() async throws {
        guard let path = configuration.socketPath else { return try await runOnAddress() }
        let socket = try claim(path)
        defer { socket.release() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await runOnAddress() }
            group.addTask {
                do {
                    try await socketApplication(path).run()
                } catch let error as IOError {
                    throw ManagementServerError(socketPath: path, code: error.errnoCode)
                }
            }
            defer { group.cancelAll() }
            // Unlike waitForAll(), this ends with the first error and so ends the other server too.
            while try await group.next() != nil {}
        }
    }

    /// Makes the path of the Unix socket free, unless another program uses it.
    private func claim(_ path: String) throws(ManagementServerError) -> UnixSocketPath {
        do throws(UnixSocketPath.Problem) {
            let socket = try UnixSocketPath(path)
            try socket.claim()
            return socket
        } catch {
            throw ManagementServerError(socketPath: path, problem: error)
        }
    }

    private func runOnAddress() async throws {
        do {
            try await makeApplication().run()
        } catch let error as IOError {
            throw ManagementServerError(address: configuration.address, port: configuration.port, code: error.errnoCode)
        }
    }

    /// The application on the TCP address. Public for tests that drive it without a socket.
    ///
    /// - Throws: `ManagementServerError` when no TLS context can be created.
    public func makeApplication() throws(ManagementServerError) -> some ApplicationProtocol {
        let (address, usesTLS) = (configuration.address, configuration.tls != nil)
        let kind = ManagementServerConfiguration.isLoopback(address) ? Authenticator.Kind.loopback : .network
        let places = ConnectionPlaces(limit: shares.tcp.connections)
        return application(
            kind, try server(places), .hostname(address.description, port: Int(configuration.port)), shares.tcp,
            services: [collector]
        ) { [listening, logger] channel in
            let port = UInt16(clamping: channel.localAddress?.port ?? 0)
            logger.info("JSON API listening", metadata: ["address": "\(address):\(port)", "tls": "\(usesTLS)"])
            await listening.isListening(port: port)
        }
    }

    private func socketApplication(_ path: String) -> some ApplicationProtocol {
        let server = plain(ConnectionPlaces(limit: shares.unix.connections))
        return application(.unixSocket, server, .unixDomainSocket(path: path), shares.unix, services: []) {
            [listening, logger, socketFile] _ in
            // Accessible to the owner and the group, like the control sockets of agents.
            _ = chmod(path, 0o660)
            socketFile?.isBound()
            logger.info("JSON API listening", metadata: ["socket": "\(path)"])
            await listening.isListening(port: nil)
        }
    }

    private func application(
        _ kind: Authenticator.Kind, _ server: HTTPServerBuilder, _ address: BindAddress, _ share: ConnectionShare,
        services: [any Service],
        onRunning: @escaping @Sendable (any Channel) async -> Void
    ) -> some ApplicationProtocol {
        let router = Router(context: APIContext.self, options: .autoGenerateHeadEndpoints)
        let authenticator = Authenticator(
            kind: kind, tokens: configuration.tokens, hosts: configuration.hosts.isEmpty ? nil : configuration.hosts,
            requestsPerSecond: Double(max(1, configuration.requestsPerSecond)), socketPath: configuration.socketPath)
        router.addMiddleware { RequestGate(authenticator: authenticator, counts: counts) }
        endpoints.add(to: router, streams: StreamShare(limit: share.streams))
        Dashboard().add(to: router)
        // The framework would log its errors in its own words, besides those that `run` throws, which say what to do.
        var silent = logger
        silent.logLevel = .critical
        return Application(
            router: router, server: server,
            configuration: .init(
                address: address, serverName: nil,
                availableConnectionsDelegate: MaximumAvailableConnections(share.connections, logger: silent)),
            services: services, onServerRunning: onRunning, logger: silent)
    }

    private func server(_ places: ConnectionPlaces) throws(ManagementServerError) -> HTTPServerBuilder {
        guard let tls = configuration.tls else { return plain(places) }
        do {
            return try .tls(plain(places), tlsConfiguration: tls.configuration)
        } catch {
            // `TLSIdentity` has already created a context with the same configuration, so the cause is a lack of memory or randomness.
            throw ManagementServerError(tls: error)
        }
    }

    private func plain(_ places: ConnectionPlaces) -> HTTPServerBuilder {
        let (first, next) = (configuration.requestTimeout, configuration.idleTimeout)
        let http = HTTP1Channel.Configuration(
            additionalChannelHandlers: [RequestDeadline(first: first, next: next, places: places)],
            idleTimeout: TimeAmount(next),
            httpDecoderConfiguration: .init(maxHeaderFieldSize: 16_384, maxHeaderListSize: 32_768, maxHeaderFieldCount: 100))
        return HTTPServerBuilder { responder in
            APIChannel(base: HTTP1Channel(responder: responder, configuration: http), places: places)
        }
    }
}
