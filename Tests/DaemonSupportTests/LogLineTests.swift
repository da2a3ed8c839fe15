import DaemonSupport
import Logging
import Testing

@Suite("Log lines")
struct LogLineTests {
    private func line(_ message: String, _ metadata: [(name: String, value: String)] = []) -> String {
        LogLine(time: "2026-11-23T09:12:49.000Z", level: .info, label: "mip-agentd", message: message, metadata: metadata).text
    }

    @Test("A line has time, level, label, message and pairs")
    func form() {
        #expect(
            line("started", [("address", "192.0.2.1:434"), ("name", "home")])
                == "2026-11-23T09:12:49.000Z info mip-agentd: started address=192.0.2.1:434 name=home")
    }

    @Test(
        "Outside data can forge neither lines nor pairs",
        arguments: [
            ("a\nb", #"x="a\nb""#), ("a b", #"x="a b""#), ("a=b", #"x="a=b""#), (#"a"b"#, #"x="a\"b""#), ("", #"x="""#),
            (#"a\"#, #"x="a\\""#), ("\u{1B}[31m", #"x="\u{1b}[31m""#), ("a\u{2028}b", #"x="a\u{2028}b""#),
            ("a\u{202E}b", #"x="a\u{202e}b""#), ("é", #"x="é""#), ("\r\n", #"x="\r\n""#),
        ])
    func values(value: String, shown: String) {
        #expect(line("m", [("x", value)]).hasSuffix("mip-agentd: m " + shown))
    }

    @Test("A message stays on its line")
    func message() {
        #expect(line("a\nb\u{7}").hasSuffix(#": a\nb\u{7}"#))
    }

    @Test("A line without a time begins with the level")
    func noTime() {
        #expect(LogLine(time: nil, level: .error, label: "l", message: "m", metadata: []).text == "error l: m")
    }
}
