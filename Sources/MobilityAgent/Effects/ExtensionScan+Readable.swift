import MobileIPv4

extension ExtensionScan {
    /// Reads the extensions of a message. When one of them is malformed, reads those before it and says so: the message may still be
    /// authenticated by them. Throws for an unknown extension of 0…127 alone.
    static func readable(
        _ datagram: RawSpan, from offset: Int
    ) throws(MessageError) -> (scan: ExtensionScan, isPoorlyFormed: Bool) {
        do {
            return (try ExtensionScan(datagram, from: offset), false)
        } catch {
            switch error {
            case .extensionOverrun(_, let end), .malformedExtension(_, let end):
                return (try ExtensionScan(datagram.extracting(0..<end), from: offset), true)
            case .truncated, .unexpectedType, .unknownCriticalExtension: throw error
            }
        }
    }
}
