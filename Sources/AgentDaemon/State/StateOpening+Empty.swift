import StateStore

extension StateOpening {
    /// Opens a store for an agent that serves already. Nil for one with the state of an earlier start, which is left as it is because the
    /// agent has gone on without it.
    func openEmpty() throws(StoreFailure) -> (any StateStore)? {
        struct NotEmpty: Error {}
        let store = try open()
        do {
            try store.load { _, _, _ in throw NotEmpty() }
        } catch let failure as StoreFailure {
            store.close()
            throw failure
        } catch {
            store.close()
            return nil
        }
        return store
    }
}
