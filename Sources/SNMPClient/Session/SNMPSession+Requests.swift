/// What an agent answers for one of the names of a request.
struct Successors: Sendable {
    /// Instances after the name, in order. None if the agent sent fewer variables than requested.
    var bindings: [VariableBinding] = []
    /// The agent's refusal to read what comes after the name.
    var failure: SNMPError?
}

/// What is known about an agent, so that a request is not repeated in a form that it has refused before.
struct AgentManners: Sendable {
    /// Most variables that fit into an answer, as far as known.
    var variables = Int.max
    /// Whether the agent answers GETBULK; nil until it is known.
    var knowsBulk: Bool?
}

extension SNMPSession {
    /// A refusal that took longer than this comes from a subagent that does not answer; requests for its single variables would take as long
    /// again, one after the other.
    private static let promptly = Duration.milliseconds(500)

    /// The instances after each of these names, with whatever requests the agent answers: GETBULK with as many repetitions as fit, fewer
    /// names at once, or GETNEXT. What worked is remembered for the session.
    ///
    /// - Parameter repetitions: Maximum number of instances after each name.
    /// - Returns: One element for each name.
    func successors(of names: [[UInt32]], repetitions: Int) throws(SNMPError) -> [Successors] {
        guard !names.isEmpty else { return [] }
        if names.count > manners.variables { return try inParts(names, of: manners.variables, repetitions) }
        let repetitions = manners.knowsBulk == false ? 1 : max(1, min(repetitions, manners.variables / names.count))
        let began = ContinuousClock.now
        do throws(SNMPError) {
            return Self.distribute(try ask(names, repetitions), among: names.count)
        } catch {
            let (variables, isPrompt) = (names.count * repetitions, ContinuousClock.now - began < Self.promptly)
            switch error {
            // tooBig
            case .refused(status: 1, _) where variables > 1:
                manners.variables = variables / 2
                return try successors(of: names, repetitions: repetitions)
            // noSuchName, with which an agent of SNMPv1's manner ends a walk.
            case .refused(status: 2, _) where repetitions > 1:
                manners.knowsBulk = false
                return try successors(of: names, repetitions: 1)
            case .refused(status: 2, let index):
                guard let place = Self.place(index, names) else { throw error }
                var all = try successors(of: Self.without(place, names), repetitions: repetitions)
                all.insert(Successors(bindings: [VariableBinding(names[place], .endOfMibView)]), at: place)
                return all
            // genErr: one variable that cannot be read must not hide the others.
            case .refused(status: 5, _) where isPrompt && variables > 1:
                if repetitions > 1 { return try successors(of: names, repetitions: 1) }
                return try inParts(names, of: (names.count + 1) / 2, 1)
            case .refused(status: 5, _) where isPrompt: return [Successors(failure: error)]
            default: throw error
            }
        }
    }

    /// Exactly these instances, with as many requests as the agent needs.
    ///
    /// - Returns: One element for each name; `failed` is the refusal of those that cannot be read, which have `noSuchInstance`.
    func instances(of names: [[UInt32]]) throws(SNMPError) -> (bindings: [VariableBinding], failed: SNMPError?) {
        guard !names.isEmpty else { return ([], nil) }
        guard names.count <= manners.variables else { return try instancesInParts(names, of: manners.variables) }
        let began = ContinuousClock.now
        do throws(SNMPError) {
            let answer = try call(.getRequest, names.map { VariableBinding($0) })
            guard answer.map(\.name) == names else { throw .unexpected("it contains other variables than those requested") }
            return (answer, nil)
        } catch {
            let isPrompt = ContinuousClock.now - began < Self.promptly
            switch error {
            case .refused(status: 1, _) where names.count > 1:
                manners.variables = names.count / 2
                return try instancesInParts(names, of: manners.variables)
            case .refused(status: 2, let index):
                guard let place = Self.place(index, names) else { throw error }
                var answer = try instances(of: Self.without(place, names))
                answer.bindings.insert(VariableBinding(names[place], .noSuchInstance), at: place)
                return answer
            case .refused(status: 5, _) where isPrompt && names.count > 1:
                return try instancesInParts(names, of: (names.count + 1) / 2)
            case .refused(status: 5, _) where isPrompt: return ([VariableBinding(names[0], .noSuchInstance)], error)
            default: throw error
            }
        }
    }

    // MARK: - Parts of a request

    private func inParts(_ names: [[UInt32]], of size: Int, _ repetitions: Int) throws(SNMPError) -> [Successors] {
        var all: [Successors] = []
        for part in Self.parts(names, of: size) { all += try successors(of: part, repetitions: repetitions) }
        return all
    }

    private func instancesInParts(
        _ names: [[UInt32]], of size: Int
    ) throws(SNMPError) -> (bindings: [VariableBinding], failed: SNMPError?) {
        var (all, failed): ([VariableBinding], SNMPError?) = ([], nil)
        for part in Self.parts(names, of: size) {
            let answer = try instances(of: part)
            all += answer.bindings
            failed = failed ?? answer.failed
        }
        return (all, failed)
    }

    /// The names in parts of at most this size.
    private static func parts(_ names: [[UInt32]], of size: Int) -> [[[UInt32]]] {
        let size = max(1, size)
        return stride(from: 0, to: names.count, by: size).map { Array(names[$0..<min(names.count, $0 + size)]) }
    }

    /// The place of the name that an error-index is about; nil if the agent names none.
    private static func place(_ index: Int32, _ names: [[UInt32]]) -> Int? {
        if names.count == 1 { return 0 }
        return Int(exactly: index).map { $0 - 1 }.flatMap { names.indices.contains($0) ? $0 : nil }
    }

    private static func without(_ place: Int, _ names: [[UInt32]]) -> [[UInt32]] {
        var rest = names
        rest.remove(at: place)
        return rest
    }

    /// An answer has the variables of one repetition after the other, in the order of the names.
    private static func distribute(_ answer: [VariableBinding], among count: Int) -> [Successors] {
        var all = [Successors](repeating: Successors(), count: count)
        for (place, binding) in answer.enumerated() { all[place % count].bindings.append(binding) }
        return all
    }

    // MARK: - GETBULK or GETNEXT

    /// Asks with GETBULK, or with GETNEXT if the agent does not answer GETBULK.
    private func ask(_ names: [[UInt32]], _ repetitions: Int) throws(SNMPError) -> [VariableBinding] {
        let bindings = names.map { VariableBinding($0) }
        if manners.knowsBulk == false { return try call(.getNextRequest, bindings) }
        if manners.knowsBulk == nil {
            do throws(SNMPError) {
                let answer = try call(.getBulkRequest, bindings, repetitions: Int32(clamping: repetitions), attempts: 1)
                manners.knowsBulk = true
                return answer
            } catch {
                guard case .timedOut = error else {
                    if case .refused = error { manners.knowsBulk = true }
                    throw error
                }
            }
            // Silence may have other reasons: only an answer to GETNEXT proves that GETBULK is the one.
            do throws(SNMPError) {
                let answer = try call(.getNextRequest, bindings, attempts: 1)
                manners.knowsBulk = false
                return answer
            } catch {
                guard case .timedOut = error else {
                    manners.knowsBulk = false
                    throw error
                }
            }
        }
        // What is left of the waiting time, if two attempts have been made already.
        return try call(
            .getBulkRequest, bindings, repetitions: Int32(clamping: repetitions), attempts: manners.knowsBulk == nil ? 1 : nil)
    }
}
