extension OrderedTable {
    /// The row with the smallest key.
    @inlinable
    public var first: Element? { root.flatMap { $0.first } }

    /// The row with the largest key.
    @inlinable
    public var last: Element? {
        guard var node = root else { return nil }
        while !node.isLeaf { node = node.children[node.children.count - 1] }
        let index = node.keys.count - 1
        return (node.keys[index], node.rows[index])
    }

    /// The first row whose key is greater than `key`, which need not be in the table.
    @inlinable
    public func successor(of key: Key) -> Element? { first { $0.upperBound(of: key) } }

    /// The first row whose key is `key` or greater.
    @inlinable
    public func ceiling(_ key: Key) -> Element? { first { $0.lowerBound(of: key) } }

    /// Takes one descent: to the position that `index` finds in the leaf for a key, or otherwise to the start of the next leaf.
    @inlinable
    func first(where index: (OrderedTableNode<Key, Row>) -> Int) -> Element? {
        guard var node = root else { return nil }
        var right: OrderedTableNode<Key, Row>?
        while !node.isLeaf {
            let child = index(node)
            if child + 1 < node.children.count { right = node.children[child + 1] }
            node = node.children[child]
        }
        let position = index(node)
        if position < node.keys.count { return (node.keys[position], node.rows[position]) }
        return right.flatMap { $0.first }
    }
}

extension OrderedTable: Sequence {
    /// Iterates over the table as it was when the iterator was created.
    public struct Iterator: IteratorProtocol {
        @usableFromInline
        var path: [(node: OrderedTableNode<Key, Row>, next: Int)] = []
        @usableFromInline
        var leaf: OrderedTableNode<Key, Row>?
        @usableFromInline
        var position = 0

        @usableFromInline
        init(_ root: OrderedTableNode<Key, Row>?, at index: (OrderedTableNode<Key, Row>) -> Int) {
            guard var node = root else { return }
            while !node.isLeaf {
                let child = index(node)
                path.append((node, child + 1))
                node = node.children[child]
            }
            leaf = node
            position = index(node)
        }

        /// The next row in key order.
        @inlinable
        public mutating func next() -> Element? {
            while let leaf {
                if position < leaf.keys.count {
                    defer { position += 1 }
                    return (leaf.keys[position], leaf.rows[position])
                }
                self.leaf = nextLeaf()
                position = 0
            }
            return nil
        }

        @usableFromInline
        mutating func nextLeaf() -> OrderedTableNode<Key, Row>? {
            while let (node, next) = path.popLast() {
                guard next < node.children.count else { continue }
                path.append((node, next + 1))
                var child = node.children[next]
                while !child.isLeaf {
                    path.append((child, 1))
                    child = child.children[0]
                }
                return child
            }
            return nil
        }
    }

    /// All current rows of the table in key order.
    public func makeIterator() -> Iterator { Iterator(root) { _ in 0 } }

    /// The exact number of rows.
    public var underestimatedCount: Int { count }

    /// The rows whose keys are `key` or greater, in order.
    public func rows(from key: Key) -> IteratorSequence<Iterator> { IteratorSequence(Iterator(root) { $0.lowerBound(of: key) }) }

    /// The rows whose keys are greater than `key`, in order.
    public func rows(after key: Key) -> IteratorSequence<Iterator> { IteratorSequence(Iterator(root) { $0.upperBound(of: key) }) }
}
