/// Finds members that an object has more than once. Readers of JSON disagree about which of them counts (RFC 8259 §4), so a change that has
/// them may not be the one its sender had in mind.
package enum JSONDuplicates {
    /// An object or array that is being read.
    private struct Level {
        /// The names of the members so far; nil in an array.
        var names: Set<String>?
        /// The name of the current member; nil before the first one, and in an array.
        var name: String?
        /// The position of the current element of an array.
        var index = 0
        /// Whether the next string is a name.
        var expectsName: Bool

        /// The part of a path.
        var step: String { name ?? (names == nil ? "\(index)" : "") }
    }

    /// The path of the first member whose name another member of its object already has; nil if there is none. Parts of the path are names of
    /// members and positions in arrays, separated by dots.
    ///
    /// - Parameter json: valid JSON in UTF-8. In any other text the result is not defined.
    package static func first(in json: some Collection<UInt8>) -> String? {
        var levels: [Level] = []
        var index = json.startIndex
        while index < json.endIndex {
            let byte = json[index]
            index = json.index(after: index)
            switch byte {
            case UInt8(ascii: "{"): levels.append(Level(names: [], expectsName: true))
            case UInt8(ascii: "["): levels.append(Level(names: nil, expectsName: false))
            case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = levels.popLast()
            case UInt8(ascii: ":"):
                if !levels.isEmpty { levels[levels.count - 1].expectsName = false }
            case UInt8(ascii: ","):
                guard let last = levels.indices.last else { break }
                levels[last].expectsName = levels[last].names != nil
                levels[last].index += 1
            case UInt8(ascii: "\""):
                let end = endOfString(in: json, from: index)
                if let last = levels.indices.last, levels[last].expectsName {
                    let name = text(json[index..<end])
                    levels[last].name = name
                    if levels[last].names?.insert(name).inserted == false { return levels.map(\.step).joined(separator: ".") }
                }
                index = end < json.endIndex ? json.index(after: end) : end
            default: break
            }
        }
        return nil
    }

    /// The position of the quotation mark that ends the string.
    private static func endOfString<Text: Collection<UInt8>>(in json: Text, from start: Text.Index) -> Text.Index {
        var index = start
        var isEscaped = false
        while index < json.endIndex {
            let byte = json[index]
            if !isEscaped, byte == UInt8(ascii: "\"") { break }
            isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
            index = json.index(after: index)
        }
        return index
    }

    /// A string without its quotation marks, unescaped: `a` and `\u0061` are the same name.
    private static func text(_ raw: some Collection<UInt8>) -> String {
        guard raw.contains(UInt8(ascii: "\\")) else { return String(decoding: raw, as: UTF8.self) }
        let quoted = [UInt8(ascii: "\"")] + Array(raw) + [UInt8(ascii: "\"")]
        return (try? JSONValue(json: quoted))?.text ?? String(decoding: raw, as: UTF8.self)
    }
}
