/// The extension types that have a layout in this module, in `all`, and what is known about the others. Forms are those on port
/// 434; in advertisements 127 and 255 are short and have no Sub-Type (RFC 4064 §4).
///
/// Being listed does not mean that any role acts on a type: an agent understands what its own `ExtensionUnderstanding` lists.
public enum ExtensionCatalogue {
    /// Assigned types that nothing in this module reads, with the form needed to skip them.
    static let unread: [(type: UInt8, name: String, form: ExtensionForm)] = [
        (0, "Padding", .padding), (49, "Route Optimization", .short), (50, "Route Optimization Data", .long),
        (128, "Deprecated (2001)", .short), (129, "SKIP Firewall Traversal", .short),
        (138, "Generalized Link Layer Address", .shortWithSubtype), (149, "Trusted Networks Configured", .short),
        (153, "Mobile Router Route Optimization Indication", .short), (154, "Multipath", .long),
    ]

    /// One entry for each of the 256 types.
    static let forms: [ExtensionForm] = {
        var forms = Array(repeating: ExtensionForm.short, count: 256)
        for entry in all { forms[Int(entry.type.rawValue)] = entry.form }
        for entry in unread { forms[Int(entry.type)] = entry.form }
        return forms
    }()

    static let names: [String?] = {
        var names = Array(repeating: String?.none, count: 256)
        for entry in all { names[Int(entry.type.rawValue)] = entry.name }
        for entry in unread { names[Int(entry.type)] = entry.name }
        return names
    }()
}
