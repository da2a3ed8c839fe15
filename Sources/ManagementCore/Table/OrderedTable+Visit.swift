extension OrderedTable {
    /// Passes the rows to the visitor in order, from the first whose key satisfies `isFound`, until the visitor returns false. Takes one
    /// descent, then a step for each row; allocates nothing.
    ///
    /// - Parameter isFound: must be false for all keys up to some point and true from there on.
    /// - Returns: False if the visitor returned false.
    @inlinable
    @discardableResult
    public func visit(whereKey isFound: (Key) -> Bool, _ visitor: (Key, Row) -> Bool) -> Bool {
        guard let root else { return true }
        return Self.visit(root, whereKey: isFound, visitor)
    }

    @inlinable
    static func visit(
        _ node: OrderedTableNode<Key, Row>, whereKey isFound: (Key) -> Bool, _ visitor: (Key, Row) -> Bool
    ) -> Bool {
        var low = 0
        var high = node.keys.count
        while low < high {
            let middle = (low + high) / 2
            if isFound(node.keys[middle]) { high = middle } else { low = middle + 1 }
        }
        if node.isLeaf { return visit(leaf: node, from: low, visitor) }
        guard visit(node.children[low], whereKey: isFound, visitor) else { return false }
        for child in low + 1..<node.children.count {
            guard visit(all: node.children[child], visitor) else { return false }
        }
        return true
    }

    @inlinable
    static func visit(all node: OrderedTableNode<Key, Row>, _ visitor: (Key, Row) -> Bool) -> Bool {
        if node.isLeaf { return visit(leaf: node, from: 0, visitor) }
        for child in node.children {
            guard visit(all: child, visitor) else { return false }
        }
        return true
    }

    @inlinable
    static func visit(leaf: OrderedTableNode<Key, Row>, from start: Int, _ visitor: (Key, Row) -> Bool) -> Bool {
        for index in start..<leaf.keys.count {
            guard visitor(leaf.keys[index], leaf.rows[index]) else { return false }
        }
        return true
    }
}
