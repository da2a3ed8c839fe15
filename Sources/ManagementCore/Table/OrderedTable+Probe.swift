extension OrderedTable {
    /// The first row whose key satisfies `isFound`, which must be false for all keys up to some point and true from there on. Takes one
    /// descent; for searches by something from which a key need not be made.
    @inlinable
    public func first(whereKey isFound: (Key) -> Bool) -> Element? {
        first { node in
            var low = 0
            var high = node.keys.count
            while low < high {
                let middle = (low + high) / 2
                if isFound(node.keys[middle]) { high = middle } else { low = middle + 1 }
            }
            return low
        }
    }
}
