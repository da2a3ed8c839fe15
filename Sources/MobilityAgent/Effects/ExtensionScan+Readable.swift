import AgentModel
import MobileIPv4

extension ExtensionScan {
    /// Reads the extensions of a message. When one of them is malformed, reads those before it and says so: the message may still be
    /// authenticated by them. Throws for an extension of 0…127 that is not understood, and for too many of them.
    static func readable(
        _ datagram: RawSpan, from offset: Int, understanding: borrowing ExtensionUnderstanding
    ) throws(MessageError) -> (scan: ExtensionScan, isPoorlyFormed: Bool) {
        do {
            return (try ExtensionScan(datagram, from: offset, understanding: understanding), false)
        } catch {
            switch error {
            case .extensionOverrun(_, let end), .malformedExtension(_, let end):
                return (try ExtensionScan(datagram.extracting(0..<end), from: offset, understanding: understanding), true)
            case .truncated, .unexpectedType, .unknownCriticalExtension, .tooManyExtensions: throw error
            }
        }
    }
}

extension DiscardReason {
    /// Why a message is dropped whose extensions could not be read at all.
    init(_ error: MessageError) {
        switch error {
        case .unknownCriticalExtension: self = .unknownExtension
        case .truncated, .unexpectedType, .extensionOverrun, .malformedExtension, .tooManyExtensions: self = .malformed
        }
    }
}
