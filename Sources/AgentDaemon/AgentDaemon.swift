import AgentControl
import AgentModel
import DaemonSupport
import DataPlane
import Dispatch
import Foundation
public import Logging
import MobileIPv4
import MobilityAgent
import MobilityLink
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
public import ServiceLifecycle
import StateStore

/// A home agent, a foreign agent or both on the network: UDP sockets, timer and control socket around a `MobilityAgent`.
///
/// When an ICMP error arrives for a relayed request, that request is refused at once (80, 81, 82, 88).
public final class AgentDaemon: Service {
    private let configuration: AgentDaemonConfiguration
    private let givesUpPrivileges: Bool
    private let logger: Logger
    private let loop: any EventLoop
    private let ended: AsyncThrowingStream<Never, any Error>
    private let endedContinuation: AsyncThrowingStream<Never, any Error>.Continuation
    private let running = NIOLockedValueBox<Running?>(nil)

    private struct Running {
        let runtime: NIOLoopBound<AgentRuntime>
        let reader: SocketReader
        let control: AgentControlServer?
    }

    /// Opens nothing; `start` does that.
    ///
    /// - Parameter givesUpPrivileges: Whether the process drops, once everything is open, all capabilities that it no longer needs.
    public init(configuration: AgentDaemonConfiguration, logger: Logger, givesUpPrivileges: Bool = false) {
        self.givesUpPrivileges = givesUpPrivileges
        self.configuration = configuration
        self.logger = logger
        // A single loop, so that only one thread touches the agent; a shared one that outlives this daemon, so that nobody waits for a
        // loop that has been shut down.
        loop = MultiThreadedEventLoopGroup.singleton.next()
        (ended, endedContinuation) = AsyncThrowingStream.makeStream(of: Never.self)
    }

    /// Starts, serves until graceful shutdown or cancellation, then stops.
    ///
    /// - Throws: `AgentDaemonError` if it cannot start or loses a socket.
    public func run() async throws {
        try await start()
        do {
            for try await _ in ended.cancelOnGracefulShutdown() {}
        } catch {
            await stop()
            throw error
        }
        await stop()
    }

    /// Opens the sockets, then the control socket, then begins to serve. If any of this fails, closes everything again.
    public func start() async throws {
        let control = NIOLockedValueBox<AgentControlServer?>(nil)
        let endedContinuation = self.endedContinuation
        let (agent, logger, loop) = (configuration.agent, self.logger, self.loop)
        let reports = StateReports()
        let opening = configuration.statePath.map {
            StateOpening(path: $0, durability: configuration.durability, logger: logger) { reports.report($0) }
        }
        let opened = opening.map { opening in Result { () throws(StoreFailure) in try opening.open() } }
        let runtime = try await loop.submit {
            NIOLoopBound(
                AgentRuntime(
                    configuration: agent, state: StateKeeping(opening, opened), loop: loop, logger: logger,
                    publish: { changes, time in control.withLockedValue { $0 }?.publish(changes, at: time) },
                    fail: { endedContinuation.finish(throwing: $0) }),
                eventLoop: loop)
        }.get()
        reports.follow { failure in loop.execute { runtime.value.stateReported(failure) } }
        var reader = SocketReader([])
        do {
            var sources = try await openSockets(runtime)
            sources += try await openLinks(runtime)
            sources += try await openDataPlane(runtime)
            reader = SocketReader(sources)
            try await loop.submit { runtime.value.takeOver() }.get()
            let server = AgentControlServer(
                socketPath: configuration.controlSocketPath, source: RuntimeControl(runtime),
                version: configuration.agent.version, logger: logger, limits: controlLimits(sockets: sources.count))
            do {
                try await server.start()
            } catch {
                await server.stop()
                throw AgentDaemonError(error)
            }
            control.withLockedValue { $0 = server }
            running.withLockedValue { $0 = Running(runtime: runtime, reader: reader, control: server) }
            try giveUpPrivileges()
            reader.start()
            try await loop.submit { runtime.value.begin() }.get()
        } catch {
            if running.withLockedValue({ $0 }) != nil {
                await stop()
            } else {
                await close(Running(runtime: runtime, reader: reader, control: nil))
            }
            throw error
        }
        logger.notice(
            "serving",
            metadata: [
                "name": "\(configuration.agent.name)", "version": "\(configuration.agent.version)",
                "roles": "\(roles.joined(separator: ","))", "control": "\(configuration.controlSocketPath)",
                "associations": "\(configuration.agent.securityAssociations.count)",
            ])
    }

    /// Closes every socket and removes the control socket's file. Does nothing if the daemon is not running.
    public func stop() async {
        let taken = running.withLockedValue { running in
            defer { running = nil }
            return running
        }
        guard let taken else { return }
        await close(taken)
        logger.notice("stopped", metadata: ["name": "\(configuration.agent.name)"])
    }

    private func close(_ running: Running) async {
        let runtime = running.runtime
        running.reader.stop()
        let ending = try? await loop.submit { runtime.value.stop() }.get()
        // The store first: a process that takes too long to stop is ended.
        async let closed: Void = finish(ending)
        await running.control?.stop()
        try? await loop.submit { runtime.value.stopForwarding() }.get()
        await closed
        endedContinuation.finish()
    }

    /// Closes the store on a thread that may wait for the disk.
    private func finish(_ ending: StateEnding?) async {
        guard let ending else { return }
        await withCheckedContinuation { (done: CheckedContinuation<Void, Never>) in
            DispatchQueue.global().async {
                ending.finish()
                done.resume()
            }
        }
    }

    // MARK: - Sockets

    private var roles: [String] {
        (configuration.agent.homeAgent == nil ? [] : ["homeAgent"])
            + (configuration.agent.foreignAgent == nil ? [] : ["foreignAgent"])
    }

    /// Binds every address before reading from any of them.
    private func openSockets(_ runtime: NIOLoopBound<AgentRuntime>) async throws -> [SocketReader.Source] {
        let (loop, receiveBuffer) = (self.loop, configuration.receiveBufferSize)
        // Only a foreign agent needs the errors. Without CAP_NET_RAW it gets them from its UDP sockets.
        let needsErrors = configuration.agent.foreignAgent != nil
        let errors = needsErrors ? ICMPErrorSocket() : nil
        let reportsErrors = needsErrors && errors == nil
        func open(_ endpoint: TransportEndpoint) async throws -> SocketReader.Source {
            let socket = try await loop.submit {
                try runtime.value.bind(endpoint, receiveBuffer: receiveBuffer, reportsErrors: reportsErrors)
            }.get()
            return SocketReader.Source(descriptor: socket.descriptor) { arrival, done in
                loop.execute {
                    runtime.value.receive(arrival, at: endpoint)
                    done()
                }
            }
        }
        var sources: [SocketReader.Source] = []
        if let errors {
            sources.append(
                SocketReader.Source(descriptor: errors.descriptor) { [errors] arrival, done in
                    loop.execute {
                        // The descriptor is open as long as the reader has this source.
                        withExtendedLifetime(errors) { runtime.value.receiveErrors(arrival) }
                        done()
                    }
                })
        }
        for endpoint in endpoints { sources.append(try await open(endpoint)) }
        for endpoint in broadcastEndpoints {
            do {
                sources.append(try await open(endpoint))
            } catch {
                logger.notice(
                    "cannot receive requests sent to this broadcast address",
                    metadata: ["address": "\(endpoint)", "error": "\(error)"])
            }
        }
        return sources
    }

    /// Opens the interfaces with mobile nodes on their links.
    private func openLinks(_ runtime: NIOLoopBound<AgentRuntime>) async throws -> [SocketReader.Source] {
        guard !configuration.links.isEmpty else { return [] }
        let (loop, links, agent) = (self.loop, configuration.links, configuration.agent)
        let (icmp, frames) = try await loop.submit {
            let discovery = try runtime.value.open(links, agent: agent)
            return (discovery.socket?.descriptor, discovery.frameDescriptors)
        }.get()
        let solicitations = icmp.map { descriptor in
            SocketReader.Source(descriptor: descriptor) { arrival, done in
                loop.execute {
                    runtime.value.receiveICMP(arrival)
                    done()
                }
            }
        }
        let requests = frames.map { descriptor in
            SocketReader.Source(descriptor: descriptor, isReadHere: false) { _, done in
                loop.execute {
                    runtime.value.receiveFrames()
                    done()
                }
            }
        }
        return requests + (solicitations.map { [$0] } ?? [])
    }

    /// Opens the data plane. If it is lost later, the daemon ends: bindings whose datagrams are not forwarded are useless.
    private func openDataPlane(_ runtime: NIOLoopBound<AgentRuntime>) async throws -> [SocketReader.Source] {
        guard let forwarding = configuration.forwarding else { return [] }
        let ended = endedContinuation
        let plane: any DataPlane
        do {
            plane = try DataPlanes.open(DataPlaneConfiguration(forwarding, agent: configuration.agent)) { error in
                ended.finish(throwing: AgentDaemonError(error, "forwarding has stopped"))
            }
        } catch {
            throw AgentDaemonError(error, "cannot forward datagrams")
        }
        logger.notice("forwarding", metadata: ["dataPlane": "\(plane.kind.rawValue)", "device": "\(forwarding.device)"])
        let linkDescriptor = try await loop.submit { try runtime.value.open(plane) }.get()
        return linkDescriptor.map { descriptor in
            let loop = self.loop
            return [
                SocketReader.Source(descriptor: descriptor) { _, done in
                    loop.execute {
                        runtime.value.linksChanged()
                        done()
                    }
                }
            ]
        } ?? []
    }

    /// The limits of the control socket: it must leave enough descriptors for what the agent itself has open.
    ///
    /// - Parameter sockets: How many sockets are open.
    private func controlLimits(sockets: Int) -> AgentControlServer.Limits {
        // An interface has sockets for frames, addresses and neighbours; a data plane has its device, raw sockets and netlink; a state
        // store has a database and the files of its journal.
        let own =
            ResourceLimits.requiredDescriptors + sockets + 3 * configuration.links.count
            + (configuration.forwarding == nil ? 0 : 16) + (configuration.statePath == nil ? 0 : 12)
        var limits = AgentControlServer.Limits()
        limits.connections = DescriptorBudget(descriptors: ResourceLimits.descriptors, own: own).control
        return limits
    }

    private func giveUpPrivileges() throws {
        guard givesUpPrivileges else { return }
        do {
            try Privileges.drop(keeping: configuration.forwarding == nil ? [] : [.netAdmin, .netRaw])
        } catch {
            throw AgentDaemonError(error)
        }
    }

    /// Each address once; the two roles may share one.
    private var endpoints: [TransportEndpoint] {
        var seen: Set<TransportEndpoint> = []
        let all = (configuration.agent.homeAgent?.endpoints ?? []) + (configuration.agent.foreignAgent?.endpoints ?? [])
        return all.filter { seen.insert($0).inserted }
    }

    /// Where requests for dynamic home agent discovery are received: the broadcast address of each home network (RFC 5944 §3.6.1.2).
    private var broadcastEndpoints: [TransportEndpoint] {
        guard let homeAgent = configuration.agent.homeAgent else { return [] }
        var seen = Set(endpoints)
        let ports = homeAgent.endpoints.map(\.port)
        return homeAgent.homeNetworks.compactMap(\.directedBroadcast)
            .flatMap { address in ports.map { TransportEndpoint(address, port: $0) } }
            .filter { seen.insert($0).inserted }
    }
}
