public import MIPMIB
public import Testing

/// All instances in a snapshot of an agent, read by a walk, by name: `haRegRequestsReceived.0`.
public struct MIBReading: Sendable {
    public let values: [String: MIBValue]

    /// Makes the walk with the checks of `MIBWalk`.
    public init(_ view: MIBView, sourceLocation: SourceLocation = #_sourceLocation) {
        let mib = MIPMIB()
        var values: [String: MIBValue] = [:]
        for (name, value) in MIBWalk(view, sourceLocation: sourceLocation).instances {
            if let (object, instance) = mib.object(of: name.span) {
                values[object.name + "." + instance.map(String.init).joined(separator: ".")] = value
            }
        }
        self.values = values
    }

    /// The counters that differ from an earlier reading, and by how much. A counter that had no instance then counts from 0.
    public func moved(since before: MIBReading) -> [String: UInt64] {
        var moved: [String: UInt64] = [:]
        for (name, value) in values {
            let difference: UInt64
            switch (value, before.values[name]) {
            case (.counter(let new), .counter(let old)): difference = UInt64(new &- old)
            case (.counter64(let new), .counter64(let old)): difference = new &- old
            case (.counter(let new), nil): difference = UInt64(new)
            case (.counter64(let new), nil): difference = new
            default: continue
            }
            if difference != 0 { moved[name] = difference }
        }
        return moved
    }

    /// The value of an instance.
    public subscript(name: String) -> MIBValue? { values[name] }
}
