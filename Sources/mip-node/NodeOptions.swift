import AgentModel
import ArgumentParser
import DaemonSupport
import Foundation
import MobileIPv4
import MobileNode
import Persistence

/// The options that describe the nodes and their home agent.
struct NodeOptions: ParsableArguments {
    @Option(help: "The home agent, ADDRESS or ADDRESS:PORT (default port 434).")
    var homeAgent: String

    @Option(help: "Register through this foreign agent, ADDRESS or ADDRESS:PORT (default port 434).")
    var foreignAgent: String?

    @Option(help: "The care-of address; default is the foreign agent's address. Required without a foreign agent.")
    var careOfAddress: String?

    @Option(help: "SPI of the security association with the home agent, 256 to 4294967295.")
    var spi: UInt32

    @Option(help: "File with the key in hexadecimal digits; '-' for standard input.")
    var keyFile: String

    @Option(help: "Authentication algorithm: \(AuthenticationAlgorithm.allCases.map(\.rawValue).joined(separator: ", ")).")
    var algorithm = "hmac-md5"

    @Option(help: "Replay protection: timestamps or nonces.")
    var replay = "timestamps"

    @Option(help: "Lifetime to request in seconds, 1 to 65535; 65535 means infinity.")
    var lifetime: UInt16 = 1800

    @Option(help: "Request flags, as letters from SBDMGT.")
    var flags = ""

    @Option(help: "Requests to send before giving up, including retransmissions.")
    var tries = 4

    @Option(help: "Local address to send from.")
    var localAddress = "0.0.0.0"

    @Flag(help: "Send from each node's home address, as a node at a foreign agent does; it must be local.")
    var fromHomeAddress = false

    func makeConfiguration(homeAddress: IPv4Address, nai: NetworkAccessIdentifier?) throws -> MobileNodeConfiguration {
        let foreign = try foreignAgent.map { try Self.endpoint($0, "--foreign-agent") }
        let home = try Self.endpoint(homeAgent, "--home-agent")
        let careOf: IPv4Address
        if let careOfAddress {
            careOf = try Self.address(careOfAddress, "--care-of-address")
        } else if let foreign {
            careOf = foreign.address
        } else {
            throw ValidationError("without a foreign agent, --care-of-address ADDRESS is required")
        }
        guard spi > 255 else { throw ValidationError("--spi \(spi) is reserved; expected 256 to 4294967295") }
        guard lifetime > 0 else { throw ValidationError("--lifetime \(lifetime) is invalid; expected 1 to 65535 seconds") }
        guard tries > 0 else { throw ValidationError("--tries \(tries) is invalid; expected 1 or more") }
        guard let algorithm = AuthenticationAlgorithm(rawValue: algorithm) else {
            let known = AuthenticationAlgorithm.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--algorithm '\(algorithm)' is invalid; expected one of \(known)")
        }
        var configuration = MobileNodeConfiguration(
            homeAddress: homeAddress, homeAgent: home, foreignAgent: foreign, careOfAddress: careOf, nai: nai,
            spi: SecurityParameterIndex(rawValue: spi), key: try readKey())
        configuration.algorithm = algorithm
        switch replay {
        case "timestamps": configuration.replayMethod = .timestamps
        case "nonces": configuration.replayMethod = .nonces
        default: throw ValidationError("--replay '\(replay)' is invalid; expected timestamps or nonces")
        }
        configuration.lifetime = lifetime
        configuration.flags = try readFlags(coLocated: foreign == nil)
        configuration.tries = tries
        return configuration
    }

    private func readFlags(coLocated: Bool) throws -> RegistrationFlags {
        // A node that registers directly decapsulates by itself (RFC 5944 §3.3).
        var set: RegistrationFlags = coLocated ? .decapsulationByMN : []
        let letters: [Character: RegistrationFlags] = [
            "S": .simultaneousBindings, "B": .broadcastDatagram, "D": .decapsulationByMN, "M": .minEnc, "G": .gre,
            "T": .reverseTunnel,
        ]
        for letter in flags.uppercased() {
            guard let flag = letters[letter] else {
                throw ValidationError("--flags '\(letter)' is invalid; expected letters from SBDMGT")
            }
            set.insert(flag)
        }
        return set
    }

    private func readKey() throws -> AuthenticationKey {
        let text: String
        if keyFile == "-" {
            text = readLine() ?? ""
        } else {
            switch TextFile.read(keyFile, sizeLimit: 65_536, isSecret: true, caller: FileTrust.sudoCaller) {
            case .success(let file): text = file.text
            case .failure(let problem):
                throw ValidationError("the key file '\(keyFile.printable)': \(problem.text); \(problem.remedy)")
            }
        }
        let digits = text.filter { !$0.isWhitespace }
        guard let key = AuthenticationKey(hexadecimal: digits) else {
            throw ValidationError("the key in '\(keyFile.printable)' is invalid; expected an even number of hexadecimal digits")
        }
        if let (problem, remedy) = KeyStrength.warning(about: key, digits: digits.utf8.count) {
            FileHandle.standardError.write(Data("warning: the key \(problem); \(remedy)\n".utf8))
        }
        return key
    }

    static func address(_ text: String, _ option: String) throws -> IPv4Address {
        guard let address = IPv4Address(text) else {
            throw ValidationError("\(option) '\(text)' is invalid; expected an IPv4 address such as 192.0.2.1")
        }
        return address
    }

    static func endpoint(_ text: String, _ option: String) throws -> TransportEndpoint {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let port = parts.count == 2 ? DecimalNumber.parse(parts[1], as: UInt16.self) : TransportEndpoint.registrationPort
        guard let first = parts.first, parts.count <= 2, let address = IPv4Address(first), let port, port > 0 else {
            throw ValidationError("\(option) '\(text)' is invalid; expected ADDRESS or ADDRESS:PORT such as 192.0.2.1:434")
        }
        return TransportEndpoint(address, port: port)
    }
}
