/// The member of a record that a column or scalar shows; `mip-mib` makes records of objects again by it.
package struct MIBMember: Hashable, Sendable {
    /// How the member is made of the object's value.
    package enum Form: Hashable, Sendable {
        /// As the syntax says: a number, a label, an address, a text that is absent where it is empty, a time, a truth, flags, a storage
        /// that is absent where it is the configuration's.
        case bySyntax
        /// A number, absent where it is 0.
        case nonZero
        /// The number without sign in an Integer32.
        case unsigned
        /// Whether the object has this label.
        case labelled(String)
        /// The object's label, absent where it is this.
        case except(String)
        /// One of two words for a truth.
        case words(yes: String, no: String)
        /// The object, absent unless this truth in the same row is one.
        case only(MIBNode)
        /// Half of an identification.
        case high, low
    }

    /// The member as in JSON, with dots before members of members.
    package let path: String
    package let form: Form
    /// The list that the record is of; nil for the list that the table or the group of scalars is.
    package let list: String?

    init(_ path: String, _ form: Form = .bySyntax, list: String? = nil) {
        self.path = path
        self.form = form
        self.list = list
    }

    static func nonZero(_ path: String) -> MIBMember { MIBMember(path, .nonZero) }
    static func unsigned(_ path: String) -> MIBMember { MIBMember(path, .unsigned) }
    static func high(_ path: String) -> MIBMember { MIBMember(path, .high) }
    static func low(_ path: String) -> MIBMember { MIBMember(path, .low) }
    /// What was forwarded for a node, which has a list of its own.
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
