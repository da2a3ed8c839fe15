import CLinuxNetwork
import Glibc

/// Why something cannot be carried, in words for the operator.
package struct DataPlaneError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String
    /// The errno of the system call that failed.
    package let code: CInt?

    init(_ description: String) {
        self.description = description
        code = nil
    }

    /// - Parameter action: what was tried, such as `the route to 192.0.2.1 cannot be set`.
    init(_ action: String, _ code: CInt, hint: String? = nil) {
        self.code = code
        description = "\(action): \(String(cString: strerror(code)))" + (hint.map { "; \($0)" } ?? "")
    }
}
