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
        var settings = try source.settings()
        // Only a management daemon has the list, and one usually runs on this machine. Sockets that are set for every command do not
        // change that.
        let isOpen = source.socket.isEmpty && settings.target.url == nil && settings.target.snmpHost == nil
        if Self.list.isKeptByManagement, isOpen { settings.target = .init(url: try await LocalDaemon.url(settings)) }
        try await listing.print(Self.list, from: try await source.source(settings), settings: settings, where: try conditions())
    }
}
