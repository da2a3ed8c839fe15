import AgentModel
import JSON

/// How a member of a row is made from MIB objects.
struct SNMPMember: Sendable {
    /// The path of the member, with dots between nested members.
    let path: String
    /// The objects from which it is made.
    let objects: [String]
    let value: @Sendable (SNMPObjects) -> JSONValue?

    init(_ path: String, _ objects: [String], _ value: @escaping @Sendable (SNMPObjects) -> JSONValue?) {
        self.path = path
        self.objects = objects
        self.value = value
    }

    /// The unchanged value of the object.
    init(_ path: String, _ object: String) { self.init(path, [object]) { $0[object] } }

    static func constant(_ path: String, _ text: String) -> SNMPMember { SNMPMember(path, []) { _ in .string(text) } }

    /// A text, absent if it is empty.
    static func text(_ path: String, _ object: String) -> SNMPMember {
        SNMPMember(path, [object]) { $0.text(object).map(JSONValue.string) }
    }

    /// A Boolean: a TruthValue, or whether an enumeration has this label.
    static func truth(_ path: String, _ object: String, is label: String = "true") -> SNMPMember {
        SNMPMember(path, [object]) { objects in objects.text(object).map { .bool($0 == label) } }
    }

    /// A TruthValue as one of two words.
    static func word(_ path: String, _ object: String, yes: String, no: String) -> SNMPMember {
        SNMPMember(path, [object]) { objects in objects.text(object).map { .string($0 == "true" ? yes : no) } }
    }

    /// An unsigned number carried in an Integer32.
    static func unsigned(_ path: String, _ object: String) -> SNMPMember {
        SNMPMember(path, [object]) { $0.bits(object).map { JSONValue($0) } }
    }

    /// A number, absent if it is 0.
    static func nonZero(_ path: String, _ object: String) -> SNMPMember {
        SNMPMember(path, [object]) { objects in
            objects.number(object).flatMap { $0 == 0 ? nil : JSONValue($0) }
        }
    }

    /// An identification in two halves of 32 bits, as hexadecimal digits.
    static func identification(_ path: String, high: String, low: String) -> SNMPMember {
        SNMPMember(path, [high, low]) { objects in
            guard let high = objects.bits(high), let low = objects.bits(low) else { return nil }
            let digits = String(UInt64(high) << 32 | UInt64(low), radix: 16)
            return .string(String(repeating: "0", count: 16 - digits.count) + digits)
        }
    }

    /// DateAndTime as RFC 3339; absent if it means never.
    static func time(_ path: String, _ object: String) -> SNMPMember {
        SNMPMember(path, [object]) { $0.time(object).map { .string("\($0)") } }
    }

    /// TimeStamp as RFC 3339, accurate to a second.
    static func stamp(_ path: String, _ object: String) -> SNMPMember {
        SNMPMember(path, [object] + SNMPObjects.clock) { $0.stamp(object).map { .string("\($0)") } }
    }

    /// The peer that an identifier names: its NAI, its address, or the text of the index.
    static func peer(_ path: String, nai: String, address: String, index: String) -> SNMPMember {
        SNMPMember(path, [nai, address]) { objects in
            if let name = objects.text(nai) { return .string(name) }
            if let address = objects.text(address), address != "0.0.0.0" { return .string(address) }
            return objects.text(index).map(JSONValue.string)
        }
    }
}
