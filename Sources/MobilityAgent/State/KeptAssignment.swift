import AgentModel
import MobileIPv4

/// The assignment of a home address as the state store keeps it.
struct KeptAssignment {
    /// The number of the start that wrote the record.
    var start: UInt64
    var nai: NetworkAccessIdentifier
    /// Since when the node has had no binding; nil while it has one.
    var idleSince: Timestamp?

    /// The version of the format.
    private static let version: UInt8 = 1

    init(start: UInt64, nai: NetworkAccessIdentifier, idleSince: Timestamp?) {
        self.start = start
        self.nai = nai
        self.idleSince = idleSince
    }

    /// - Parameter correction: Milliseconds by which the clock has stepped since the start, which the time includes.
    func bytes(correction: Int64) -> [UInt8] {
        var writer = RecordWriter(capacity: 64)
        writer.put(Self.version)
        writer.put(small: start)
        writer.put(text: nai.description)
        if let idleSince { writer.put(idleSince.adding(milliseconds: -correction)) }
        return writer.bytes
    }

    /// - Parameter correction: The milliseconds to add to a time written by this start; nil for a start that is unknown.
    init(_ bytes: [UInt8], correction: (UInt64) -> Int64?) throws(UnreadableRecord) {
        var reader = RecordReader(bytes)
        guard try reader.byte() == Self.version else { throw UnreadableRecord() }
        start = try reader.small()
        guard let nai = NetworkAccessIdentifier(try reader.text()), let shift = correction(start) else {
            throw UnreadableRecord()
        }
        self.nai = nai
        idleSince = reader.isAtEnd ? nil : try reader.time().adding(milliseconds: shift)
        guard reader.isAtEnd else { throw UnreadableRecord() }
    }
}
