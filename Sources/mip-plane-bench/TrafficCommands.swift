import ArgumentParser
import CLinuxNetwork
import Foundation
import MobileIPv4

/// What a sender or receiver has counted.
struct TrafficReport: Codable {
    var packets: UInt64
    /// Bytes of UDP payload.
    var octets: UInt64
    var seconds: Double
}

private func report(_ packets: UInt64, _ size: Int, _ seconds: Double) throws {
    let report = TrafficReport(packets: packets, octets: packets * UInt64(size), seconds: seconds)
    say(String(decoding: try JSONEncoder().encode(report), as: UTF8.self))
}

private func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// Fixed memory for a batch of equal datagrams.
private final class DatagramBatch {
    let messages: UnsafeMutablePointer<mip_message>
    private let vectors: UnsafeMutablePointer<iovec>
    private let memory: UnsafeMutableRawPointer
    static let count = 64

    init(size: Int) {
        messages = .allocate(capacity: Self.count)
        vectors = .allocate(capacity: Self.count)
        memory = .allocate(byteCount: Self.count * size, alignment: 64)
        memory.initializeMemory(as: UInt8.self, repeating: 0x55, count: Self.count * size)
        for index in 0..<Self.count {
            (vectors + index).initialize(to: iovec(iov_base: memory + index * size, iov_len: size))
            var message = mip_message()
            message.header.msg_iov = vectors + index
            message.header.msg_iovlen = 1
            (messages + index).initialize(to: message)
        }
    }

    deinit {
        messages.deallocate()
        vectors.deallocate()
        memory.deallocate()
    }
}

struct SendCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "send", abstract: "Sends UDP datagrams as fast as it can.")

    @Option(help: "Destination address.") var to: String
    @Option(help: "UDP port.") var port: UInt16 = 9999
    @Option(help: "UDP payload in bytes.") var size = 1400
    @Option(help: "Duration in seconds.") var seconds = 5.0
    @Option(help: "Maximum number of datagrams per second; 0 for no limit.") var rate = 0.0

    func run() throws {
        guard let address = IPv4Address(to), (1...65_000).contains(size) else {
            throw ValidationError("--to or --size is invalid; expected an IPv4 address and 1 to 65000")
        }
        let descriptor = socket(AF_INET, mip_socket_datagram, 0)
        guard descriptor >= 0, mip_connect_ipv4(descriptor, address.rawValue.bigEndian, port) == 0 else {
            throw ValidationError("cannot reach \(to)")
        }
        _ = mip_set_option(descriptor, mip_sol_socket, mip_so_send_buffer_force, 8 << 20)
        let batch = DatagramBatch(size: size)
        let start = now()
        var sent: UInt64 = 0
        while true {
            let elapsed = now() - start
            if elapsed >= seconds { return try report(sent, size, elapsed) }
            if rate > 0, Double(sent) >= rate * elapsed {
                usleep(200)
                continue
            }
            let number = mip_send_messages(descriptor, batch.messages, UInt32(DatagramBatch.count))
            if number > 0 { sent += UInt64(number) }
        }
    }
}

struct ReceiveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receive", abstract: "Counts UDP datagrams until none has arrived for a second.")

    @Option(help: "UDP port.") var port: UInt16 = 9999

    func run() throws {
        let descriptor = socket(AF_INET, mip_socket_datagram, 0)
        guard descriptor >= 0, mip_bind_udp(descriptor, port) == 0 else { throw ValidationError("cannot bind UDP port \(port)") }
        _ = mip_set_option(descriptor, mip_sol_socket, mip_so_receive_buffer_force, 64 << 20)
        let batch = DatagramBatch(size: 65_536)
        say("ready")
        var (received, octets): (UInt64, UInt64) = (0, 0)
        var (first, last) = (0.0, now() + 30)
        while true {
            let number = mip_receive_messages(descriptor, batch.messages, UInt32(DatagramBatch.count))
            if number > 0 {
                last = now()
                if received == 0 { first = last }
                received += UInt64(number)
                for index in 0..<Int(number) { octets += UInt64(batch.messages[index].length) }
            } else if now() > last + 1 {
                let report = TrafficReport(packets: received, octets: octets, seconds: max(0, last - first))
                return say(String(decoding: try JSONEncoder().encode(report), as: UTF8.self))
            } else {
                var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                poll(&ready, 1, 100)
            }
        }
    }
}
