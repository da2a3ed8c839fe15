/// Worlds one after the other until enough mutants were delivered.
struct MutantRun {
    /// Steps of a world, each of which delivers up to four messages.
    static let stepsOfWorld = 1500

    private(set) var statistics = StressStatistics()
    private(set) var worlds = 0

    /// Runs worlds with seeds from `first` in steps of `stride`, until `mutants` signed mutants were delivered.
    ///
    /// - Parameter begin: called with each seed before its world runs, so that a crash can be repeated.
    /// - Returns: the first finding; nil if there is nothing to report.
    mutating func run(
        mutants: Int, first: UInt64, stride: UInt64 = 1, interval: Int = 32, begin: (UInt64) -> Void = { _ in }
    ) -> String? {
        var seed = first
        while statistics.mutants < mutants {
            begin(seed)
            if let finding = runWorld(seed, interval: interval) {
                // Once more with every check after every message, which names the message.
                let precise = interval > 1 ? runWorld(seed, interval: 1) : nil
                return "seed \(seed): \(precise ?? finding)"
            }
            worlds += 1
            seed &+= stride
        }
        return nil
    }

    private mutating func runWorld(_ seed: UInt64, interval: Int) -> String? {
        let plan = StressPlan(seed: seed, wholeCheckInterval: interval)
        var last: StressWorld.Delivery?
        var step = 0
        do throws(Finding) {
            var world = try StressWorld(plan)
            defer {
                last = world.last
                statistics.add(world.statistics)
            }
            while step < Self.stepsOfWorld {
                step += 1
                try world.step()
            }
            return nil
        } catch {
            let message = last.map { "\($0.payload.hexadecimal) from \($0.source) to \($0.local)" } ?? "none"
            return "step \(step): \(error)\n  last message: \(message)"
        }
    }
}

extension [UInt8] {
    /// Pairs of hexadecimal digits.
    var hexadecimal: String {
        map { octet in
            let digits = String(octet, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
