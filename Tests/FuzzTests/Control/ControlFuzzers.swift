import FuzzSupport

#if FUZZING
import FuzzDriver

@main enum ControlFuzzer {
    static func main() { FuzzDriver.run(controlFuzzers) }
}
#endif

/// Targets that read the control socket.
let controlFuzzers: [any FuzzTarget.Type] = [
    CanonicalFuzzer.self, VarlinkFuzzer.self, VocabularyFuzzer.self, FramesFuzzer.self, JSONFuzzer.self,
]
