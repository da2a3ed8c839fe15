"use strict";
// The tables: their columns, their order when unsorted, and the events that change them. What is kept outlives the agent's connection.

const column = (label, text, more = {}) => ({ label, text, ...more });
const address = (name, label) => column(label, (row) => mono(row[name]), { sort: name });
const TABLES = {
  bindings: {
    title: "Bindings", role: "homeAgent", order: "homeAddress", total: "bindings",
    events: ["registered", "careOfAddressChanged", "deregistered", "expired", "revoked"],
    key: (row) => [row.agent, row.homeAddress, row.careOfAddress],
    columns: [
      address("homeAddress", "Home address"), address("careOfAddress", "Care-of address"),
      column("NAI", (row) => row.nai ?? "", { sort: "nai" }),
      column("Time remaining", remaining, { sort: "expires", number: true }),
      column("Registered", (row) => timestamp(row.created), { sort: "created" }),
      column("Renewals", (row) => count(row.renewals), { sort: "renewals", number: true }),
      column("Encapsulation", (row) => title("encapsulations", row.encapsulation)),
      column("Service", (row) => row.service ?? ""),
      column("Agent", (row) => row.agent),
      column("Actions", revokeButton, { isAction: true }),
    ],
  },
  visitors: {
    title: "Visitors", role: "foreignAgent", order: "sourceAddress", total: "visitors",
    events: ["registered", "deregistered", "expired", "registrationDenied", "registrationTimedOut", "revoked"],
    key: (row) => [row.agent, row.sourceAddress, row.homeAddress, row.nai],
    columns: [
      address("homeAddress", "Home address"), address("sourceAddress", "Source address"),
      column("NAI", (row) => row.nai ?? "", { sort: "nai" }),
      column("State", (row) => tonedPill("visitorStates", row.state), { sort: "state" }),
      column("Time remaining", remaining, { sort: "expires", number: true }),
      column("Home agent", (row) => mono(row.homeAgent)), column("Care-of address", (row) => mono(row.careOfAddress)),
      column("Service", (row) => row.service ?? ""), column("Agent", (row) => row.agent),
    ],
  },
  tunnels: {
    title: "Tunnels", hasNames: false, events: ["registered", "deregistered", "expired", "revoked", "careOfAddressChanged"],
    key: (row) => [row.agent, row.localAddress, row.remoteAddress, row.encapsulation],
    columns: [
      column("Local address", (row) => mono(row.localAddress)), address("remoteAddress", "Remote address"),
      column("Encapsulation", (row) => title("encapsulations", row.encapsulation)),
      column("Sent", (row) => formatBytes(row.octetsSent), { sort: "octetsSent", number: true }),
      column("Received", (row) => formatBytes(row.octetsReceived), { sort: "octetsReceived", number: true }),
      column("Datagrams sent", (row) => count(row.packetsSent), { number: true }),
      column("Datagrams received", (row) => count(row.packetsReceived), { number: true }),
      column("Agent", (row) => row.agent),
    ],
  },
  violations: {
    title: "Security violations", events: ["securityViolation"], order: "violator", total: "violations",
    key: (row) => [row.agent, row.violator],
    columns: [
      column("Violator", (row) => mono(row.violator), { sort: "violator" }),
      column("Count", (row) => count(row.count), { sort: "count", number: true }),
      column("Latest", (row) => timestamp(row.recentTime), { sort: "recentTime" }),
      column("Reason", (row) => pill(title("violationReasons", row.recentReason), "bad")),
      column("SPI", (row) => mono(String(row.recentSPI ?? "")), { number: true }),
      column("Reply", (row) => (row.recentCode === undefined ? "none" : `${row.recentCode} ${meaning(row.recentCode)}`)),
      column("Agent", (row) => row.agent),
    ],
  },
  exchanges: {
    title: "Exchanges", sort: "-number",
    events: ["revoked", "revocationUnacknowledged", "careOfAddressChanged", "notificationReceived", "notificationUnacknowledged"],
    key: (row) => [row.agent, row.number],
    columns: [
      column("Number", (row) => count(row.number), { sort: "number", number: true }),
      column("Kind", (row) => title("exchangeKinds", row.kind)),
      column("State", (row) => tonedPill("exchangeStates", row.state), { sort: "state" }),
      column("Role", (row) => title("agentRoles", row.role)),
      address("peer", "Peer"), address("homeAddress", "Home address"), column("NAI", (row) => row.nai ?? ""),
      column("Tries", (row) => count(row.tries), { sort: "tries", number: true }),
      column("Delay", (row) => (row.delay === undefined ? "" : `${count(row.delay)} ms`), { sort: "delay", number: true }),
      column("Started", (row) => timestamp(row.started), { sort: "started" }),
      column("Text", (row) => row.text ?? "", { wide: true }), column("Agent", (row) => row.agent),
    ],
  },
  "extension-uses": {
    title: "Extensions", hasNames: false, events: [],
    key: (row) => [row.agent, row.role, row.type, row.vendor, row.number],
    columns: [
      column("Type", (row) => (row.type ? String(row.type) : "message"), { sort: "type", number: true }),
      // The row for all that have no row of their own.
      column("Vendor", (row) => (row.vendor === 4294967295 ? "others" : row.vendor ? String(row.vendor) : ""), { sort: "vendor", number: true }),
      column("Number", (row) => (row.vendor === 4294967295 ? "" : String(row.number)), { number: true }),
      column("Known", (row) => (row.isKnown ? "yes" : "no")), column("Role", (row) => title("agentRoles", row.role)),
      column("Seen", (row) => count(row.seen), { sort: "seen", number: true }),
      column("Accepted", (row) => count(row.accepted), { number: true }), column("Skipped", (row) => count(row.skipped), { number: true }),
      column("Refused", (row) => count(row.refused), { sort: "refused", number: true }),
      column("Latest from", (row) => mono(row.lastSource)), column("Latest", (row) => timestamp(row.lastSeen), { sort: "lastSeen" }),
      column("Agent", (row) => row.agent),
    ],
  },
  history: {
    title: "History", isKept: true, events: ["deregistered", "expired", "revoked", "careOfAddressChanged", "registrationTimedOut"], sort: "-ended",
    key: (row) => [row.agent, row.homeAddress, row.index],
    columns: [
      column("Ended", (row) => timestamp(row.ended), { sort: "ended" }),
      column("Reason", (row) => tonedPill("endReasons", row.endReason), { sort: "endReason" }),
      address("homeAddress", "Home address"), column("Care-of address", (row) => mono(row.careOfAddress)),
      column("NAI", (row) => row.nai ?? ""),
      column("Duration", (row) => formatDuration((new Date(row.ended) - new Date(row.created)) / 1000), { number: true }),
      column("Renewals", (row) => count(row.renewals), { number: true }),
      column("Role", (row) => title("agentRoles", row.role)), column("Agent", (row) => row.agent),
    ],
  },
  events: {
    title: "Events", isStream: true, isKept: true,
    key: (row) => [row.id],
    columns: [
      column("Time", (row) => timestamp(row.time)), column("Kind", (row) => tonedPill("eventKinds", row.kind)),
      column("Message", (row) => row.message, { wide: true }), column("Agent", (row) => row.agent),
    ],
  },
};

function remaining(row) {
  if (row.timeRemaining === undefined) return "";
  return make("span", { "data-ends": row.timeRemaining === 65535 ? undefined : Date.now() + row.timeRemaining * 1000 }, formatDuration(row.timeRemaining));
}

function revokeButton(row) {
  const button = make("button", { type: "button", class: "revoke", "data-agent": row.agent, "aria-label": `Revoke ${row.homeAddress}` }, "Revoke");
  button.onclick = () => confirmRevocation(row);
  return button;
}
