import Foundation
import MIPTesting
import Synchronization

@testable import SNMPClient

/// An SNMPv2c agent with a table of eight columns that answers only what its manners allow.
final class ClumsyAgent: Sendable {
    /// What the agent cannot do.
    enum Manners: Sendable, Hashable {
        /// Everything is answered.
        case none
        /// Answers with tooBig to more variables than this.
        case tooBig(Int)
        /// GETBULK is not answered.
        case noBulk
        /// At most this many variables are answered, whatever was requested.
        case fewer(Int)
        /// Column 5 cannot be read.
        case brokenColumn
        /// Nothing can be read.
        case broken
        /// As in SNMPv1, what does not exist is an error.
        case noSuchName
    }

    static let rows = 12
    static let columns = (1...8).map { [1, 3, 6, 1, 4, 1, 99999, 1, UInt32($0)] as [UInt32] }

    let port: UInt16
    private let descriptor: Int32
    private let count = Mutex(0)
    private let bulkCount = Mutex(0)

    /// The number of requests so far.
    var requests: Int { count.withLock { $0 } }
    /// The number of GETBULK requests so far.
    var bulkRequests: Int { bulkCount.withLock { $0 } }

    init(_ manners: Manners) throws {
        descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let socket = descriptor
        let bound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, length) == 0 ? getsockname(socket, $0, &length) : -1
            }
        }
        guard bound == 0 else { throw TimedOut(description: "no UDP port") }
        port = UInt16(bigEndian: address.sin_port)
        Thread.detachNewThread { [weak self] in
            // Here and not where it is stopped, since this thread would use the number for whatever gets it next.
            defer { close(socket) }
            var octets = [UInt8](repeating: 0, count: 65_536)
            while true {
                var from = sockaddr_in()
                var size = socklen_t(MemoryLayout<sockaddr_in>.size)
                let received = withUnsafeMutablePointer(to: &from) {
                    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { recvfrom(socket, &octets, octets.count, 0, $0, &size) }
                }
                guard received > 0 else { return }
                let request = Array(octets.prefix(received))
                self?.count.withLock { $0 += 1 }
                if Self.isBulk(request) { self?.bulkCount.withLock { $0 += 1 } }
                guard let reply = Self.answer(request, manners) else { continue }
                _ = withUnsafePointer(to: &from) {
                    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { sendto(socket, reply, reply.count, 0, $0, size) }
                }
            }
        }
    }

    deinit {
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    func session(timeout: Duration = .seconds(3)) throws -> SNMPSession {
        try SNMPSession(host: "127.0.0.1", port: port, credentials: .community("public"), timeout: timeout)
    }

    /// Every instance in order.
    private static let instances: [VariableBinding] = columns.flatMap { column in
        (1...rows).map { VariableBinding(column + [UInt32($0)], .integer(Int32($0))) }
    }

    private static func isBulk(_ request: [UInt8]) -> Bool {
        do {
            var reader = BERReader(request)
            var message = try reader.constructed(BERTag.sequence, "a message")
            _ = try message.integer()
            _ = try message.octetString()
            return try ProtocolDataUnit(from: &message).kind == .getBulkRequest
        } catch {
            return false
        }
    }

    private static func answer(_ request: [UInt8], _ manners: Manners) -> [UInt8]? {
        do {
            var reader = BERReader(request)
            var message = try reader.constructed(BERTag.sequence, "a message")
            _ = try message.integer()
            let community = try message.octetString()
            let pdu = try ProtocolDataUnit(from: &message)
            guard var reply = reply(to: pdu, manners) else { return nil }
            reply.requestID = pdu.requestID
            var writer = BERWriter()
            writer.constructed { message in
                message.integer(1)
                message.octetString(community)
                reply.write(to: &message)
            }
            return writer.octets
        } catch {
            return nil
        }
    }

    private static func reply(to pdu: ProtocolDataUnit, _ manners: Manners) -> ProtocolDataUnit? {
        let names = pdu.bindings.map(\.name)
        let isBulk = pdu.kind == .getBulkRequest
        if isBulk, manners == .noBulk { return nil }
        func refusal(_ status: Int32, _ index: Int = 0) -> ProtocolDataUnit {
            var refusal = ProtocolDataUnit(.response, requestID: 0, bindings: pdu.bindings)
            (refusal.errorStatus, refusal.errorIndex) = (status, Int32(index))
            return refusal
        }
        let repetitions = isBulk ? Int(pdu.errorIndex) : 1
        if case .tooBig(let limit) = manners, names.count * repetitions > limit { return refusal(1) }
        if manners == .broken { return refusal(5, 1) }
        if manners == .brokenColumn, let place = names.firstIndex(where: { $0.starts(with: columns[4]) }) {
            return refusal(5, place + 1)
        }
        var bindings: [VariableBinding] = []
        if pdu.kind == .getRequest {
            bindings = names.map { name in instances.first { $0.name == name } ?? VariableBinding(name, .noSuchInstance) }
        } else {
            var positions = names
            for _ in 0..<repetitions {
                for index in positions.indices {
                    let next = instances.first { positions[index].lexicographicallyPrecedes($0.name) }
                    bindings.append(next ?? VariableBinding(positions[index], .endOfMibView))
                    positions[index] = next?.name ?? positions[index]
                }
            }
        }
        if manners == .noSuchName, let place = bindings.firstIndex(where: { !$0.value.isValue }) {
            // SNMPv1 has no GETBULK, and answers it like GETNEXT here.
            return refusal(2, place % names.count + 1)
        }
        if case .fewer(let limit) = manners { bindings = Array(bindings.prefix(limit)) }
        return ProtocolDataUnit(.response, requestID: 0, bindings: bindings)
    }
}
