extension OrderedTable {
    /// The first row whose key satisfies `isFound`, which must be false for all keys up to some point and true from there on. One descent;
    /// for a search by something that no key need be made of.
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
