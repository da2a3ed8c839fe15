/// Recording and alerting rules for Prometheus over the metrics of `mip-mibd`.
enum PrometheusRules {
    static let text = #"""
        # Written by: mip-mib nms prometheus-rules.
        # Recording and alerting rules for mip-mibd. Load it with `rule_files:`; check it with `promtool check rules` and
        # `promtool test rules mip-mib.rules.test.yaml`.
        groups:
          - name: mip-mib-recording
            rules:
              - record: agent:mip_registrations:rate5m
                expr: >-
                  sum by (job, instance, agent, outcome) (rate(mip_home_agent_replies_sent_total[5m]))
              - record: agent:mip_registrations_denied:ratio_rate5m
                expr: >-
                  sum by (job, instance, agent) (agent:mip_registrations:rate5m{outcome="denied"})
                  / (sum by (job, instance, agent) (agent:mip_registrations:rate5m) > 0)
              - record: agent:mip_datagrams_discarded:rate5m
                expr: sum by (job, instance, agent) (rate(mip_datagrams_discarded_total[5m]))
              - record: agent:mip_home_agent_bindings:fill_ratio
                expr: mip_home_agent_bindings / (mip_home_agent_bindings_limit > 0)
              - record: agent:mip_foreign_agent_visitors:fill_ratio
                expr: mip_foreign_agent_visitors / (mip_foreign_agent_visitors_limit > 0)

          - name: mip-mib-alerts
            rules:
              - alert: MobileIPAgentDown
                expr: mip_agent_up == 0
                for: 1m
                labels:
                  severity: critical
                annotations:
                  summary: "{{ $labels.agent }} is not reached by its management"
                  description: >-
                    mip-mibd on {{ $labels.instance }} has no current snapshot of {{ $labels.agent }}. Is the agent running, and may mip-mibd open
                    its control socket? `mip-mib doctor` says more.
              - alert: MobileIPAgentSilent
                expr: mip_agent_data_age_seconds > 30
                labels:
                  severity: warning
                annotations:
                  summary: "{{ $labels.agent }} has not been heard for {{ $value | humanizeDuration }}"
              - alert: MobileIPAgentRestarted
                expr: increase(mip_agent_restarts_total[10m]) > 0 or changes(mip_agent_start_time_seconds[10m]) > 0
                labels:
                  severity: warning
                annotations:
                  summary: "{{ $labels.agent }} has started anew; bindings it did not keep are gone until mobile nodes register again"
              - alert: MobileIPRegistrationSwitchedOff
                expr: mip_agent_enabled == 0
                for: 5m
                labels:
                  severity: warning
                annotations:
                  summary: "registration at {{ $labels.agent }} has been switched off by an operator"
              - alert: MobileIPRegistrationsDenied
                expr: agent:mip_registrations_denied:ratio_rate5m > 0.2
                for: 5m
                labels:
                  severity: warning
                annotations:
                  summary: "{{ $labels.agent }} denies {{ $value | humanizePercentage }} of registrations"
                  description: "mip_home_agent_replies_sent_total tells the codes."
              - alert: MobileIPSecurityViolations
                expr: rate(mip_security_violations_total[5m]) > 0.1
                for: 2m
                labels:
                  severity: warning
                annotations:
                  summary: "{{ $labels.agent }} sees {{ $value | humanize }} security violations a second; `mip-mib violations` names the offenders"
              - alert: MobileIPHomeAgentNearlyFull
                expr: agent:mip_home_agent_bindings:fill_ratio > 0.9
                for: 5m
                labels:
                  severity: warning
                annotations:
                  summary: "{{ $labels.agent }} holds {{ $value | humanizePercentage }} of the bindings it can"
              - alert: MobileIPForeignAgentNearlyFull
                expr: agent:mip_foreign_agent_visitors:fill_ratio > 0.9 or mip_foreign_agent_busy == 1
                for: 5m
                labels:
                  severity: warning
                annotations:
                  summary: "{{ $labels.agent }} takes few or no more visitors"
              - alert: MobileIPDatagramsDiscarded
                expr: agent:mip_datagrams_discarded:rate5m > 10
                for: 5m
                labels:
                  severity: warning
                annotations:
                  summary: "{{ $labels.agent }} drops {{ $value | humanize }} datagrams a second without an answer"

        """#
}
