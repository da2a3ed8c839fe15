import Foundation
import Logging
import Testing

@testable import DaemonSupport

@Suite("The queue of log lines")
struct LogQueueTests {
    /// A pipe that is read only when the test does so. Each test closes it.
    private struct UnreadPipe {
        let (read, write): (CInt, CInt)

        init() {
            var ends: [CInt] = [0, 0]
            pipe(&ends)
            // The queue's thread may still be writing when nobody reads any more.
            signal(SIGPIPE, SIG_IGN)
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            (read, write) = (ends[0], ends[1])
        }

        /// Ends the writing of the queue, and then closes the other end, whose number the queue's thread would otherwise go on using.
        func close(after queue: LogQueue) {
            Foundation.close(read)
            queue.finish(within: .seconds(60))
            Foundation.close(write)
        }

        /// Reads lines, with their newlines, until one satisfies the condition.
        func lines(until isLast: (Substring) -> Bool) -> [Substring] {
            var text = ""
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = Foundation.read(read, &buffer, buffer.count)
                guard count > 0 else { return text.split(separator: "\n") }
                text += String(decoding: buffer[..<count], as: UTF8.self)
                let lines = text.split(separator: "\n")
                if text.hasSuffix("\n"), let last = lines.last, isLast(last) { return lines }
            }
        }
    }

    private func queue(_ descriptor: CInt) -> LogQueue {
        LogQueue(descriptor: descriptor, report: { "lost \($0)\n" }, due: { ([], nil) })
    }

    @Test(
        "100,000 lines that nobody reads cost neither time nor memory, and the number of lost ones follows those that were kept")
    func unread() {
        let pipe = UnreadPipe()
        let queue = queue(pipe.write)
        defer { pipe.close(after: queue) }
        let start = ContinuousClock.now
        for number in 0..<100_000 { queue.add("\(number) " + String(repeating: "x", count: 200) + "\n", level: .info) }
        #expect(ContinuousClock.now - start < .seconds(5))
        let lost = queue.lost
        #expect(lost > 90_000)
        let lines = pipe.lines { $0.hasPrefix("lost") }
        let kept = lines.dropLast()
        #expect(kept.map { $0.prefix { $0 != " " } } == (0..<kept.count).map { Substring("\($0)") })
        // The pipe itself has room for some.
        #expect(kept.count <= LogQueue.maximumLines + 65_536 / 200)
        #expect(kept.reduce(0) { $0 + $1.utf8.count + 1 } <= LogQueue.capacity + 65_536)
        #expect(lines.last == "lost \(lost)")
        #expect(kept.count + Int(lost) == 100_000)
    }

    @Test("When only lines of level info fill the queue, an error is still kept")
    func reserve() {
        let pipe = UnreadPipe()
        let queue = queue(pipe.write)
        defer { pipe.close(after: queue) }
        for _ in 0..<20_000 { queue.add(String(repeating: "x", count: 200) + "\n", level: .info) }
        let lost = queue.lost
        queue.add("serious\n", level: .error)
        #expect(queue.lost == lost)
        #expect(pipe.lines { $0.hasPrefix("lost") || $0 == "serious" }.contains("serious"))
    }

    @Test("Waiting for the end returns as soon as everything is written, and when its limit is over")
    func finish() {
        let pipe = UnreadPipe()
        let queue = queue(pipe.write)
        defer { pipe.close(after: queue) }
        queue.add("one\n", level: .info)
        queue.finish(within: .seconds(60))
        #expect(pipe.lines { _ in true } == ["one"])
        for _ in 0..<1000 { queue.add(String(repeating: "x", count: 200) + "\n", level: .info) }
        let start = ContinuousClock.now
        queue.finish(within: .milliseconds(50))
        #expect(ContinuousClock.now - start >= .milliseconds(50))
    }

    @Test("A descriptor that cannot be written loses lines and nothing else")
    func closed() {
        let queue = queue(-1)
        for _ in 0..<10 { queue.add("one\n", level: .info) }
        queue.finish(within: .seconds(60))
        #expect(queue.lost == 10)
    }

    @Test("Lines that are due without being added are written while nothing else is")
    func due() {
        let pipe = UnreadPipe()
        let asked = DispatchSemaphore(value: 0)
        let queue = LogQueue(
            descriptor: pipe.write, report: { "lost \($0)\n" },
            due: { asked.wait(timeout: .now()) == .success ? (["due\n"], nil) : ([], .milliseconds(1)) })
        defer { pipe.close(after: queue) }
        queue.nudge()
        asked.signal()
        #expect(pipe.lines { _ in true } == ["due"])
    }
}
