/// Rows in the order of their keys, as a copy-on-write B+ tree.
///
/// A copy costs O(1) and is a snapshot: later changes to the original do not appear in it. `update`, `remove`, `subscript` and the
/// searches cost O(log n). While a copy exists, a change duplicates only the nodes from the root to one leaf, never the table.
///
/// Keys are compared with `<` only. A variable is not thread-safe, as with any value; copies may be used on any thread.
public struct OrderedTable<Key: Comparable & Sendable, Row: Sendable>: Sendable {
    public typealias Element = (key: Key, row: Row)

    @usableFromInline
    var root: OrderedTableNode<Key, Row>?

    /// Number of rows.
    public private(set) var count = 0

    public init() {}

    /// Whether there are no rows.
    public var isEmpty: Bool { count == 0 }

    /// The row with this key. Setting nil removes it.
    public subscript(key: Key) -> Row? {
        @inlinable get {
            guard var node = root else { return nil }
            while !node.isLeaf { node = node.children[node.childIndex(for: key)] }
            let index = node.lowerBound(of: key)
            guard index < node.keys.count, !(key < node.keys[index]) else { return nil }
            return node.rows[index]
        }
        set {
            if let newValue {
                update(newValue, forKey: key)
            } else {
                remove(key)
            }
        }
    }

    /// Inserts the row, or replaces an earlier row with this key.
    /// - Returns: True if there was no row with this key.
    @discardableResult
    public mutating func update(_ row: Row, forKey key: Key) -> Bool {
        guard var top = root else {
            root = OrderedTableNode(keys: [key], rows: [row])
            count = 1
            return true
        }
        // The reference in `root` must be dropped, or the node would never be uniquely referenced.
        root = nil
        if !isKnownUniquelyReferenced(&top) { top = top.copy() }
        let (added, split) = top.update(row, forKey: key)
        if let split {
            root = OrderedTableNode(separators: [split.separator], children: [top, split.right])
        } else {
            root = top
        }
        if added { count += 1 }
        return added
    }

    /// Removes the row with this key.
    /// - Returns: The row; nil if there was none.
    @discardableResult
    public mutating func remove(_ key: Key) -> Row? {
        // Looked up first, so that a miss copies nothing.
        guard self[key] != nil, var top = root else { return nil }
        root = nil
        if !isKnownUniquelyReferenced(&top) { top = top.copy() }
        let removed = top.remove(key)
        if top.isLeaf {
            root = top.keys.isEmpty ? nil : top
        } else {
            root = top.children.count == 1 ? top.children[0] : top
        }
        if removed != nil { count -= 1 }
        return removed
    }

    /// Removes all rows.
    public mutating func removeAll() {
        root = nil
        count = 0
    }
}
