import CLinuxNetwork
import Glibc

/// Why the data plane cannot do something, in words for the operator.
package struct DataPlaneError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String
    /// The errno of the system call that failed.
    package let code: CInt?

    init(_ description: String) {
        self.description = description
        code = nil
    }

    /// - Parameter action: what failed, such as `cannot set the route to 192.0.2.1/32`.
    init(_ action: String, _ code: CInt, hint: String? = nil) {
        self.code = code
        description = "\(action): \(String(cString: strerror(code)))" + (hint.map { "; \($0)" } ?? "")
    }
}
