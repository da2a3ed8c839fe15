import MobileIPv4

/// Message strings in a reply, written and read as RFC 4917 §3 describes them, without the product's own codec.
extension Array where Element == UInt8 {
    /// Appends extension 145.
    ///
    /// - Parameter author: 1 for a home agent, 2 for a foreign agent.
    mutating func append(message text: String, by author: UInt8) {
        self += [145, UInt8(text.utf8.count + 1), author] + Array(text.utf8)
    }

    /// The types and data of the extensions of a Registration Reply, in order.
    var extensionsOfReply: [(type: UInt8, data: [UInt8])] {
        var found: [(type: UInt8, data: [UInt8])] = []
        var start = 20
        while start + 4 <= count {
            let isLong = self[start] == 36
            let header = isLong ? 4 : 2
            let length = isLong ? Int(self[start + 2]) << 8 | Int(self[start + 3]) : Int(self[start + 1])
            let end = Swift.min(count, start + header + length)
            found.append((self[start], Array(self[(start + header)..<end])))
            start = end
        }
        return found
    }

    /// The texts of a home agent (`author` 1) or foreign agent (2) in a Registration Reply; nil instead of one that is not UTF-8.
    func messages(by author: UInt8) -> [String?] {
        extensionsOfReply.filter { $0.type == 145 && $0.data.first == author }.map {
            String(validating: $0.data.dropFirst(), as: UTF8.self)
        }
    }
}
