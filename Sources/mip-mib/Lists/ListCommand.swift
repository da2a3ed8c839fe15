import ArgumentParser

/// A command that prints a list.
protocol ListCommand: AsyncParsableCommand {
    static var list: RowList { get }
    var source: SourceOptions { get }
    var listing: ListOptions { get }
    /// Conditions from options that only this command has.
    func conditions() throws -> [RowCondition]
}

extension ListCommand {
    func conditions() throws -> [RowCondition] { [] }

    func run() async throws {
        let settings = try source.settings()
        try await listing.print(Self.list, from: try source.source(settings), settings: settings, where: try conditions())
    }
}
