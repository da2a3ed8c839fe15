import Foundation
import FuzzSupport
import MIPMIB

@testable import SNMPAgent

/// The stream of PDUs from a master, in pieces of any size.
enum AgentXStreamFuzzer: FuzzTarget {
    static let name = "agentx-stream"
    static let about = "how the input is split changes neither the responses nor what is left for the library"
    static let maximumLength = 1024

    static func run(_ input: [UInt8]) throws {
        var parameters = FuzzInput(input)
        let cut = Int(parameters.number16())
        let octets = parameters.rest()
        let whole = try exchange([octets])
        let split = min(cut, octets.count)
        let pieces = try exchange([Array(octets[..<split]), Array(octets[split...])])
        try require(whole.answers == pieces.answers, "the responses depend on a cut at \(split)")
        // What follows something unintelligible is passed on at once, so it may hold less of an incomplete PDU.
        try require(
            whole.passedOn.starts(with: pieces.passedOn) || pieces.passedOn.starts(with: whole.passedOn),
            "what is passed on depends on a cut at \(split)")
        var rest = whole.answers[...]
        while !rest.isEmpty { rest = rest.dropFirst(try AgentXAnswer(Array(rest)).length) }
    }

    private static func exchange(_ pieces: [[UInt8]]) throws -> (answers: [UInt8], passedOn: [UInt8]) {
        var ends: [CInt] = [-1, -1]
        guard socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0, &ends) == 0 else { return ([], []) }
        defer { for end in ends { close(end) } }
        let sets = AgentXSets(contexts: [.init(name: []) { AcceptedSet() }], note: { _ in })
        let session = AgentXSession(responder: ServedMIB.responder, sets: sets, report: { _ in })
        let stream = AgentXStream(session: session, polling: .none, reply: ServedMIB.reply) { _ in }
        var passedOn: [UInt8] = []
        // Holds every input. libnetsnmp's is larger, but filling it with zeros each time takes longer than all the rest.
        var buffer = [UInt8](repeating: 0, count: 2 * maximumLength)
        var hasEnded = false
        for piece in pieces where !piece.isEmpty && !hasEnded {
            guard write(ends[0], piece, piece.count) == piece.count else { throw Finding("cannot write") }
            // Each read makes progress, so a few are enough.
            for _ in 0..<8 {
                let outcome = buffer.withUnsafeMutableBytes { stream.receive(from: ends[1], into: $0) }
                guard case .octets(let count) = outcome else {
                    // The master has sent a Close, or something that is not AgentX.
                    hasEnded = outcome == .ended
                    break
                }
                try require((1...buffer.count).contains(count), "\(count) octets passed on")
                passedOn += buffer[..<count]
            }
        }
        try require(passedOn.count <= pieces.reduce(0) { $0 + $1.count }, "more was passed on than came in")
        var answers: [UInt8] = []
        while true {
            let count = recv(ends[0], &buffer, buffer.count, CInt(MSG_DONTWAIT))
            guard count > 0 else { break }
            answers += buffer[..<count]
        }
        return (answers, passedOn)
    }
}

/// A SetRequest that succeeds.
private final class AcceptedSet: SetSteps {
    func collect(_ assignment: MIBAssignment, index: CInt) {}
    func reserve() -> SetTransaction.Failure? { nil }
    func commit() -> SetTransaction.Failure? { nil }
    func undo() -> SetTransaction.Failure? { nil }
}
