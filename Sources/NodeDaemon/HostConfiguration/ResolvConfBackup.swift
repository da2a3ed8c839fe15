/// The file from before, as it is kept beside the one that the node has written: behind a line that marks it as such.
struct ResolvConfBackup: Hashable, Sendable {
    /// The contents of the file from before; nil if there was none.
    let original: [UInt8]?

    private static let marker = "# mip-node: below is the original of the file whose name lacks .mip-node\n"
    private static let absence = "# mip-node: there was no file whose name lacks .mip-node\n"

    init(original: [UInt8]?) { self.original = original }

    /// Nil for a file that has no such line.
    init?(contents: [UInt8]) {
        if contents.starts(with: Self.marker.utf8) {
            original = Array(contents.dropFirst(Self.marker.utf8.count))
        } else if contents.elementsEqual(Self.absence.utf8) {
            original = nil
        } else {
            return nil
        }
    }

    /// What the file holds.
    var contents: [UInt8] { original.map { Array(Self.marker.utf8) + $0 } ?? Array(Self.absence.utf8) }
}
