import AgentControl
import JSON
import ManagementCore
import NIOCore

/// Writes rows as JSON objects straight into a buffer, with all their members or a choice of them, in the order in which a row encodes them.
/// Use from one task.
final class RowEncoder {
    private let encoder: JSONByteEncoder
    private var canonical: CanonicalWriter

    /// - Parameter fields: the members wanted of each row; nil for all.
    init(fields: Set<String>? = nil) {
        encoder = JSONByteEncoder(fields: fields)
        canonical = CanonicalWriter(members: fields)
    }

    /// Bytes written and not taken yet.
    var count: Int { encoder.count }

    /// Takes what was written.
    func take() -> ByteBuffer { encoder.take { ByteBuffer(bytes: $0) } }

    /// Writes what stands between rows.
    func separate(_ separator: StaticString) { encoder.write(json: separator) }

    /// Writes one row of a collection. A record of which there may be a million writes itself, without an encoder between.
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
