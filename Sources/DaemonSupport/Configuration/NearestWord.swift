/// Finds the word that the user probably meant.
public enum NearestWord {
    /// The candidate with the fewest typing mistakes, if they are few for its length; of several equal ones, the first in alphabetical
    /// order.
    public static func of(_ candidates: some Sequence<String>, to word: String) -> String? {
        let word = Array(word.lowercased().unicodeScalars.prefix(64))
        var best: (distance: Int, candidate: String)?
        for candidate in candidates.sorted() {
            let distance = distance(Array(candidate.lowercased().unicodeScalars), word)
            if distance <= max(1, candidate.unicodeScalars.count / 3), distance < best?.distance ?? .max {
                best = (distance, candidate)
            }
        }
        return best?.candidate
    }

    /// The number of letters inserted, omitted, replaced, or swapped with their neighbour.
    private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
        var rows = [Array(0...b.count)]
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                var least = min(row[j] + 1, rows[i][j + 1] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { least = min(least, rows[i - 1][j - 1] + 1) }
                row.append(least)
            }
            rows.append(row)
        }
        return rows[a.count][b.count]
    }
}
