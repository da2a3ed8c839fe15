/// The destination to which values are written piece by piece, in the order of their text.
protocol JSONSink: AnyObject {
    func writeNull()
    func write(_ value: Bool)
    func write(_ number: Int64)
    func write(_ number: UInt64)
    func write(_ number: Double)
    func write(_ text: String)

    func beginObject()
    /// Begins a member; the next thing written is its value.
    func beginMember(_ name: String, isFirst: Bool)
    func endObject()

    func beginArray()
    /// Begins an element, which is the next thing written.
    func beginElement(isFirst: Bool)
    func endArray()

    /// A sink of the same kind whose output is discarded.
    func nowhere() -> any JSONSink
}

/// Writes directly to bytes and keeps nothing of what was written before.
final class JSONTextSink: JSONSink {
    var bytes: [UInt8] = []

    func writeNull() { JSONText.append("null", to: &bytes) }
    func write(_ value: Bool) { JSONText.append(value, to: &bytes) }
    func write(_ number: Int64) { JSONText.append(number, to: &bytes) }
    func write(_ number: UInt64) { JSONText.append(number, to: &bytes) }
    func write(_ number: Double) { JSONText.append(number, to: &bytes) }
    func write(_ text: String) { JSONText.append(quoted: text, to: &bytes) }

    func beginObject() { bytes.append(UInt8(ascii: "{")) }
    func beginMember(_ name: String, isFirst: Bool) {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        JSONText.append(quoted: name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
    }
    func endObject() { bytes.append(UInt8(ascii: "}")) }

    func beginArray() { bytes.append(UInt8(ascii: "[")) }
    func beginElement(isFirst: Bool) { if !isFirst { bytes.append(UInt8(ascii: ",")) } }
    func endArray() { bytes.append(UInt8(ascii: "]")) }

    func nowhere() -> any JSONSink { JSONTextSink() }
}

/// Builds a `JSONValue`.
final class JSONValueSink: JSONSink {
    /// An unfinished object or array.
    private struct Container {
        let isObject: Bool
        /// Name of the member that is written next.
        var name = ""
        var object = JSONObject()
        var array: [JSONValue] = []
    }

    private var containers: [Container] = []
    /// The last value written outside any container.
    private(set) var value = JSONValue.null

    private func put(_ value: JSONValue) {
        guard let last = containers.indices.last else { return self.value = value }
        if containers[last].isObject {
            containers[last].object[containers[last].name] = value
        } else {
            containers[last].array.append(value)
        }
    }

    func writeNull() { put(.null) }
    func write(_ value: Bool) { put(.bool(value)) }
    func write(_ number: Int64) { put(.integer(number)) }
    func write(_ number: UInt64) { put(JSONValue(number)) }
    func write(_ number: Double) { put(.number(number)) }
    func write(_ text: String) { put(.string(text)) }

    func beginObject() { containers.append(Container(isObject: true)) }
    func beginMember(_ name: String, isFirst _: Bool) { if let last = containers.indices.last { containers[last].name = name } }
    func endObject() { if let container = containers.popLast() { put(.object(container.object)) } }

    func beginArray() { containers.append(Container(isObject: false)) }
    func beginElement(isFirst _: Bool) {}
    func endArray() { if let container = containers.popLast() { put(.array(container.array)) } }

    func nowhere() -> any JSONSink { JSONValueSink() }
}
