/// A node of the tree: a leaf has `keys` and their `rows`; an inner node has `children` and between them `keys`, where every key
/// of child `i + 1` is at least `keys[i]` and every key of child `i` is less.
///
/// A node with more than one reference is never changed; it is copied before a change. That makes the class safe to share between
/// threads although its members are mutable.
@usableFromInline
final class OrderedTableNode<Key: Comparable & Sendable, Row: Sendable>: @unchecked Sendable {
    @usableFromInline
    var keys: [Key]
    @usableFromInline
    var rows: [Row]
    @usableFromInline
    var children: [OrderedTableNode]

    /// Rows of a leaf: few, because a change while a snapshot exists copies a leaf.
    static var leafCapacity: Int { 32 }
    /// Children of an inner node: more, because they are small.
    static var innerCapacity: Int { 64 }

    init(keys: [Key], rows: [Row]) {
        self.keys = keys
        self.rows = rows
        children = []
    }

    init(separators: [Key], children: [OrderedTableNode]) {
        keys = separators
        rows = []
        self.children = children
    }

    private init(copying other: OrderedTableNode) {
        keys = other.keys
        rows = other.rows
        children = other.children
    }

    func copy() -> OrderedTableNode { OrderedTableNode(copying: self) }

    @usableFromInline
    var isLeaf: Bool { children.isEmpty }

    /// Index of the first key that is `key` or greater. In an inner node use `childIndex(for:)`.
    @inlinable
    func firstIndex(notBefore key: Key) -> Int {
        var low = 0
        var high = keys.count
        while low < high {
            let middle = (low + high) / 2
            if keys[middle] < key { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Index of the first key that is greater than `key`. In an inner node this is also the index of the child that `key` belongs to.
    @inlinable
    func upperBound(of key: Key) -> Int {
        var low = 0
        var high = keys.count
        while low < high {
            let middle = (low + high) / 2
            if key < keys[middle] { high = middle } else { low = middle + 1 }
        }
        return low
    }

    @inlinable
    func childIndex(for key: Key) -> Int { upperBound(of: key) }

    /// In a leaf the index of the first key that is `key` or greater; in an inner node that of the child that `key` belongs to.
    @inlinable
    func lowerBound(of key: Key) -> Int { isLeaf ? firstIndex(notBefore: key) : childIndex(for: key) }

    /// The first row below this node.
    @usableFromInline
    var first: (key: Key, row: Row)? {
        var node = self
        while !node.isLeaf { node = node.children[0] }
        guard let key = node.keys.first, let row = node.rows.first else { return nil }
        return (key, row)
    }
}

// MARK: - Changes. The receiver has one reference; children are made unique before they are entered.

extension OrderedTableNode {
    typealias Split = (separator: Key, right: OrderedTableNode)

    /// A full node is split at its end if the new element belongs there, so that rows inserted in ascending order, at whatever place in
    /// the table, leave full nodes behind.
    func update(_ row: Row, forKey key: Key) -> (added: Bool, split: Split?) {
        if isLeaf {
            let index = firstIndex(notBefore: key)
            if index < keys.count, !(key < keys[index]) {
                rows[index] = row
                return (false, nil)
            }
            if keys.count == Self.leafCapacity, index == keys.count {
                return (true, (key, OrderedTableNode(keys: [key], rows: [row])))
            }
            // Split first: an array that once outgrows its capacity keeps twice that capacity.
            let middle = Self.leafCapacity / 2
            let split = keys.count == Self.leafCapacity ? self.split(leafAt: middle) : nil
            if let split, index > middle {
                split.right.insert(key, row, at: index - middle)
            } else {
                insert(key, row, at: index)
            }
            return (true, split)
        }
        var index = childIndex(for: key)
        makeChildUnique(index)
        if children[index].isFullLeaf(for: key), shareOut(index) { index = childIndex(for: key) }
        let (added, split) = children[index].update(row, forKey: key)
        guard let split else { return (added, nil) }
        keys.insert(split.separator, at: index)
        children.insert(split.right, at: index + 1)
        guard children.count > Self.innerCapacity else { return (added, nil) }
        let isAppending = index + 2 == children.count
        return (added, self.split(innerAt: isAppending ? children.count - 1 : children.count / 2))
    }

    /// Whether this is a leaf that would have to be split for a new row with this key, other than at its end.
    private func isFullLeaf(for key: Key) -> Bool {
        guard isLeaf, keys.count == Self.leafCapacity else { return false }
        let index = firstIndex(notBefore: key)
        return index < keys.count && key < keys[index]
    }

    /// Moves rows of a full leaf to a neighbour that has room, so that rows inserted in random order leave leaves four fifths full instead
    /// of two thirds (the B*-tree of Knuth, The Art of Computer Programming, 6.2.4). Afterwards both have one reference.
    /// - Returns: False if neither neighbour has room and nothing was moved.
    private func shareOut(_ index: Int) -> Bool {
        let full = children[index]
        // Requires room for more than two rows: moving one row at a time would cost a move for each row inserted.
        if index > 0, children[index - 1].keys.count < Self.leafCapacity - 2 {
            makeChildUnique(index - 1)
            let left = children[index - 1]
            let count = (Self.leafCapacity - left.keys.count + 1) / 2
            left.reserveLeaf()
            left.keys.append(contentsOf: full.keys[..<count])
            left.rows.append(contentsOf: full.rows[..<count])
            full.keys.removeSubrange(..<count)
            full.rows.removeSubrange(..<count)
            keys[index - 1] = full.keys[0]
            return true
        }
        if index + 1 < children.count, children[index + 1].keys.count < Self.leafCapacity - 2 {
            makeChildUnique(index + 1)
            let right = children[index + 1]
            let start = Self.leafCapacity - (Self.leafCapacity - right.keys.count + 1) / 2
            right.reserveLeaf()
            right.keys.insert(contentsOf: full.keys[start...], at: 0)
            right.rows.insert(contentsOf: full.rows[start...], at: 0)
            full.keys.removeSubrange(start...)
            full.rows.removeSubrange(start...)
            keys[index] = right.keys[0]
            return true
        }
        return false
    }

    private func reserveLeaf() {
        keys.reserveCapacity(Self.leafCapacity)
        rows.reserveCapacity(Self.leafCapacity)
    }

    private func insert(_ key: Key, _ row: Row, at index: Int) {
        // Doubled here, because an array that doubles by itself exceeds the most rows that a leaf ever has.
        if keys.count == keys.capacity { keys.reserveCapacity(min(Self.leafCapacity, 2 * keys.count)) }
        if rows.count == rows.capacity { rows.reserveCapacity(min(Self.leafCapacity, 2 * rows.count)) }
        keys.insert(key, at: index)
        rows.insert(row, at: index)
    }

    func remove(_ key: Key) -> Row? {
        if isLeaf {
            let index = firstIndex(notBefore: key)
            guard index < keys.count, !(key < keys[index]) else { return nil }
            keys.remove(at: index)
            return rows.remove(at: index)
        }
        let index = childIndex(for: key)
        makeChildUnique(index)
        let removed = children[index].remove(key)
        if children[index].isSparse { joinOrBalance(index) }
        return removed
    }

    private var isSparse: Bool {
        isLeaf ? keys.count < Self.leafCapacity / 3 : children.count < Self.innerCapacity / 3
    }

    private func makeChildUnique(_ index: Int) {
        if !isKnownUniquelyReferenced(&children[index]) { children[index] = children[index].copy() }
    }

    private func split(leafAt index: Int) -> Split {
        let right = OrderedTableNode(keys: Array(keys[index...]), rows: Array(rows[index...]))
        keys.removeSubrange(index...)
        rows.removeSubrange(index...)
        return (right.keys[0], right)
    }

    /// Children from `index` on move to the right; the separator before them moves up.
    private func split(innerAt index: Int) -> Split {
        let separator = keys[index - 1]
        let right = OrderedTableNode(separators: Array(keys[index...]), children: Array(children[index...]))
        keys.removeSubrange((index - 1)...)
        children.removeSubrange(index...)
        return (separator, right)
    }

    /// Merges a child that has become sparse with its neighbour, and splits the result again if it is too large for one node.
    private func joinOrBalance(_ sparse: Int) {
        guard children.count > 1 else { return }
        let index = sparse == 0 ? 0 : sparse - 1
        makeChildUnique(index)
        let left = children[index]
        let right = children[index + 1]
        if left.isLeaf {
            left.keys.append(contentsOf: right.keys)
            left.rows.append(contentsOf: right.rows)
        } else {
            left.keys.append(keys[index])
            left.keys.append(contentsOf: right.keys)
            left.children.append(contentsOf: right.children)
        }
        keys.remove(at: index)
        children.remove(at: index + 1)
        let size = left.isLeaf ? left.keys.count : left.children.count
        guard size > (left.isLeaf ? Self.leafCapacity : Self.innerCapacity) else { return }
        let split = left.isLeaf ? left.split(leafAt: size / 2) : left.split(innerAt: size / 2)
        keys.insert(split.separator, at: index)
        children.insert(split.right, at: index + 1)
    }
}

extension OrderedTable {
    /// The identity of every node, so that a test can count the nodes that a change copied.
    package var nodeIdentities: Set<ObjectIdentifier> {
        var identities: Set<ObjectIdentifier> = []
        var waiting = root.map { [$0] } ?? []
        while let node = waiting.popLast() {
            identities.insert(ObjectIdentifier(node))
            waiting.append(contentsOf: node.children)
        }
        return identities
    }
}
