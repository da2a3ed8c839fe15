import Foundation
import MIPTesting

/// Debian's Prometheus and snmp_exporter on a mip-mibd: each agent is scraped over HTTP and over SNMP.
final class Prometheus {
    /// One series.
    struct Sample {
        let name: String
        let labels: [String: String]
        let value: Double
    }

    private let slice: Slice
    private let port = freePort(stream: true)

    /// - Parameter module: the output of `mip-mib nms snmp-exporter`.
    init(_ slice: Slice, module: String) async throws {
        self.slice = slice
        let exporterPort = freePort(stream: true)
        // The second agent is in a separate SNMP context, selected by a community.
        let other = module.replacing("mip_mib:\n", with: "mip_mib_foreign:\n")
            .replacing("community: public", with: "community: foreign")
        try slice.directory.write("\(module)\n\(other)\n", to: "snmp.yml")
        try slice.start(
            "exporter", "prometheus-snmp-exporter",
            ["--config.file=\(slice.directory.file("snmp.yml"))", "--web.listen-address=127.0.0.1:\(exporterPort)"])
        func job(_ agent: String, _ module: String) -> String {
            """
              - job_name: snmp-\(agent)
                metrics_path: /snmp
                params: {module: [\(module)], target: ["127.0.0.1:\(slice.snmpPort)"]}
                static_configs: [{targets: ["127.0.0.1:\(exporterPort)"]}]
            """
        }
        try slice.directory.write(
            """
            global: {scrape_interval: 8s, scrape_timeout: 8s}
            scrape_configs:
              - job_name: mip-mib
                static_configs: [{targets: ["127.0.0.1:\(slice.httpPort)"]}]
            \(job("home", "mip_mib"))
            \(job("foreign", "mip_mib_foreign"))
            """, to: "prometheus.yaml")
        try slice.start(
            "prometheus", "prometheus",
            [
                "--config.file=\(slice.directory.file("prometheus.yaml"))", "--storage.tsdb.path=\(slice.directory.file("data"))",
                "--web.listen-address=127.0.0.1:\(port)",
            ])
    }

    /// The newest value of every series of a job.
    func samples(job: String) async throws -> [Sample] {
        let (_, output, _) = try await ChildProcess.run(
            "curl",
            [
                "-sS", "--max-time", "10", "-G", "http://127.0.0.1:\(port)/api/v1/query", "--data-urlencode",
                "query={job=\"\(job)\"}",
            ])
        guard let answer = try? JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any],
            let data = answer["data"] as? [String: Any], let result = data["result"] as? [[String: Any]]
        else { return [] }
        return result.compactMap { series in
            guard let labels = series["metric"] as? [String: String], let name = labels["__name__"],
                let text = (series["value"] as? [Any])?.last as? String, let value = Double(text)
            else { return nil }
            return Sample(name: name, labels: labels, value: value)
        }
    }
}
