/// Finds what somebody probably meant to type.
public enum NearestWord {
    /// The candidate with the fewest typing mistakes, if they are few for its length; the first in alphabetical order among equals.
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

    /// Levenshtein's distance.
    private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
        var row = Array(0...b.count)
        for (i, x) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, y) in b.enumerated() {
                let above = row[j + 1]
                row[j + 1] = min(above + 1, row[j] + 1, diagonal + (x == y ? 0 : 1))
                diagonal = above
            }
        }
        return row[b.count]
    }
}
