import FuzzSupport
import MobileIPv4

@testable import NodeDaemon

/// The file of the resolver that a mobile node writes, made from the one that it has found, and names from the network in it.
enum ResolverFileFuzzer: FuzzTarget {
    static let name = "resolver-file"
    static let about = "a node knows its own file and every change to it, and gets the file from before back whatever was in it"
    static let maximumLength = 2048

    static func run(_ input: [UInt8]) throws {
        var input = FuzzInput(input)
        let (steering, place, length) = (input.octet(), Int(input.number16()), Int(input.octet()))
        let text = String(decoding: input.octets(length), as: UTF8.self)
        let original = input.rest()
        let domain = DomainName(text)
        if let domain { try check(domain) }
        let servers = steering & 1 == 0 ? [] : [IPv4Address(192, 0, 2, steering), IPv4Address(127, 0, 0, 1)]
        let backup = ResolvConfBackup(original: original)
        try require(ResolvConfBackup(contents: backup.contents) == backup, "the file from before is lost")
        if let known = ResolvConfBackup(contents: original) {
            try require(known.contents == original, "a file from before changes")
        }
        guard let settings = ResolverSettings(nameServers: servers, searchDomain: domain) else { return }
        var contents = ResolvConfText.contents(settings, original: original)
        try require(ResolvConfText.isOurs(contents), "a node does not know its own file")
        try require(ResolvConfText.contents(settings, original: original) == contents, "two files of the same")
        contents[place % contents.count] ^= 1
        try require(!ResolvConfText.isOurs(contents), "a change is not noticed")
    }

    private static func check(_ domain: DomainName) throws {
        let text = domain.description
        try require(DomainName(text) == domain, "'\(text)' is another name")
        try require(!text.hasPrefix("-") && (1...253).contains(text.utf8.count), "'\(text)' is no name")
        let isPlain = text.utf8.allSatisfy {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x2E
        }
        try require(isPlain, "'\(text)' has other characters")
    }
}
