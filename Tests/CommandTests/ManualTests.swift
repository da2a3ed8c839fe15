import Foundation
import MIPTesting
import Testing

@Suite("Manual pages and completions")
struct ManualTests {
    @Test("Every subcommand has a manual page, and groff formats each without a warning")
    func pages() async throws {
        let directory = try TemporaryDirectory()
        let pages = directory.file("man1")
        #expect(try await Scene.run(["manual", pages]).status == 0)
        let files = try FileManager.default.contentsOfDirectory(atPath: pages).sorted()
        for page in ["mip-mib.1", "mip-mib-bindings.1", "mip-mib-watch.1", "mip-mib-association-add.1", "mip-mib-doctor.1"] {
            #expect(files.contains(page))
        }
        #expect(!files.contains("mip-mib-manual.1"))
        let help = try await Scene.run(["--help"]).output
        for file in files where file.split(separator: "-").count == 3 {
            let command = file.dropFirst("mip-mib-".count).dropLast(2)
            #expect(help.contains("  \(command)"), "\(file)")
        }
        for file in files {
            let result = try await ChildProcess.run("groff", ["-ww", "-man", "-Tutf8", "\(pages)/\(file)"])
            #expect(result.status == 0 && result.errors == "", "\(file): \(result.errors)")
            #expect(result.output.contains("SYNOPSIS") || result.output.contains("S\u{8}SY"), "\(file)")
        }
        let bindings = try String(contentsOfFile: "\(pages)/mip-mib-bindings.1", encoding: .utf8)
        #expect(bindings.contains("mip\\-mib bindings \\-\\-home\\-address 10.0.0.0/8 \\-\\-output json"))
    }

    @Test("Tables in the text of a manual page stay aligned")
    func aligned() async throws {
        let directory = try TemporaryDirectory()
        #expect(try await Scene.run(["manual", directory.path]).status == 0)
        let page = try await ChildProcess.run("groff", ["-man", "-Tascii", "-P-cbou", directory.file("mip-mib.1")]).output
        let rows = page.split(separator: "\n").filter { $0.contains("MIP_MIB_") && $0.contains("--") }
        #expect(rows.count >= 7)
        let columns = Set(
            rows.compactMap { row in row.range(of: "MIP_MIB_").map { row.distance(from: row.startIndex, to: $0.lowerBound) } })
        #expect(columns.count == 1, "\(rows)")
    }

    @Test(
        "scripts/install puts the completions for fish where a plain login shell of fish looks",
        arguments: [("/usr/local", "/usr/share"), ("/opt/mip", "/opt/mip/share")])
    func fish(prefix: String, share: String) async throws {
        let directory = try TemporaryDirectory()
        try InstallTests.writePrograms(to: "programs", in: directory)
        let result = try await ChildProcess.run(
            InstallTests.script, [prefix],
            environment: ["MIP_PROGRAMS": directory.file("programs"), "DESTDIR": directory.path])
        #expect(result.status == 0, "\(result.errors)")
        let file = "\(directory.path)\(share)/fish/vendor_completions.d/mip-mib.fish"
        #expect(FileManager.default.fileExists(atPath: file))
        #expect(result.output.contains((file as NSString).deletingLastPathComponent))
    }

    @Test("The completions load in bash, and complete subcommands and options")
    func bash() async throws {
        let directory = try TemporaryDirectory()
        let script = try await Scene.run(["--generate-completion-script", "bash"]).output
        let file = try directory.write(script, to: "mip-mib.bash")
        let tried = """
            set -e; source '\(file)'; complete -p mip-mib
            COMP_WORDS=(mip-mib bind); COMP_CWORD=1; COMP_LINE='mip-mib bind'; COMP_POINT=12
            "$(complete -p mip-mib | sed -E 's/.*-F ([^ ]+).*/\\1/')" mip-mib bind mip-mib; echo "${COMPREPLY[@]}"
            """
        let result = try await ChildProcess.run("bash", ["-c", tried])
        #expect(result.output.contains("mip-mib"), "\(result)")
        #expect(result.output.split(separator: "\n").last == "bindings", "\(result)")
    }

    @Test("There are completions for zsh and fish", arguments: [("zsh", "#compdef mip-mib"), ("fish", "complete -c 'mip-mib'")])
    func others(shell: String, expected: String) async throws {
        let result = try await Scene.run(["--generate-completion-script", shell])
        #expect(result.status == 0)
        #expect(result.output.contains(expected))
        #expect(result.output.contains("watch"))
    }
}
