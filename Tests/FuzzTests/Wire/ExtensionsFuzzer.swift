import FuzzSupport

@testable import MobileIPv4

/// The chain of extensions, and the typed value of each.
enum ExtensionsFuzzer: FuzzTarget {
    static let name = "extensions"
    static let about =
        "the cursor always moves and stays inside, and each typed extension is a fixed point of encoding and decoding"

    /// The layout of each type that has one.
    private static let layouts: [(any MobileIPExtension.Type)?] = {
        var layouts = [(any MobileIPExtension.Type)?](repeating: nil, count: 256)
        for layout in ExtensionCatalogue.all { layouts[Int(layout.type.rawValue)] = layout }
        return layouts
    }()

    static func run(_ input: [UInt8]) throws {
        let datagram = input.span.bytes
        var cursor = ExtensionCursor(offset: 0)
        while true {
            let before = cursor.offset
            let located: LocatedExtension?
            do throws(MessageError) {
                located = try cursor.next(in: datagram)
            } catch {
                guard case .extensionOverrun(let type, let offset) = error else { throw Finding("wrong error: \(error)") }
                try require(offset < input.count && input[offset] == type, "wrong error: \(error)")
                return
            }
            guard let located else { break }
            try require(cursor.offset > before && cursor.offset == located.end, "the cursor does not move")
            try require(located.start >= before && located.end <= input.count, "\(located) is outside")
            if let type = layouts[Int(located.type.rawValue)] { try read(type, located, input) }
            if let vendor = LocatedVendorExtension(located, in: datagram) { _ = vendor.isCritical }
        }
        try requireEqual(cursor.offset, input.count, "end of the chain")
    }

    private static func read<Extension: MobileIPExtension>(
        _: Extension.Type, _ located: LocatedExtension, _ input: [UInt8]
    ) throws {
        let value: Extension
        do throws(MessageError) {
            value = try Extension(located, in: input.span.bytes)
        } catch {
            guard case .malformedExtension(let type, let offset) = error else { throw Finding("wrong error: \(error)") }
            try require(type == located.type.rawValue && offset == located.start, "wrong error: \(error)")
            return
        }
        try requireEqual(located.type, Extension.type, "type")
        var octets: [UInt8] = []
        try value.encode(into: &octets)
        var cursor = ExtensionCursor(offset: 0)
        guard let again = try cursor.next(in: octets.span.bytes) else { throw Finding("\(value) encodes to nothing") }
        try requireEqual(again.end, octets.count, "length of \(value)")
        let second = try Extension(again, in: octets.span.bytes)
        try requireEqual(second, value, "decoded again")
        var secondOctets: [UInt8] = []
        try second.encode(into: &secondOctets)
        try requireEqual(secondOctets, octets, "encoded again")
        if let message = value as? MessageString { try check(message) }
        if let selection = value as? ServiceSelection { try check(selection.service) }
        if let vendor = value as? NormalVendorSpecific { try check(vendor.content) }
    }

    /// The normal form of a service's name is a name, and its own normal form.
    private static func check(_ service: ServiceIdentifier) throws {
        guard let normal = ServiceIdentifier(service.value) else { throw Finding("\(service.octets) has no normal form") }
        try requireEqual(normal, service, "normal form")
        try require(normal.value.utf8.elementsEqual(service.value.utf8), "\(service.octets) has two normal forms")
    }

    /// What is read as host configuration is a fixed point of writing and reading.
    private static func check(_ content: VendorSpecific) throws {
        guard let configuration = HostConfiguration(content) else { return }
        try requireEqual(try HostConfiguration(decoding: configuration.vendorSpecific), configuration, "host configuration")
    }

    /// What a user is shown is harmless, and a text is cut between two characters.
    private static func check(_ message: MessageString) throws {
        try require(MessageString.lengths.contains(message.octets.count), "\(message.octets.count) octets of text")
        let shown = message.printable.unicodeScalars
        try require(
            shown.allSatisfy {
                ![.control, .lineSeparator, .paragraphSeparator].contains($0.properties.generalCategory)
                    && !$0.properties.isBidiControl
            }, "\(message.printable.debugDescription) contains control characters")
        // Octets that are not UTF-8 make the text longer than it was.
        let text = message.text
        guard let made = MessageString(author: message.author, clipping: text) else { throw Finding("no text") }
        try require(MessageString.lengths.contains(made.octets.count), "\(made.octets.count) octets after a cut")
        try require(text.utf8.starts(with: made.octets), "a cut changes the text")
        try require(String(validating: made.octets, as: UTF8.self) != nil, "a cut goes through a scalar")
        if text.utf8.count <= MessageString.lengths.upperBound {
            try requireEqual(made.octets.count, text.utf8.count, "octets of a text that needs no cut")
        }
    }
}
