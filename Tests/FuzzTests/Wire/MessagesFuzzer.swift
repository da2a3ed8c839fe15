import FuzzSupport

@testable import MobileIPv4

/// Registration messages: the fixed part by its type, and the scan of the extensions after it.
enum MessagesFuzzer: FuzzTarget {
    static let name = "messages"
    static let about =
        "every kind of message, from requests to experimental ones, decodes to what encodes to the same octets"

    /// Understands every extension with a layout.
    private static let everything = ExtensionUnderstanding(ExtensionCatalogue.all.map { entry($0) } + .base)
    /// Understands only what every role does.
    private static let base = ExtensionUnderstanding(.base)
    /// Understands only what notifications may contain.
    private static let notification = ExtensionUnderstanding(GenericNotification.permittedExtensions)

    private static func entry<Extension: MobileIPExtension>(_: Extension.Type) -> ExtensionUnderstanding.Entry {
        .all(Extension.self)
    }

    static func run(_ input: [UInt8]) throws {
        try fixed(input, RegistrationRequest.fixedSize, .registrationRequest, RegistrationRequest.init(decoding:)) {
            $0.encode(into: &$1)
        }
        try fixed(input, RegistrationReply.fixedSize, .registrationReply, RegistrationReply.init(decoding:)) {
            $0.encode(into: &$1)
        }
        try fixed(input, RegistrationRevocation.fixedSize, .registrationRevocation, RegistrationRevocation.init(decoding:)) {
            $0.encode(into: &$1)
        }
        try fixed(input, RevocationAcknowledgment.fixedSize, .revocationAcknowledgment, RevocationAcknowledgment.init(decoding:))
        {
            $0.encode(into: &$1)
        }
        try fixed(input, GenericNotification.fixedSize, .genericNotification, GenericNotification.init(decoding:)) {
            $0.encode(into: &$1)
        }
        try fixed(
            input, GenericNotificationAcknowledgment.fixedSize, .genericNotificationAcknowledgment,
            GenericNotificationAcknowledgment.init(decoding:)
        ) {
            $0.encode(into: &$1)
        }
        try fixed(input, ExperimentalMessage.fixedSize, .experimental, ExperimentalMessage.init(decoding:)) {
            $0.encode(into: &$1)
        }
        try answer(input)
    }

    /// A notification in a defined direction has an acknowledgment in the opposite one, with the same low word.
    private static func answer(_ input: [UInt8]) throws {
        guard let notification = try? GenericNotification(decoding: input.span.bytes) else { return }
        for code in NotificationCode.all {
            let answer = GenericNotificationAcknowledgment(to: notification, code: code, clock: Identification(rawValue: .max))
            try requireEqual(answer == nil, notification.direction.path == nil, "whether \(notification) can be answered")
            guard let answer else { return }
            try requireEqual(answer.direction.path?.acknowledgment, notification.direction, "direction back")
            try requireEqual(answer.identification.low, notification.identification.low, "low word")
        }
    }

    /// Decodes the fixed part, and if that succeeds, encodes it again and scans what follows.
    private static func fixed<Message: Hashable>(
        _ input: [UInt8], _ size: Int, _ type: MessageType, _ decode: (RawSpan) throws(MessageError) -> Message,
        _ encode: (Message, inout [UInt8]) -> Void
    ) throws {
        let message: Message
        do throws(MessageError) {
            message = try decode(input.span.bytes)
        } catch {
            switch error {
            case .truncated(let expected, let actual):
                try require(input.count < size && expected == size && actual == input.count, "wrong error: \(error)")
            case .unexpectedType(let found):
                try require(input.count >= size && input[0] == found && found != type.rawValue, "wrong error: \(error)")
            default: throw Finding("wrong error: \(error)")
            }
            return
        }
        try require(input.count >= size && input[0] == type.rawValue, "a \(type) was read from other octets")
        var octets: [UInt8] = []
        encode(message, &octets)
        try requireEqual(octets.count, size, "length of the fixed part")
        try requireEqual(try decode(octets.span.bytes), message, "decoded again")
        if type == .registrationRequest || type == .registrationReply {
            // These have no reserved octets.
            try requireEqual(octets, Array(input[..<size]), "encoded again")
        }
        for understanding in [everything, base, notification] { try scan(input, size, understanding) }
    }

    private static func scan(_ input: [UInt8], _ start: Int, _ understanding: ExtensionUnderstanding) throws {
        let datagram = input.span.bytes
        let scan: ExtensionScan
        do throws(MessageError) {
            scan = try ExtensionScan(datagram, from: start, understanding: understanding)
        } catch {
            switch error {
            case .unknownCriticalExtension(let type, let offset):
                try require(type < 128 && offset >= start && input[offset] == type, "wrong error: \(error)")
            case .extensionOverrun(let type, let offset), .malformedExtension(let type, let offset):
                try require(offset >= start && offset < input.count && input[offset] == type, "wrong error: \(error)")
            case .tooManyExtensions(let limit): try requireEqual(limit, ExtensionScan.capacity, "limit")
            default: throw Finding("wrong error: \(error)")
            }
            return
        }
        try require((0...ExtensionScan.capacity).contains(scan.count), "\(scan.count) extensions")
        let whole = MessagePart(from: 0, to: input.count)
        var end = start
        for index in 0..<scan.count {
            let located = scan[index]
            try require(located.start >= end && located.end <= input.count, "\(located) overlaps another, or the end")
            try require(located.data.lowerBound >= located.start + 2, "\(located) has no header")
            try require(understanding.covers(located), "\(located) is not understood")
            end = located.end
            try require(
                (scan.first(located.type, in: whole)?.start ?? .max) <= located.start, "the first \(located.type) is a later one")
            try require(scan.count(of: located.type) >= 1, "\(located.type) is not counted")
        }
        for authentication in [scan.mobileHome, scan.mobileForeign, scan.anyMobileForeign, scan.foreignHome, scan.mobileAAA] {
            guard let authentication else { continue }
            try require(authentication.authenticator.upperBound <= authentication.end, "authenticator past its extension")
            try require(authentication.end <= input.count, "authenticator past the end")
        }
        if let end = scan.authorizationEnablingEnd {
            try require(
                end <= input.count && (scan.mobileHome != nil || scan.mobileAAA != nil), "no authenticator ends at \(end)")
        }
        for vendor in scan.vendorExtensions(in: datagram) { _ = vendor.isCritical }
    }
}
