import MIPMIB

extension MIBSyntax {
    /// The type as written in a MIB module; the textual convention instead of the base type if there is one.
    var text: String {
        let names = [
            Base.integer32: "Integer32", .enumeration: "INTEGER", .bits: "BITS", .unsigned32: "Unsigned32", .gauge32: "Gauge32",
            .counter32: "Counter32", .counter64: "Counter64", .timeTicks: "TimeTicks", .ipAddress: "IpAddress",
            .octetString: "OCTET STRING",
        ]
        let limits = ranges.map { $0.lowerBound == $0.upperBound ? "\($0.lowerBound)" : "\($0.lowerBound)..\($0.upperBound)" }
            .joined(separator: " | ")
        let narrowed = (convention ?? names[base] ?? base.rawValue)
        guard !limits.isEmpty else { return narrowed }
        return base == .octetString ? "\(narrowed) (SIZE(\(limits)))" : "\(narrowed) (\(limits))"
    }
}
