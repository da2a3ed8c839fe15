/// The member of a record that a column or scalar shows. `mip-mib` uses it to turn objects back into records.
package struct MIBMember: Hashable, Sendable {
    /// How the member is derived from the object's value.
    package enum Form: Hashable, Sendable {
        /// According to the syntax: a number, a label, an address, a text (absent if empty), a time, a truth value, flags, or a storage
        /// type (absent if the row comes from the configuration).
        case bySyntax
        /// A number, absent if it is 0.
        case nonZero
        /// The unsigned number in an Integer32.
        case unsigned
        /// Whether the object has this label.
        case labelled(String)
        /// The object's label, absent if it is this one.
        case except(String)
        /// One of two words for a truth value.
        case words(yes: String, no: String)
        /// The object, absent unless this truth value in the same row is true.
        case only(MIBNode)
        /// Addresses separated by spaces, as a list; absent for an empty text if so declared.
        case addresses(absentIfEmpty: Bool)
        /// One half of an identification.
        case high, low
    }

    /// The path of the member in JSON, with dots between nested members.
    package let path: String
    package let form: Form
    /// The list to which the record belongs; nil for the list that the table or the group of scalars itself forms.
    package let list: String?

    init(_ path: String, _ form: Form = .bySyntax, list: String? = nil) {
        self.path = path
        self.form = form
        self.list = list
    }

    static func nonZero(_ path: String) -> MIBMember { MIBMember(path, .nonZero) }
    static func unsigned(_ path: String) -> MIBMember { MIBMember(path, .unsigned) }
    /// A list of addresses, in a text.
    static func addresses(_ path: String, absentIfEmpty: Bool = false) -> MIBMember {
        MIBMember(path, .addresses(absentIfEmpty: absentIfEmpty))
    }
    static func high(_ path: String) -> MIBMember { MIBMember(path, .high) }
    static func low(_ path: String) -> MIBMember { MIBMember(path, .low) }
    /// A member of the traffic forwarded for a node, which has a separate list.
    static func traffic(_ path: String) -> MIBMember { MIBMember(path, list: "traffic") }
}

extension MIBMember: ExpressibleByStringLiteral {
    package init(stringLiteral path: String) { self.init(path) }
}

/// An object and the member that it shows.
package struct MIBShownMember: Sendable {
    package let node: MIBNode
    package let member: MIBMember
}
