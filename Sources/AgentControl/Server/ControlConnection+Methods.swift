import AgentModel
import JSON
import Logging
import NIOCore

/// The methods that a connection answers.
extension ControlConnection {
    func dispatch(_ call: MessageCoding.Call, _ frame: ByteBuffer) {
        // Readers differ on which of two members with one name counts; what the caller meant is unknown.
        if let parameter = Self.repeatedParameter(in: frame) { return refuse(parameter, of: call.method) }
        if let method = AgentMethod(qualified: call.method) {
            dispatch(method, frame)
        } else if let method = ServiceMethod(qualified: call.method) {
            dispatch(method, frame)
        } else {
            let interface = call.method.split(separator: ".").dropLast().joined(separator: ".")
            if [InterfaceDescription.agentName, InterfaceDescription.serviceName].contains(interface) {
                fail(.methodNotFound, ["method": call.method])
            } else {
                fail(.interfaceNotFound, ["interface": interface])
            }
        }
    }

    /// The parameter that has a member twice somewhere within it, or that the call itself has twice; nil if there is none.
    private static func repeatedParameter(in frame: ByteBuffer) -> String? {
        guard let path = JSONDuplicates.first(in: frame.readableBytesView) else { return nil }
        let steps = path.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        return steps.count > 1 && steps[0] == "parameters" ? steps[1] : steps[0]
    }

    private func dispatch(_ method: ServiceMethod, _ frame: ByteBuffer) {
        switch method {
        case .getInfo:
            reply(
                VarlinkMessages.GetInfo(
                    vendor: "mip-mib", product: hub.version, version: hub.version,
                    url: "https://varlink.org", interfaces: [InterfaceDescription.serviceName, InterfaceDescription.agentName]))
        case .getInterfaceDescription:
            guard let parameters = parameters(VarlinkMessages.GetInterfaceDescription.self, of: method.rawValue, frame) else {
                return
            }
            switch parameters.interface {
            case InterfaceDescription.agentName: reply(VarlinkMessages.Description(description: InterfaceDescription.agent))
            case InterfaceDescription.serviceName:
                reply(VarlinkMessages.Description(description: InterfaceDescription.service))
            default: fail(.interfaceNotFound, ["interface": parameters.interface])
            }
        }
    }

    private func dispatch(_ method: AgentMethod, _ frame: ByteBuffer) {
        func read<P: Codable>(_ type: P.Type) -> P? { parameters(type, of: method.rawValue, frame) }
        let source = hub.source
        switch method {
        case .getInformation:
            guard let parameters = read(VarlinkMessages.AskInformation.self),
                let version = version(parameters.vocabulary, method)
            else { return }
            answer(as: hub.vocabulary(version)?.reply(to: method)) {
                VarlinkMessages.GetInformation(
                    information: await source.information(), time: await source.agentTime(), counts: await source.counts())
            }
        case .subscribe:
            // A subscription without replies, or with a single one, is not one.
            guard current?.wantsReply == true else { return endCall() }
            guard current?.wantsMore == true else { return fail(.expectedMore, NoParameters()) }
            guard let parameters = read(VarlinkMessages.Subscribe.self),
                let version = version(parameters.vocabulary, method)
            else { return }
            subscribe(to: parameters.topics, matching: parameters.filter, version)
        case .revokeBinding:
            guard let parameters = read(VarlinkMessages.RevokeBinding.self) else { return }
            answer {
                VarlinkMessages.Revoked(
                    revoked: try await source.revokeBinding(
                        homeAddress: parameters.homeAddress, careOfAddress: parameters.careOfAddress))
            }
        case .setEnabled:
            guard let parameters = read(VarlinkMessages.SetEnabled.self) else { return }
            answer {
                try await source.setEnabled(parameters.enabled)
                return NoParameters()
            }
        case .apply:
            guard let parameters = read(VarlinkMessages.Apply.self) else { return }
            let changes = parameters.changes.map(\.change)
            answer { try await source.apply(changes, validate: parameters.validate ?? false) }
        case .undo:
            guard let parameters = read(VarlinkMessages.Undo.self) else { return }
            answer {
                try await source.undo(parameters.token)
                return NoParameters()
            }
        }
    }

    /// The version that a caller speaks: 1 if it does not say, and never later than ours.
    private func version(_ reported: Int?, _ method: AgentMethod) -> Int? {
        guard let reported else { return 1 }
        guard reported >= 1 else {
            refuse("vocabulary", of: method.rawValue)
            return nil
        }
        return min(reported, hub.history.current)
    }

    private func parameters<P: Codable>(_: P.Type, of method: String, _ frame: ByteBuffer) -> P? {
        do {
            if let parameters = try coding.decode(MessageCoding.CallParameters<P>.self, from: frame).parameters {
                return parameters
            }
            return try coding.decode(P.self, from: ByteBuffer(string: "{}"))
        } catch {
            refuse((error as? ParameterReader.Invalid)?.name ?? "parameters", of: method)
            return nil
        }
    }

    /// Refuses the value of a parameter. The value itself, which may be a key, is neither sent back nor logged.
    private func refuse(_ parameter: String, of method: String) {
        hub.logger.debug("invalid parameter", metadata: ["method": "\(method)", "parameter": "\(parameter)"])
        fail(.invalidParameter, VarlinkMessages.InvalidParameter(parameter: parameter))
    }

    /// Runs an asynchronous method and sends its result or error.
    ///
    /// - Parameter form: What the caller knows of the reply; nil for everything.
    private func answer<R: Codable & Sendable>(
        as form: VocabularyForm? = nil, _ body: @escaping @Sendable () async throws -> R
    ) {
        let bound = NIOLoopBound(self, eventLoop: hub.loop)
        hub.loop.makeFutureWithTask(body).whenComplete { result in
            let connection = bound.value
            switch result {
            case .success(let parameters): connection.reply(parameters, as: form)
            case .failure(ControlError.bindingNotFound(let home, let careOf)):
                connection.fail(.bindingNotFound, VarlinkMessages.RevokeBinding(homeAddress: home, careOfAddress: careOf))
            case .failure(ControlError.refused(let reason)):
                connection.fail(.refused, VarlinkMessages.Refused(reason: reason))
            case .failure(ControlError.changeRefused(let refusal)):
                connection.fail(
                    .changeRefused,
                    VarlinkMessages.ChangeRefused(
                        index: refusal.index, field: refusal.field, problem: refusal.problem, reason: refusal.reason))
            case .failure(let error): connection.fail(.refused, VarlinkMessages.Refused(reason: "\(error)"))
            }
        }
    }
}
