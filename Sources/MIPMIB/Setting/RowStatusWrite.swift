/// What a request does with a row through its RowStatus column (RFC 2579). In these modules an agent either has a row or does not, so a row
/// that exists is active(1).
enum RowStatusWrite {
    /// Creates the row, which must not exist.
    case create
    /// Changes the row, which must exist.
    case change
    /// Removes the row.
    case destroy
    /// The row does not exist and need not be removed.
    case nothing

    /// - Parameters:
    ///   - column: the name of the RowStatus column.
    ///   - exists: whether the agent has the row.
    init(_ row: RowWrite, status column: String, exists: Bool) throws(MIBSetError) {
        switch row.number(column) {
        case nil, 1?:
            if !exists {
                // Columns of a row that does not exist: it could be created, but not in this way.
                throw row.cells[column] == nil
                    ? row.error(.inconsistentName, "there is no such row; create it with createAndGo(4) in \(column)")
                    : row.error(.inconsistentValue, "there is no such row; create it with createAndGo(4)", at: column)
            }
            self = .change
        case 4?:
            if exists { throw row.error(.inconsistentValue, "the row already exists", at: column) }
            self = .create
        case 6?:
            if row.cells.count > 1 {
                throw row.error(.inconsistentValue, "a row cannot be removed and written in the same request", at: column)
            }
            self = exists ? .destroy : .nothing
        case 3?:
            throw row.error(.wrongValue, "notReady(3) is invalid; expected active(1), createAndGo(4) or destroy(6)", at: column)
        default:
            throw row.error(
                .wrongValue,
                "the value is invalid; rows are created with createAndGo(4) in one request, and a row that exists is active(1)",
                at: column)
        }
    }
}
