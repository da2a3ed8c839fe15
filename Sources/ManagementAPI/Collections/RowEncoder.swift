import AgentControl
import JSON
import ManagementCore
import NIOCore

/// Writes rows as JSON objects directly into a buffer, with all or some of their members, in the order in which a row encodes them. Use from
/// a single task.
final class RowEncoder {
    private let encoder: JSONByteEncoder
    private var canonical: CanonicalWriter

    /// - Parameter fields: the members to write of each row; nil for all.
    init(fields: Set<String>? = nil) {
        encoder = JSONByteEncoder(fields: fields)
        canonical = CanonicalWriter(members: fields)
    }

    /// Bytes written and not yet taken.
    var count: Int { encoder.count }

    /// Returns the bytes written so far and empties the buffer.
    func take() -> ByteBuffer { encoder.take { ByteBuffer(bytes: $0) } }

    /// Writes a separator between rows.
    func separate(_ separator: StaticString) { encoder.write(json: separator) }

    /// Writes one row of a collection. Records that may occur by the million write themselves, without an intermediate encoder.
    func write<Record>(_ row: Resource<Record>) throws {
        guard let record = row.record as? any JSON.Record else { return try encoder.write(row) }
        canonical.removeAll()
        canonical.write(record) { writer in
            var (agent, timeRemaining) = (row.agent, row.timeRemaining)
            writer.member("agent", &agent)
            writer.member("timeRemaining", &timeRemaining)
        }
        encoder.write(json: canonical.octets)
    }
}
