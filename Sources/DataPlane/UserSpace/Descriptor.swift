import CLinuxNetwork
import Glibc

/// An open file of this process, closed with the value.
struct Descriptor: ~Copyable {
    let number: CInt

    /// - Parameter number: what a system call gave; negative when it failed with `errno`.
    init(_ number: CInt, _ action: @autoclosure () -> String, hint: String? = nil) throws(DataPlaneError) {
        guard number >= 0 else {
            let code = errno
            throw DataPlaneError(action(), code, hint: code == EPERM || code == EACCES ? hint : nil)
        }
        self.number = number
    }

    deinit { close(number) }

    /// Gives the number to another owner.
    consuming func take() -> CInt {
        let number = number
        discard self
        return number
    }
}
