import FuzzSupport

#if FUZZING
import FuzzDriver

@main enum EngineFuzzer {
    static func main() { FuzzDriver.run(engineFuzzers) }
}
#endif

/// Targets that drive the state machines with datagrams and time.
let engineFuzzers: [any FuzzTarget.Type] = [
    HomeAgentFuzzer.self, ForeignAgentFuzzer.self, MobileNodeFuzzer.self, MovementFuzzer.self, StateRecordFuzzer.self,
]
