import NIOCore

/// Metrics as text, in the format of Prometheus (0.0.4) or of OpenMetrics (1.0).
struct Exposition {
    enum Format: Sendable { case prometheus, openMetrics }

    private let format: Format
    private(set) var buffer = ByteBuffer()

    init(_ format: Format) { self.format = format }

    /// Writes a metric and all its samples; writes nothing when there are no samples.
    ///
    /// - Parameter owners: the label value and the samples of each owner.
    mutating func write(_ family: MetricFamily, label: String, _ owners: [(owner: String, samples: [MetricSample])]) {
        guard owners.contains(where: { !$0.samples.isEmpty }) else { return }
        let suffix =
            switch family.kind {
            case .counter: "_total"
            case .info: "_info"
            case .gauge, .stateSet: ""
            }
        let sampleName = family.name + suffix
        let name = format == .openMetrics ? family.name : sampleName
        buffer.writeString("# HELP \(name) \(Self.escape(family.help, quotes: format == .openMetrics))\n")
        buffer.writeString("# TYPE \(name) \(type(family.kind))\n")
        if format == .openMetrics, let unit = family.unit { buffer.writeString("# UNIT \(name) \(unit)\n") }
        for (owner, samples) in owners {
            for sample in samples {
                buffer.writeString(sampleName)
                var separator = "{"
                if !owner.isEmpty {
                    buffer.writeString("{\(label)=\"\(Self.escape(owner, quotes: true))\"")
                    separator = ","
                }
                for (name, value) in sample.labels {
                    buffer.writeString("\(separator)\(name)=\"\(Self.escape(value, quotes: true))\"")
                    separator = ","
                }
                buffer.writeString(separator == "," ? "} \(sample.value)\n" : " \(sample.value)\n")
            }
        }
    }

    /// Ends the text; nothing may be written after it.
    mutating func end() { if format == .openMetrics { buffer.writeString("# EOF\n") } }

    private func type(_ kind: MetricFamily.Kind) -> String {
        switch (kind, format) {
        case (.counter, _): "counter"
        case (.info, .openMetrics): "info"
        case (.stateSet, .openMetrics): "stateset"
        default: "gauge"
        }
    }

    private static func escape(_ text: String, quotes: Bool) -> String {
        guard text.utf8.contains(where: { $0 == 0x5C || $0 == 0x0A || $0 == 0x22 }) else { return text }
        return text.map { character in
            switch character {
            case "\\": "\\\\"
            case "\n": "\\n"
            case "\"" where quotes: "\\\""
            default: String(character)
            }
        }.joined()
    }
}
