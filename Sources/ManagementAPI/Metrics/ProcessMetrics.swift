import DaemonSupport
import Foundation
import ManagementCore

/// Metrics of the management daemon itself, with the names that Prometheus client libraries use.
struct ProcessMetrics: Sendable {
    let version: String
    let journal: EventJournal
    let requests: RequestCounts
    /// Nil when SNMP is off.
    let snmpStatus: (@Sendable () -> SNMPAgentStatus)?

    /// Metrics that do not belong to an agent.
    var families: [(MetricFamily, [MetricSample])] {
        var all: [(MetricFamily, [MetricSample])] = []
        func add(_ kind: MetricFamily.Kind, _ name: String, _ help: String, _ samples: [MetricSample]) {
            all.append((MetricFamily(name: name, kind: kind, help: help) { _ in [] }, samples))
        }
        func add(_ kind: MetricFamily.Kind, _ name: String, _ help: String, _ value: MetricValue?) {
            add(kind, name, help, value.map { [MetricSample([], $0)] } ?? [])
        }
        add(.info, "mip_management", "The management daemon.", [MetricSample([("version", version)], .flag(true))])
        let connection = "mip_management_snmp_connection"
        add(
            .stateSet, connection, "Whether requests of SNMP managers are answered, and why not.",
            snmpStatus.map { status in
                let current = status().connection
                return SNMPAgentStatus.Connection.allCases.map {
                    MetricSample([(connection, $0.rawValue)], .flag($0 == current))
                }
            } ?? [])
        add(
            .counter, "mip_management_log_lines_lost",
            "Lines of the log that were not written, because whoever reads the log did not keep up.", .integer(LogOutput.lost))
        add(.gauge, "mip_management_event_streams", "Open event streams.", .integer(journal.subscriptionCount))
        add(.counter, "mip_management_events", "Events recorded since the daemon started.", .integer(journal.total))
        add(
            .counter, "mip_management_http_requests", "HTTP requests answered, by method and status.",
            requests.all.map { MetricSample([("method", $0.method), ("status", "\($0.status)")], .integer($0.count)) })
        let usage = Self.usage
        add(.counter, "process_cpu_seconds", "User and system time spent.", .real(usage.cpu))
        add(.gauge, "process_start_time_seconds", "When the process started, since the epoch.", .real(Self.start))
        add(.gauge, "process_resident_memory_bytes", "Resident memory.", usage.residentPages.map { .integer($0 * Self.pageSize) })
        add(.gauge, "process_virtual_memory_bytes", "Virtual memory.", usage.virtualPages.map { .integer($0 * Self.pageSize) })
        add(.gauge, "process_open_fds", "Open file descriptors.", usage.descriptors.map { .integer($0) })
        return all
    }

    private static let pageSize = UInt64(sysconf(Int32(_SC_PAGESIZE)))

    /// Start time since the epoch, from the kernel's clock ticks; the time of first use where the kernel does not provide it.
    static let start: Double = {
        let now = Date().timeIntervalSince1970
        guard let stat = try? String(contentsOfFile: "/proc/self/stat", encoding: .utf8),
            // The program name is in parentheses and may contain spaces.
            let fields = stat.split(separator: ")").last?.split(separator: " "), fields.count > 19,
            let ticks = Double(fields[19]),
            let uptime = (try? String(contentsOfFile: "/proc/uptime", encoding: .utf8))?.split(separator: " ").first.flatMap({
                Double($0)
            })
        else { return now }
        return now - uptime + ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
    }()

    private static var usage: (cpu: Double, residentPages: UInt64?, virtualPages: UInt64?, descriptors: Int?) {
        var times = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &times)
        let cpu = [times.ru_utime, times.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
        let pages =
            (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ").map { UInt64($0) } ?? []
        let descriptors = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd"))?.count
        return (cpu, pages.count > 1 ? pages[1] : nil, pages.first ?? nil, descriptors)
    }
}
