/// Makes a `Row` of a record, with the members that its JSON has.
enum RowEncoder {
    /// - Throws: `EncodingError` when the value is no JSON object.
    static func row(_ value: some Encodable) throws -> Row {
        let node = Node()
        try value.encode(to: ValueEncoder(node: node, codingPath: []))
        guard case .object(let row) = node.value else {
            throw EncodingError.invalidValue(value, .init(codingPath: [], debugDescription: "this is no JSON object"))
        }
        return row
    }

    /// Where a value under way is put.
    fileprivate final class Node {
        private enum Content {
            case value(JSONValue)
            case members([(String, Node)])
            case elements([Node])
        }

        private var content = Content.value(.null)

        var value: JSONValue {
            switch content {
            case .value(let value): value
            case .members(let members): .object(Row(members.map { ($0.0, $0.1.value) }))
            case .elements(let elements): .array(elements.map(\.value))
            }
        }

        func set(_ value: JSONValue) { content = .value(value) }

        /// A second keyed container of one value adds to the first.
        func becomeObject() {
            if case .members = content { return }
            content = .members([])
        }

        func becomeArray() {
            if case .elements = content { return }
            content = .elements([])
        }

        func add(_ name: String, _ node: Node) {
            guard case .members(var members) = content else { return }
            content = .value(.null)
            members.append((name, node))
            content = .members(members)
        }

        func add(_ node: Node) {
            guard case .elements(var elements) = content else { return }
            content = .value(.null)
            elements.append(node)
            content = .elements(elements)
        }

        var count: Int { if case .elements(let elements) = content { elements.count } else { 0 } }
    }

    private struct ValueEncoder: Encoder {
        let node: Node
        let codingPath: [any CodingKey]
        var userInfo: [CodingUserInfoKey: Any] { [:] }

        func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
            node.becomeObject()
            return KeyedEncodingContainer(Members(node: node, codingPath: codingPath))
        }

        func unkeyedContainer() -> any UnkeyedEncodingContainer {
            node.becomeArray()
            return Elements(node: node, codingPath: codingPath)
        }

        func singleValueContainer() -> any SingleValueEncodingContainer { Single(node: node, codingPath: codingPath) }
    }

    private static func put(_ value: some Encodable, into node: Node, _ path: [any CodingKey]) throws {
        switch value {
        case let value as String: node.set(.string(value))
        case let value as Bool: node.set(.bool(value))
        case let value as Double: node.set(.number(value))
        case let value as Float: node.set(.number(Double(value)))
        case let value as any BinaryInteger & Encodable: node.set(JSONValue(value))
        default: try value.encode(to: ValueEncoder(node: node, codingPath: path))
        }
    }

    private struct Members<Key: CodingKey>: KeyedEncodingContainerProtocol {
        let node: Node
        let codingPath: [any CodingKey]

        private func member(_ key: Key) -> Node {
            let member = Node()
            node.add(key.stringValue, member)
            return member
        }

        func encodeNil(forKey key: Key) { member(key).set(.null) }

        func encode(_ value: some Encodable, forKey key: Key) throws { try put(value, into: member(key), codingPath + [key]) }

        func nestedContainer<Nested: CodingKey>(
            keyedBy keyType: Nested.Type, forKey key: Key
        ) -> KeyedEncodingContainer<Nested> {
            ValueEncoder(node: member(key), codingPath: codingPath + [key]).container(keyedBy: keyType)
        }

        func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
            ValueEncoder(node: member(key), codingPath: codingPath + [key]).unkeyedContainer()
        }

        func superEncoder() -> any Encoder { ValueEncoder(node: node, codingPath: codingPath) }

        func superEncoder(forKey key: Key) -> any Encoder { ValueEncoder(node: member(key), codingPath: codingPath + [key]) }
    }

    private struct Elements: UnkeyedEncodingContainer {
        let node: Node
        let codingPath: [any CodingKey]
        var count: Int { node.count }

        private func element() -> Node {
            let element = Node()
            node.add(element)
            return element
        }

        func encodeNil() { element().set(.null) }

        func encode(_ value: some Encodable) throws { try put(value, into: element(), codingPath) }

        func nestedContainer<Nested: CodingKey>(keyedBy keyType: Nested.Type) -> KeyedEncodingContainer<Nested> {
            ValueEncoder(node: element(), codingPath: codingPath).container(keyedBy: keyType)
        }

        func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
            ValueEncoder(node: element(), codingPath: codingPath).unkeyedContainer()
        }

        func superEncoder() -> any Encoder { ValueEncoder(node: element(), codingPath: codingPath) }
    }

    private struct Single: SingleValueEncodingContainer {
        let node: Node
        let codingPath: [any CodingKey]

        func encodeNil() { node.set(.null) }

        func encode(_ value: some Encodable) throws { try put(value, into: node, codingPath) }
    }
}
