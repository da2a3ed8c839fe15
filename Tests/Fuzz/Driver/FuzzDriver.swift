import CFuzzer
package import FuzzSupport
import Glibc

/// The entry point of every fuzzer: runs libFuzzer on the target that the environment names.
package enum FuzzDriver {
    // Set once before libFuzzer starts, which calls back on the same thread.
    nonisolated(unsafe) fileprivate static var target: (any FuzzTarget.Type)?

    /// Without `MIP_FUZZ_TARGET`, prints the names of the targets and what they assert.
    package static func run(_ targets: [any FuzzTarget.Type]) -> Never {
        let wanted = getenv("MIP_FUZZ_TARGET").map { String(cString: $0) }
        guard let target = targets.first(where: { $0.name == wanted }) else {
            for target in targets { print("\(target.name)\t\(target.about)") }
            exit(wanted == nil ? 0 : 64)
        }
        self.target = target
        // A later -max_len of the caller takes precedence.
        var arguments = CommandLine.arguments
        arguments.insert("-max_len=\(target.maximumLength)", at: 1)
        var pointers = arguments.map { strdup($0) }
        pointers.append(nil)
        var count = CInt(arguments.count)
        exit(
            pointers.withUnsafeMutableBufferPointer { buffer in
                var start = buffer.baseAddress
                return LLVMFuzzerRunDriver(&count, &start, runOne)
            })
    }
}

private func runOne(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    // An array of its own, so that the address sanitizer notices a read past its end.
    let input = Array(UnsafeBufferPointer(start: data, count: size))
    do {
        try FuzzDriver.target?.run(input)
    } catch {
        fatalError("finding: \(error)")
    }
    return 0
}
