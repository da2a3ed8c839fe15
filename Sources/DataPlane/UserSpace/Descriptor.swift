import CLinuxNetwork
import Glibc

/// An open file descriptor, closed when the value is destroyed.
struct Descriptor: ~Copyable {
    let number: CInt

    /// - Parameter number: the result of a system call; negative when it failed with `errno`.
    init(_ number: CInt, _ action: @autoclosure () -> String, hint: String? = nil) throws(DataPlaneError) {
        guard number >= 0 else {
            let code = errno
            throw DataPlaneError(action(), code, hint: code == EPERM || code == EACCES ? hint : nil)
        }
        self.number = number
    }

    deinit { close(number) }

    /// Transfers the descriptor to another owner.
    consuming func take() -> CInt {
        let number = number
        discard self
        return number
    }
}
