import Testing

@testable import DaemonSupport

@Suite("Warnings about a configuration")
struct WarningTests {
    private static func warnings(_ count: Int) -> [ConfigurationMistake] {
        (0..<count).map { number in
            ConfigurationMistake(
                file: "f.yaml", position: ConfigurationPosition(line: number + 1, column: 1), problem: "p", remedy: "r")
        }
    }

    @Test("--check prints each of 14; the log has nine of them and the number of the others")
    func few() {
        let all = Self.warnings(14)
        #expect(DaemonOptions.printed(all, of: 14) == (1...14).map { "warning: f.yaml:\($0):1: p; r\n" }.joined())
        let logged = DaemonOptions.logged(all, of: 14)
        #expect(
            logged == (1...9).map { "f.yaml:\($0):1: p; r" } + ["there are 5 more warnings; '--check' prints them"])
    }

    @Test("As many as the log takes at once are logged without a further line")
    func exact() {
        #expect(DaemonOptions.logged(Self.warnings(9), of: 9).count == 9)
    }

    @Test("--check ends with the number of those that were not kept")
    func many() {
        let printed = DaemonOptions.printed(Self.warnings(1000), of: 1200)
        #expect(printed.hasSuffix("warning: f.yaml:1000:1: p; r\nand 200 more warnings\n"))
    }
}
