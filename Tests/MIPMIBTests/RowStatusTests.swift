import AgentModel
import MIPMIB
import MIPTesting
import ManagementCore
import MobileIPv4
import Testing

/// A table with a RowStatus column, and an instance of it that exists or does not.
struct RowStatusCase: Sendable, CustomTestStringConvertible {
    let column: String
    let instance: [UInt]
    let exists: Bool
    let isNode: Bool
    /// The column that a new row requires in addition to its status.
    var needs: String?

    var testDescription: String { "\(column), \(exists ? "active" : "no row")" }

    static let all = [
        RowStatusCase(column: "faCOAStatus", instance: [192, 0, 2, 77], exists: false, isNode: false),
        RowStatusCase(column: "faCOAStatus", instance: [192, 0, 2, 1], exists: true, isNode: false),
        RowStatusCase(column: "mnHAStatus", instance: [192, 0, 2, 77], exists: false, isNode: true),
        RowStatusCase(column: "mnHAStatus", instance: [10, 0, 0, 1], exists: true, isNode: true),
        RowStatusCase(
            column: "mipSecurityStatus", instance: PlanTests.alice, exists: false, isNode: false, needs: "mipSecurityKey"),
        RowStatusCase(column: "mipSecurityStatus", instance: PlanTests.known, exists: true, isNode: false),
    ]
}

@Suite("RowStatus of RFC 2579")
struct RowStatusTests {
    @Test("Every value has the specified result for a row that exists and for one that does not", arguments: RowStatusCase.all)
    func matrix(_ example: RowStatusCase) async throws {
        let view = try await PlanTests.view(example.isNode ? [.mobileNode] : [.homeAgent, .foreignAgent])
        // active, notInService, notReady, createAndGo, createAndWait, destroy; nil for success.
        let absent: [MIBSetStatus?] = [.inconsistentValue, .wrongValue, .wrongValue, nil, .wrongValue, nil]
        let active: [MIBSetStatus?] = [nil, .wrongValue, .wrongValue, .inconsistentValue, .wrongValue, nil]
        for (index, expected) in (example.exists ? active : absent).enumerated() {
            let status = Int32(index + 1)
            var varbinds = [try PlanTests.set(example.column, example.instance, .integer(status))]
            if let needs = example.needs, status == 4 {
                varbinds.append(try PlanTests.set(needs, example.instance, PlanTests.key))
            }
            let fault = PlanTests.fault(varbinds, in: view)
            #expect(fault?.status == expected, "\(status): \(fault.map { "\($0)" } ?? "done")")
            if fault != nil { #expect(fault?.position == 0) }
        }
    }
}
