import FuzzSupport

#if FUZZING
import FuzzDriver

@main enum HTTPFuzzer {
    static func main() { FuzzDriver.run(httpFuzzers) }
}
#endif

/// Targets that read requests to the JSON API.
let httpFuzzers: [any FuzzTarget.Type] = [
    QueriesFuzzer.self, BodiesFuzzer.self, ConditionsFuzzer.self, LastEventIDFuzzer.self,
]
