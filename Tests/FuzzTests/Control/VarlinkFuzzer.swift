import FuzzSupport
import NIOCore

@testable import AgentControl

/// Calls to an agent, with the parameters of each method.
enum VarlinkFuzzer: FuzzTarget {
    static let name = "varlink"
    static let about = "calls and their parameters are a fixed point of encoding and decoding, and never trap"
    static let maximumLength = 1024

    static func run(_ input: [UInt8]) throws {
        let coding = MessageCoding()
        let frame = ByteBuffer(bytes: input)
        guard let call = try? coding.decode(MessageCoding.Call.self, from: frame) else { return }
        let method = AgentMethod(qualified: call.method)
        _ = ServiceMethod(qualified: call.method)
        if let method { try require(call.method.hasSuffix(".\(method.rawValue)"), "\(call.method) is not \(method)") }
        try check(VarlinkMessages.Apply.self, coding, frame)
        try check(VarlinkMessages.Subscribe.self, coding, frame)
        try check(VarlinkMessages.RevokeBinding.self, coding, frame)
        try check(VarlinkMessages.SetEnabled.self, coding, frame)
        try check(VarlinkMessages.Undo.self, coding, frame)
        try check(VarlinkMessages.AskInformation.self, coding, frame)
    }

    /// Encoding what was decoded, and decoding that, gives the same bytes from then on.
    private static func check<Parameters: Codable>(
        _: Parameters.Type, _ coding: MessageCoding, _ frame: ByteBuffer
    ) throws {
        typealias Message = MessageCoding.CallParameters<Parameters>
        guard let read = try? coding.decode(Message.self, from: frame), read.parameters != nil else { return }
        var first = ByteBuffer()
        try coding.encode(read, into: &first)
        guard let text = first.readSlice(length: first.readableBytes - 1) else { return }
        let again = try coding.decode(Message.self, from: text)
        try require(again.parameters != nil, "the parameters are lost")
        try require(again.method == read.method && again.more == read.more, "the call has changed")
    }
}
