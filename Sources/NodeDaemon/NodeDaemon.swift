import AgentControl
import AgentModel
import DaemonSupport
import DataPlane
public import Logging
import MobileIPv4
import MobileNode
import MobilityLink
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
public import ServiceLifecycle

/// A mobile node on the network: it detects where it is, registers, and has its datagrams forwarded to it.
public final class NodeDaemon: Service {
    private let configuration: NodeDaemonConfiguration
    private let logger: Logger
    private let givesUpPrivileges: Bool
    private let loop: any EventLoop
    private let ended: AsyncThrowingStream<Never, any Error>
    private let endedContinuation: AsyncThrowingStream<Never, any Error>.Continuation

    static let version = "mip-node \(MIPMIBVersion.current)"

    private struct Running {
        let runtime: NIOLoopBound<NodeRuntime>
        let reader: SocketReader
        let control: AgentControlServer
        let configurator: HostConfigurator
    }

    /// Opens nothing; `run` does.
    ///
    /// - Parameter givesUpPrivileges: whether the process drops, once everything is open, all capabilities that it no longer needs.
    public init(configuration: NodeDaemonConfiguration, logger: Logger, givesUpPrivileges: Bool = false) {
        self.configuration = configuration
        self.logger = logger
        self.givesUpPrivileges = givesUpPrivileges
        loop = MultiThreadedEventLoopGroup.singleton.next()
        (ended, endedContinuation) = AsyncThrowingStream.makeStream(of: Never.self)
    }

    /// Starts, serves until graceful shutdown or cancellation, deregisters and stops.
    ///
    /// - Throws: `NodeDaemonError` when it cannot start or can no longer run.
    public func run() async throws {
        let running = try await start()
        let outcome: Result<Void, any Error>
        do {
            for try await _ in ended.cancelOnGracefulShutdown() {}
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        await stop(running)
        try outcome.get()
    }

    private func start() async throws -> Running {
        let control = NIOLockedValueBox<AgentControlServer?>(nil)
        let (configuration, logger, loop, ended) = (self.configuration, self.logger, self.loop, endedContinuation)
        let (runtime, configurator, sources) = try await loop.submit {
            let (runtime, sources) = try Self.open(
                configuration, loop: loop, logger: logger,
                publish: { changes, time in control.withLockedValue { $0 }?.publish(changes, at: time) },
                lost: { ended.finish(throwing: NodeDaemonError($0, "forwarding has ended")) },
                fail: { ended.finish(throwing: $0) })
            return (NIOLoopBound(runtime, eventLoop: loop), runtime.configurator, sources)
        }.get()
        do {
            var limits = AgentControlServer.Limits()
            // The node's own sockets, its data plane and netlink have a place in `own`.
            limits.connections =
                DescriptorBudget(descriptors: ResourceLimits.descriptors, own: ResourceLimits.requiredDescriptors + 16).control
            let server = AgentControlServer(
                socketPath: configuration.controlSocketPath, source: NodeControl(runtime), version: Self.version, logger: logger,
                limits: limits)
            do {
                try await server.start()
            } catch {
                await server.stop()
                throw NodeDaemonError(error)
            }
            do {
                // The port for revocations is opened where the node has a co-located care-of address.
                if givesUpPrivileges { try Privileges.drop(keeping: [.netAdmin, .netRaw, .netBindService]) }
            } catch {
                await server.stop()
                throw NodeDaemonError(error)
            }
            control.withLockedValue { $0 = server }
            let reader = SocketReader(sources(runtime))
            reader.start()
            try await loop.submit { runtime.value.begin() }.get()
            logger.notice(
                "serving",
                metadata: ["name": "\(configuration.name)", "interface": "\(configuration.interface)"])
            return Running(runtime: runtime, reader: reader, control: server, configurator: configurator)
        } catch {
            try? await loop.submit { runtime.value.stop() }.get()
            throw error
        }
    }

    private func stop(_ running: Running) async {
        let runtime = running.runtime
        let configurator = running.configurator
        async let undone: Void = configurator.stop()
        // A home agent that does not answer must not prevent the node from stopping.
        let deregistered = loop.flatSubmit { runtime.value.deregister() }
        let limit = loop.scheduleTask(in: .seconds(1)) { runtime.value.stop() }
        try? await deregistered.get()
        limit.cancel()
        running.reader.stop()
        try? await loop.submit { runtime.value.stop() }.get()
        await running.control.stop()
        await undone
        endedContinuation.finish()
        logger.notice("stopped", metadata: ["name": "\(configuration.name)"])
    }

    /// Opens everything that needs privileges. Called on the event loop.
    static func open(
        _ configuration: NodeDaemonConfiguration, clock: AgentClock = AgentClock(), loop: any EventLoop, logger: Logger,
        publish: @escaping @Sendable ([StateChange], Timestamp) -> Void, lost: @escaping @Sendable (DataPlaneError) -> Void,
        fail: @escaping @Sendable (NodeDaemonError) -> Void
    ) throws -> (NodeRuntime, @Sendable (NIOLoopBound<NodeRuntime>) -> [SocketReader.Source]) {
        let client: RouteClient
        let routes: NodeRoutes
        let plane: any DataPlane
        let sockets: NodeSockets
        do {
            client = try RouteClient(protocolNumber: configuration.routeProtocol)
            sockets = try NodeSockets(configuration, routes: client)
            routes = try NodeRoutes(
                client: client, interface: CInt(bitPattern: sockets.link.index), keeping: configuration.node.homeAddress,
                logger: logger)
            var forwarding = DataPlaneConfiguration(device: configuration.device)
            // The data plane has its own rules and table, and the machine forwards nothing for others.
            forwarding.routeProtocol = configuration.routeProtocol == 255 ? 254 : configuration.routeProtocol + 1
            forwarding.routeTable = configuration.routeTable
            forwarding.rulePriority = configuration.routeTable % 10_000 * 10
            forwarding.enablesForwarding = false
            // A request must never be sent through the tunnel that it is about.
            sockets.setMark(forwarding.mark)
            plane = try DataPlanes.open(forwarding, lost: lost)
        } catch let error as NodeDaemonError {
            throw NodeDaemonError(error, "the node cannot start")
        } catch let error as DataPlaneError {
            throw NodeDaemonError(error, "the node cannot start")
        }
        // The runtime owns the configurator, whose reports must not keep it alive.
        let owner = NIOLoopBoundBox(WeakRuntime(), eventLoop: loop)
        let configurator = HostConfigurator(
            configuration.resolver, recordPath: configuration.hostConfigurationRecord, logger: logger
        ) { inForce in
            loop.execute { owner.value.runtime?.hostConfigurationChanged(inForce) }
        }
        let runtime = NodeRuntime(
            configuration: configuration, clock: clock, sockets: sockets, routes: routes, plane: plane,
            configurator: configurator, loop: loop, logger: logger, publish: publish, fail: fail)
        owner.value.runtime = runtime
        do {
            runtime.restore(try runtime.stateFile?.read() ?? [])
        } catch {
            runtime.stop()
            throw NodeDaemonError(error)
        }
        let (udp, icmp, link) = (sockets.udp.descriptor, sockets.icmp.descriptor, sockets.link.descriptor)
        return (
            runtime,
            { runtime in
                [
                    Self.source(udp, runtime) { $0.receive($1, $2) }, Self.source(icmp, runtime) { $0.receiveICMP($1, $2) },
                    SocketReader.Source(descriptor: link) { _, done in
                        loop.execute {
                            runtime.value.linksChanged()
                            done()
                        }
                    },
                ]
            }
        )
    }

    private static func source(
        _ descriptor: CInt, _ runtime: NIOLoopBound<NodeRuntime>,
        _ body: @escaping @Sendable (NodeRuntime, RawSpan, DatagramBatch.Header) -> Void
    ) -> SocketReader.Source {
        SocketReader.Source(descriptor: descriptor) { arrival, done in
            runtime.eventLoop.execute {
                if case .datagrams(let batch) = arrival {
                    batch.forEach { body(runtime.value, $0, $1) }
                    runtime.value.finish()
                }
                done()
            }
        }
    }
}

/// Refers to a runtime without keeping it alive.
private struct WeakRuntime {
    weak var runtime: NodeRuntime?
}
