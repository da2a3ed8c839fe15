import Foundation

/// A port of 127.0.0.1 that nobody uses at the moment, for programs that cannot choose one themselves.
public func freePort(stream: Bool = false) -> UInt16 {
    let descriptor = socket(AF_INET, Int32(stream ? SOCK_STREAM.rawValue : SOCK_DGRAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    return withUnsafeMutablePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
            bind(descriptor, pointer, length)
            getsockname(descriptor, pointer, &length)
        }
        return UInt16(bigEndian: $0.pointee.sin_port)
    }
}
