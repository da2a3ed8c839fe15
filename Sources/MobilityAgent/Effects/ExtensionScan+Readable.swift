import AgentModel
import MobileIPv4

extension ExtensionScan {
    /// Reads the extensions of a message. If one of them is malformed, reads those before it and reports the message as poorly formed:
    /// those before may still authenticate it. Throws for an extension of 0…127 that is not understood, and for too many extensions.
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
    /// Why a message whose extensions could not be read at all is dropped.
    init(_ error: MessageError) {
        switch error {
        case .unknownCriticalExtension: self = .unknownExtension
        case .truncated, .unexpectedType, .extensionOverrun, .malformedExtension, .tooManyExtensions: self = .malformed
        }
    }
}
