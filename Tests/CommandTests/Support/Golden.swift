import Foundation
import MIPTesting
import Testing

/// Approved output, in Tests/CommandTests/Golden. `MIP_WRITE_GOLDEN=1 scripts/test --filter CommandTests` rewrites the files; read them
/// before you commit them.
enum Golden {
    static func expect(_ text: String, is name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let path = "\(BuiltProducts.repository)/Tests/CommandTests/Golden/\(name)"
        if ProcessInfo.processInfo.environment["MIP_WRITE_GOLDEN"] != nil {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            return
        }
        let expected = try? String(contentsOfFile: path, encoding: .utf8)
        #expect(text == expected, "differs from \(name)", sourceLocation: sourceLocation)
    }
}
