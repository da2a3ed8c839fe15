import CNetSNMP
import Logging
import MIPMIB

/// The current SetRequest. Use it on the SNMP thread only.
///
/// The varbinds of one request arrive in one call for each registered subtree, and each phase of an AgentX request arrives as a separate
/// request. The transaction identifier connects them. net-snmp processes one SET at a time; a transaction left over from a master that
/// died is dropped when another begins.
final class SetTransactions {
    private var current: (identifier: Int, context: ObjectIdentifier, transaction: SetTransaction)?
    private let logger: Logger

    init(logger: Logger) { self.logger = logger }

    /// Handles one call of the library for the varbinds of a request in one subtree.
    ///
    /// - Parameter context: identifies the SNMP context.
    func handle(
        _ information: UnsafeMutablePointer<netsnmp_agent_request_info>, _ first: UnsafeMutablePointer<netsnmp_request_info>?,
        context: ObjectIdentifier, make: () -> SetTransaction
    ) {
        guard let session = information.pointee.asp, let pdu = session.pointee.pdu else { return }
        let identifier = pdu.pointee.transid
        switch information.pointee.mode {
        case CInt(MODE_SET_RESERVE1):
            let transaction = open(identifier, context, make)
            for request in Requests(first) {
                guard let variable = request.pointee.requestvb else { continue }
                transaction.collect(SNMPVariable.assignment(variable), index: request.pointee.index)
            }
        case CInt(MODE_SET_RESERVE2):
            report(find(identifier, context)?.reserve(), information, first)
        case CInt(MODE_SET_ACTION): report(find(identifier, context)?.commit(), information, first)
        case CInt(MODE_SET_UNDO): report(find(identifier, context)?.undo(), information, first)
        default:
            // COMMIT and FREE come after everything that can fail.
            if find(identifier, context) != nil { current = nil }
        }
    }

    private func open(_ identifier: Int, _ context: ObjectIdentifier, _ make: () -> SetTransaction) -> SetTransaction {
        if let transaction = find(identifier, context), transaction.isCollecting { return transaction }
        let transaction = make()
        current = (identifier, context, transaction)
        return transaction
    }

    private func find(_ identifier: Int, _ context: ObjectIdentifier) -> SetTransaction? {
        guard let current, current.identifier == identifier, current.context == context else { return nil }
        return current.transaction
    }

    /// Marks the varbind at fault, if it is among these. A varbind of another subtree is marked in the call for that subtree.
    private func report(
        _ failure: SetTransaction.Failure?, _ information: UnsafeMutablePointer<netsnmp_agent_request_info>,
        _ first: UnsafeMutablePointer<netsnmp_request_info>?
    ) {
        guard let failure else { return }
        for request in Requests(first) where request.pointee.index == failure.index {
            netsnmp_set_request_error(information, request, failure.status.rawValue)
            Self.log(failure, to: logger)
        }
    }

    /// Logs a refusal.
    static func log(_ failure: SetTransaction.Failure, to logger: Logger) {
        logger.notice(
            "a SET was refused",
            metadata: ["varbind": "\(failure.index)", "status": "\(failure.status)", "reason": "\(failure.reason)"])
    }
}

/// The library's list of varbinds that have not been answered yet.
struct Requests: Sequence, IteratorProtocol {
    private var following: UnsafeMutablePointer<netsnmp_request_info>?

    init(_ first: UnsafeMutablePointer<netsnmp_request_info>?) { following = first }

    mutating func next() -> UnsafeMutablePointer<netsnmp_request_info>? {
        while let request = following {
            following = request.pointee.next
            if request.pointee.processed == 0 { return request }
        }
        return nil
    }
}
