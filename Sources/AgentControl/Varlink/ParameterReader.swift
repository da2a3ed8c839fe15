import JSON

/// Reads the parameters of a call one by one, so that an invalid one is reported by its name, whatever the JSON decoder knows about it: for
/// a number out of range it reports no path at all.
struct ParameterReader {
    /// A parameter is missing or has an invalid value.
    struct Invalid: Error {
        /// Name of the parameter.
        let name: String
    }

    private let members: KeyedDecodingContainer<MemberKey>

    init(_ decoder: any Decoder) throws { members = try decoder.container(keyedBy: MemberKey.self) }

    func required<Value: Decodable>(_ name: String) throws -> Value {
        do { return try members.decode(Value.self, forKey: MemberKey(name)) } catch { throw Invalid(name: name) }
    }

    func optional<Value: Decodable>(_ name: String) throws -> Value? {
        do { return try members.decodeIfPresent(Value.self, forKey: MemberKey(name)) } catch { throw Invalid(name: name) }
    }
}

extension VarlinkMessages.GetInterfaceDescription {
    init(from decoder: any Decoder) throws { interface = try ParameterReader(decoder).required("interface") }
}

extension VarlinkMessages.AskInformation {
    init(from decoder: any Decoder) throws { vocabulary = try ParameterReader(decoder).optional("vocabulary") }
}

extension VarlinkMessages.Subscribe {
    init(from decoder: any Decoder) throws {
        let reader = try ParameterReader(decoder)
        topics = try reader.optional("topics")
        vocabulary = try reader.optional("vocabulary")
        homeAddress = try reader.optional("homeAddress")
        nai = try reader.optional("nai")
        if let homeAddress, Self.addresses(homeAddress) == nil { throw ParameterReader.Invalid(name: "homeAddress") }
    }
}

extension VarlinkMessages.RevokeBinding {
    init(from decoder: any Decoder) throws {
        let reader = try ParameterReader(decoder)
        homeAddress = try reader.required("homeAddress")
        careOfAddress = try reader.optional("careOfAddress")
    }
}

extension VarlinkMessages.SetEnabled {
    init(from decoder: any Decoder) throws { enabled = try ParameterReader(decoder).required("enabled") }
}

extension VarlinkMessages.Apply {
    init(from decoder: any Decoder) throws {
        let reader = try ParameterReader(decoder)
        changes = try reader.required("changes")
        validate = try reader.optional("validate")
    }
}

extension VarlinkMessages.Undo {
    init(from decoder: any Decoder) throws { token = try ParameterReader(decoder).required("token") }
}
