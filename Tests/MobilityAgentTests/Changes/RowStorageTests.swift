import AgentModel
import MobilityAgent
import Testing

@Suite("The storage type of rows that operators make")
struct RowStorageTests {
    @Test(
        "A new row is kept if the agent can keep it, a changed row as long as before",
        arguments: [
            (nil, nil, true, StorageType.nonVolatile), (nil, nil, false, .volatile), (nil, .volatile, true, .volatile),
            (.volatile, nil, true, .volatile), (.volatile, .nonVolatile, true, .volatile),
            (.nonVolatile, .volatile, true, .nonVolatile), (.volatile, nil, false, .volatile),
        ] as [(StorageType?, StorageType?, Bool, StorageType)])
    func decided(wanted: StorageType?, old: StorageType?, keepsChanges: Bool, expected: StorageType) throws {
        #expect(try RowStorage.decide(wanted, old: old, keepsChanges: keepsChanges) == expected)
    }

    @Test("A row that the agent cannot keep is refused")
    func cannotKeep() {
        let refusal = #expect(throws: ChangeRefusal.self) {
            try RowStorage.decide(.nonVolatile, old: .volatile, keepsChanges: false)
        }
        #expect(refusal?.problem == .inconsistent && refusal?.field == "storage")
    }

    @Test("The storage type of configured rows cannot be requested", arguments: [false, true])
    func readOnly(keepsChanges: Bool) {
        let refusal = #expect(throws: ChangeRefusal.self) {
            try RowStorage.decide(.readOnly, old: nil, keepsChanges: keepsChanges)
        }
        #expect(refusal?.problem == .invalidValue)
    }
}
