/// Something that an agent or node must never do. A world ends with its first finding.
struct Finding: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
