// swift-format-ignore-file
// Written by scripts/embed-dashboard from the files beside it; change those.

/// The files of the dashboard.
enum DashboardFiles {
    static let html = ####"""
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>mip-mib</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="dashboard.css">
<script src="dashboard.js" defer></script>
</head>
<body>
<a class="skip" href="#tables">Skip to the tables</a>
<header class="bar">
  <h1>mip-mib <span>Mobile IPv4 agents</span></h1>
  <label class="pick"><span>Agent</span> <select id="agent"><option value="">All agents</option></select></label>
  <p id="live" class="live" role="status"><i aria-hidden="true"></i><span>connecting</span></p>
  <button id="theme" type="button" class="quiet" aria-label="Colours: as the system">Auto</button>
</header>
<main>
  <p id="notice" class="notice" role="alert" hidden></p>
  <section aria-labelledby="h-now">
    <h2 id="h-now" class="unseen">Now</h2>
    <dl class="tiles">
      <div><dt>Bindings</dt><dd id="n-bindings">–</dd></div>
      <div><dt>Visitors</dt><dd id="n-visitors">–</dd></div>
      <div><dt>Accepted a second</dt><dd id="n-accepted">–</dd></div>
      <div><dt>Denied a second</dt><dd id="n-denied">–</dd></div>
      <div><dt>Violators</dt><dd id="n-violations">–</dd></div>
      <div><dt>Agents current</dt><dd id="n-agents">–</dd></div>
    </dl>
  </section>
  <div class="split">
    <section class="panel" aria-labelledby="h-rate">
      <header><h2 id="h-rate">Registrations a second</h2><p class="key" id="key"></p></header>
      <div id="rate" class="chart"></div>
    </section>
    <section class="panel" aria-labelledby="h-codes">
      <header><h2 id="h-codes">Outcomes by reply code</h2><p class="note">since the agents started</p></header>
      <div id="codes" class="bars"></div>
    </section>
  </div>
  <section class="panel" aria-labelledby="h-agents">
    <header><h2 id="h-agents">Agents</h2></header>
    <ul id="agents" class="agents"></ul>
  </section>
  <section class="panel" id="tables" aria-labelledby="h-tables" tabindex="-1">
    <h2 id="h-tables" class="unseen">Tables</h2>
    <div class="tabs" role="tablist" aria-label="Tables" id="tabs"></div>
    <div id="panel" role="tabpanel" tabindex="0">
      <form class="tools" role="search" id="tools">
        <label><span class="unseen">Search</span>
          <input id="search" type="search" autocomplete="off" spellcheck="false" placeholder="Search"></label>
        <kbd aria-hidden="true">/</kbd>
        <p id="count" class="note" role="status"></p>
        <nav aria-label="Pages">
          <button type="button" id="previous">Previous</button>
          <button type="button" id="next">Next</button>
        </nav>
      </form>
      <div class="sheet"><table><caption class="unseen" id="caption"></caption><thead></thead><tbody></tbody></table></div>
    </div>
  </section>
</main>
<footer><p>Keys: <kbd>/</kbd> search, <kbd>←</kbd> <kbd>→</kbd> tables, <kbd>n</kbd> <kbd>p</kbd> pages.
  The same in <a href="v1/status">JSON</a> and <a href="metrics">metrics</a>.</p></footer>
<dialog id="revoke" aria-labelledby="h-revoke">
  <form method="dialog">
    <h2 id="h-revoke">Revoke this binding?</h2>
    <dl id="revoked"></dl>
    <p>The home agent stops forwarding to the node at once. The node may register again.</p>
    <p class="buttons"><button value="cancel" id="keep" autofocus>Keep it</button>
      <button value="revoke" class="danger" id="confirm">Revoke</button></p>
  </form>
</dialog>
<dialog id="login" aria-labelledby="h-login">
  <form method="dialog">
    <h2 id="h-login">A token is needed</h2>
    <p>Ask whoever runs this server; <code>mip-mibd token</code> makes one. It is kept until this tab is closed.</p>
    <label>Token <input id="token" type="password" autocomplete="off" required></label>
    <p class="buttons"><button class="primary">Sign in</button></p>
  </form>
</dialog>
<p id="toast" class="toast" role="status"></p>
</body>
</html>

"""####

    static let css = ####"""
:root {
  color-scheme: light;
  --ground: #f3f5f7; --surface: #ffffff; --raised: #f8f9fb; --line: #d9dfe6; --strong: #b6c0cc;
  --text: #16202b; --soft: #54606d; --accent: #0a5aa8; --accent-soft: #e3eefa;
  --good: #0d6b41; --good-soft: #e0f2e8; --warn: #855000; --warn-soft: #fbeed6; --bad: #b0271d; --bad-soft: #fbe6e3;
  --c-accepted: #1f7a8c; --c-denied: #c2571a; --c-discarded: #8a8f98;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", "JetBrains Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace;
}
:root[data-theme="dark"] {
  color-scheme: dark;
  --ground: #0e1318; --surface: #151b22; --raised: #1a222b; --line: #29333e; --strong: #445161;
  --text: #e4e9ef; --soft: #9aa8b6; --accent: #7ab8f5; --accent-soft: #17304a;
  --good: #62cf98; --good-soft: #12301f; --warn: #e8b35c; --warn-soft: #37290f; --bad: #ff9a8f; --bad-soft: #421a17;
  --c-accepted: #4fb3c6; --c-denied: #f0904f; --c-discarded: #8893a0;
}
* { box-sizing: border-box; }
html { font: 14px/1.45 system-ui, -apple-system, "Segoe UI", Inter, Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif; }
body { margin: 0; background: var(--ground); color: var(--text); font-variant-numeric: tabular-nums; }
h1, h2, p, dl, dd, ul { margin: 0; padding: 0; }
ul { list-style: none; }
h2 { font-size: 13px; font-weight: 600; }
a { color: var(--accent); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -999px; padding: 8px 12px; background: var(--surface); z-index: 5; }
.skip:focus { left: 8px; top: 8px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
[hidden] { display: none !important; }

.bar {
  position: sticky; top: 0; z-index: 3; display: flex; align-items: center; gap: 18px; padding: 9px 20px;
  background: var(--surface); border-bottom: 1px solid var(--line);
}
.bar h1 { font: 600 15px/1.2 var(--mono); letter-spacing: -.02em; margin-right: auto; white-space: nowrap; }
.bar h1 span { font: 400 13px/1.2 system-ui, "DejaVu Sans", sans-serif; color: var(--soft); letter-spacing: 0; margin-left: 8px; }
.pick span { color: var(--soft); margin-right: 4px; }
.live { display: flex; align-items: center; gap: 7px; color: var(--soft); white-space: nowrap; }
.live i { width: 8px; height: 8px; border-radius: 50%; background: var(--warn); }
.live[data-state="live"] i { background: var(--good); box-shadow: 0 0 0 3px var(--good-soft); }
.live[data-state="lost"] i { background: var(--bad); }

button, select, input {
  font: inherit; color: inherit; background: var(--surface); border: 1px solid var(--strong); border-radius: 6px; padding: 4px 10px;
  min-height: 30px;
}
button { cursor: pointer; }
button:hover:not(:disabled) { background: var(--raised); border-color: var(--soft); }
button:disabled { color: var(--soft); border-color: var(--line); cursor: default; }
.quiet { border-color: transparent; color: var(--soft); }
.primary { background: var(--accent); border-color: var(--accent); color: var(--surface); }
.primary:hover:not(:disabled) { background: var(--accent); filter: brightness(1.1); }
.danger { color: var(--bad); border-color: var(--bad); }
.danger:hover:not(:disabled) { background: var(--bad-soft); border-color: var(--bad); }

main { max-width: 1480px; margin: 0 auto; padding: 16px 20px 8px; display: grid; gap: 14px; grid-template-columns: minmax(0, 1fr); }
.notice { padding: 9px 14px; border-radius: 8px; background: var(--bad-soft); color: var(--bad); }
.tiles { display: grid; grid-template-columns: repeat(6, 1fr); background: var(--surface); border: 1px solid var(--line); border-radius: 10px; }
.tiles div { padding: 12px 16px 11px; border-left: 1px solid var(--line); }
.tiles div:first-child { border-left: 0; }
.tiles dt { color: var(--soft); font-size: 12px; white-space: nowrap; }
.tiles dd { font-size: 25px; line-height: 1.25; font-weight: 600; letter-spacing: -.02em; }
.tiles dd[data-tone="bad"] { color: var(--bad); }
.tiles dd[data-tone="warn"] { color: var(--warn); }
.panel { background: var(--surface); border: 1px solid var(--line); border-radius: 10px; min-width: 0; }
.panel > header { display: flex; align-items: baseline; justify-content: space-between; gap: 12px; padding: 11px 16px 0; }
.note { color: var(--soft); font-size: 12px; }
.split { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 14px; }

.key { display: flex; gap: 14px; font-size: 12px; color: var(--soft); }
.key b { font-weight: 600; color: var(--text); }
.key i { display: inline-block; width: 9px; height: 9px; border-radius: 2px; margin-right: 5px; }
.swatch-accepted { background: var(--c-accepted); } .swatch-denied { background: var(--c-denied); }
.swatch-discarded { background: var(--c-discarded); }
.chart { padding: 6px 10px 8px 6px; }
.chart svg { display: block; width: 100%; height: 176px; overflow: visible; }
.chart text { fill: var(--soft); font: 11px system-ui, "DejaVu Sans", sans-serif; }
.chart .rule { stroke: var(--line); stroke-width: 1; }
.chart .accepted { fill: var(--c-accepted); } .chart .denied { fill: var(--c-denied); } .chart .discarded { fill: var(--c-discarded); }
.chart .line { fill: none; stroke-width: 1.6; stroke-linejoin: round; }
.chart .line.accepted { stroke: var(--c-accepted); } .chart .line.denied { stroke: var(--c-denied); }
.chart .line.discarded { stroke: var(--c-discarded); }
.chart .area { opacity: .18; }
.bars { padding: 8px 16px 12px; display: grid; gap: 7px; align-content: start; min-height: 176px; }
.bars .row { display: grid; grid-template-columns: minmax(0, 1fr) auto; column-gap: 10px; font-size: 12.5px; }
.bars .row span:first-child { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.bars code { color: var(--soft); font: 12px var(--mono); display: inline-block; min-width: 28px; }
.bars svg { grid-column: 1 / -1; width: 100%; height: 5px; border-radius: 3px; background: var(--raised); display: block; margin-top: 2px; }
.bars .accepted { fill: var(--c-accepted); } .bars .denied { fill: var(--c-denied); }

.agents { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 330px), 1fr)); gap: 1px; padding: 8px 16px 14px; column-gap: 28px; row-gap: 12px; }
.agents li { padding-top: 4px; }
.agents h3 { margin: 0; font-size: 14px; display: flex; align-items: center; gap: 9px; }
.agents .facts { color: var(--soft); font-size: 12.5px; }
.agents .facts b { color: var(--text); font-weight: 500; }
.capacity { margin-top: 3px; }
.capacity svg { display: block; width: 100%; height: 4px; border-radius: 2px; background: var(--line); margin-top: 3px; }
.capacity rect { fill: var(--accent); } .capacity rect.full { fill: var(--bad); }
.agents .error { color: var(--bad); font-size: 12.5px; }
.mono { font-family: var(--mono); font-size: 12.5px; }
.pill { font: 500 11.5px/1 system-ui, "DejaVu Sans", sans-serif; padding: 3px 7px 4px; border-radius: 99px; background: var(--raised); color: var(--soft); white-space: nowrap; display: inline-block; }
.pill.good { background: var(--good-soft); color: var(--good); } .pill.warn { background: var(--warn-soft); color: var(--warn); }
.pill.bad { background: var(--bad-soft); color: var(--bad); } .pill.info { background: var(--accent-soft); color: var(--accent); }

.tabs { display: flex; gap: 2px; padding: 0 10px; border-bottom: 1px solid var(--line); overflow-x: auto; }
.tabs button { border: 0; border-radius: 0; background: none; padding: 10px 12px 9px; color: var(--soft); border-bottom: 2px solid transparent; white-space: nowrap; }
.tabs button:hover { background: none; color: var(--text); }
.tabs button[aria-selected="true"] { color: var(--text); font-weight: 600; border-bottom-color: var(--accent); }
.tabs button:focus-visible { outline-offset: -3px; }
.tools { display: flex; align-items: center; gap: 10px; padding: 10px 16px; }
.tools input { width: min(340px, 46vw); }
.tools .note { margin-right: auto; }
.tools nav { display: flex; gap: 6px; }
kbd { font: 11px var(--mono); border: 1px solid var(--line); border-bottom-width: 2px; border-radius: 4px; padding: 1px 5px; color: var(--soft); }
.sheet { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; }
th { text-align: left; font-weight: 500; font-size: 12px; color: var(--soft); padding: 0 12px; border-block: 1px solid var(--line); background: var(--raised); white-space: nowrap; }
th:first-child, td:first-child { padding-left: 16px; }
th:last-child, td:last-child { padding-right: 16px; text-align: right; }
th button { border: 0; background: none; padding: 0; color: inherit; font-weight: inherit; min-height: 32px; }
th button:hover:not(:disabled) { background: none; color: var(--text); }
th[aria-sort] button { color: var(--text); font-weight: 600; }
th span { padding: 6px 0; display: inline-block; }
td { padding: 5px 12px; border-bottom: 1px solid var(--line); white-space: nowrap; height: 35px; }
tbody tr:hover { background: var(--raised); }
tbody tr:last-child td { border-bottom: 0; }
.number { text-align: right; }
td.wide { white-space: normal; min-width: 260px; }
td .danger { border-color: var(--line); min-height: 24px; padding: 1px 9px; font-size: 12.5px; }
td.empty { padding: 34px 16px; text-align: center; color: var(--soft); }
tr.fresh td { background: var(--accent-soft); }
tr td { transition: background 1.2s; }
@media (prefers-reduced-motion: reduce) { tr td { transition: none; } }

dialog { border: 1px solid var(--line); border-radius: 12px; padding: 20px 22px; max-width: 440px; width: calc(100vw - 40px); background: var(--surface); color: var(--text); box-shadow: 0 16px 60px rgb(0 0 0 / .3); }
dialog::backdrop { background: rgb(8 12 16 / .5); }
dialog h2 { font-size: 17px; margin-bottom: 10px; }
dialog dl { display: grid; grid-template-columns: auto 1fr; gap: 4px 16px; margin-bottom: 12px; padding: 10px 12px; border-radius: 8px; background: var(--raised); }
dialog dt { color: var(--soft); }
dialog dd { overflow-wrap: anywhere; }
dialog p + label { display: block; margin-top: 12px; }
dialog label input { width: 100%; margin-top: 4px; }
.buttons { display: flex; justify-content: flex-end; gap: 8px; margin-top: 16px; }
#confirm { background: var(--bad); color: var(--surface); border-color: var(--bad); }
.toast { position: fixed; right: 20px; bottom: 20px; max-width: 440px; padding: 11px 15px; border-radius: 8px; background: var(--text); color: var(--ground); z-index: 6; }
.toast:empty { display: none; }
footer { max-width: 1480px; margin: 0 auto; padding: 4px 20px 22px; color: var(--soft); font-size: 12px; }

@media (max-width: 900px) {
  .split { grid-template-columns: minmax(0, 1fr); }
  .tiles { grid-template-columns: repeat(3, 1fr); }
  .tiles div:nth-child(4) { border-left: 0; }
  .tiles div:nth-child(n + 4) { border-top: 1px solid var(--line); }
}
@media (max-width: 640px) {
  .bar { gap: 10px; padding: 8px 12px; flex-wrap: wrap; }
  .bar h1 span, .tools kbd { display: none; }
  .pick span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .bars { min-height: 0; }
  footer p { display: none; }
  main { padding: 10px 12px; gap: 10px; }
  .tiles { grid-template-columns: repeat(2, 1fr); }
  .tiles div { padding: 9px 12px; border-top: 1px solid var(--line); }
  .tiles div:nth-child(-n + 2) { border-top: 0; }
  .tiles div:nth-child(4) { border-left: 1px solid var(--line); }
  .tiles div:nth-child(odd) { border-left: 0; }
  .tiles dd { font-size: 21px; }
  .panel > header { flex-wrap: wrap; }
  button, select, input { min-height: 38px; }
  .tools { flex-wrap: wrap; }
  .tools label { flex: 1 1 100%; }
  .tools input { width: 100%; }
  table, tbody, tr, td { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tbody tr { padding: 9px 14px; border-bottom: 1px solid var(--line); }
  tbody tr:last-child { border-bottom: 0; }
  td, td:first-child, td:last-child { display: flex; justify-content: space-between; gap: 14px; padding: 2px 0; border: 0; height: auto; white-space: normal; text-align: right; overflow-wrap: anywhere; }
  td::before { content: attr(data-label); color: var(--soft); flex: none; }
  td.wide { min-width: 0; }
  td.empty { display: block; text-align: center; padding: 22px 0; }
  td.blank { display: none; }
  td .danger { min-height: 38px; padding: 4px 16px; }
}

"""####

    static let js = ####"""
"use strict";
// One page over the JSON API: polls what is small (status, counters), asks for one page of one table, follows the event stream.

const $ = (id) => document.getElementById(id);
const PAGE = 50;
const SAMPLES = 180;
const INTERVAL = 2000;

const store = {
  get(key) { try { return sessionStorage.getItem(key) ?? localStorage.getItem(key); } catch { return null; } },
  set(key, value) { try { localStorage.setItem(key, value); } catch { /* a browser without storage */ } },
};

// ---- Texts

const number = new Intl.NumberFormat("en");
const count = (value) => (value === undefined || value === null ? "" : number.format(value));
const words = (name) => (name ?? "").replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase().replace(/\b(spi|nai)\b/g, (s) => s.toUpperCase());

function octets(value) {
  if (value === undefined || value === null) return "";
  let unit = 0;
  while (value >= 1000 && unit < 5) { value /= 1000; unit += 1; }
  return `${unit === 0 ? value : value.toFixed(1)} ${["B", "kB", "MB", "GB", "TB", "PB"][unit]}`;
}

function span(seconds) {
  if (seconds === 65535) return "without end";
  seconds = Math.max(0, Math.round(seconds));
  const [d, h, m, s] = [Math.floor(seconds / 86400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (n) => String(n).padStart(2, "0");
  return d ? `${d} d ${two(h)} h` : h ? `${h} h ${two(m)} min` : m ? `${m} min ${two(s)} s` : `${s} s`;
}

function clock(text) {
  if (!text) return "";
  const time = new Date(text);
  const day = time.toDateString() === new Date().toDateString() ? "" : `${time.toLocaleDateString("en-CA")} `;
  return day + time.toLocaleTimeString("en-GB");
}

function make(tag, attributes = {}, ...children) {
  const element = tag.startsWith("svg:")
    ? document.createElementNS("http://www.w3.org/2000/svg", tag.slice(4)) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== undefined && child !== null));
  return element;
}

const mono = (text) => make("span", { class: "mono" }, text ?? "");
const pill = (text, tone = "") => make("span", { class: `pill ${tone}` }, text);

// What codes and words mean, as the server has it. Without it they stand for themselves, until a poll finds it.
const vocabulary = {};

async function learn() {
  try {
    const lists = await (await ask("v1/vocabulary", { signal: AbortSignal.timeout(5000) })).json();
    for (const [name, list] of Object.entries(lists)) vocabulary[name] = new Map(list.map((entry) => [entry.word ?? entry.code, entry]));
    return true;
  } catch { return false; /* polling shows what is wrong with the server */ }
}

const title = (list, word) => vocabulary[list]?.get(word)?.title ?? word ?? "";
const toned = (list, word) => pill(title(list, word), vocabulary[list]?.get(word)?.tone);
const meaning = (code) => (vocabulary.replyCodes ? vocabulary.replyCodes.get(code)?.meaning ?? "unassigned" : "");
const isAccepted = (code) => vocabulary.replyCodes?.get(code)?.accepted ?? code === 0;

// ---- Tables: what each shows, the order it has without being sorted, and which events change it

const column = (label, text, more = {}) => ({ label, text, ...more });
const address = (name, label) => column(label, (row) => mono(row[name]), { sort: name });
const TABLES = {
  bindings: {
    title: "Bindings", search: true, order: "homeAddress", total: "bindings",
    events: ["registered", "careOfAddressChanged", "deregistered", "expired", "revoked"],
    key: (row) => [row.agent, row.homeAddress, row.careOfAddress],
    columns: [
      address("homeAddress", "Home address"), address("careOfAddress", "Care-of address"),
      column("NAI", (row) => row.nai ?? "", { sort: "nai" }),
      column("Time remaining", remaining, { sort: "expires", number: true }),
      column("Registered", (row) => clock(row.created), { sort: "created" }),
      column("Renewals", (row) => count(row.renewals), { sort: "renewals", number: true }),
      column("Encapsulation", (row) => title("encapsulations", row.encapsulation)),
      column("Agent", (row) => row.agent),
      column("Actions", revokeButton, { hidden: true }),
    ],
  },
  visitors: {
    title: "Visitors", search: true, order: "sourceAddress", total: "visitors",
    events: ["registered", "deregistered", "expired", "registrationDenied", "registrationTimedOut", "revoked"],
    key: (row) => [row.agent, row.sourceAddress, row.homeAddress, row.nai],
    columns: [
      address("homeAddress", "Home address"), address("sourceAddress", "Source address"),
      column("NAI", (row) => row.nai ?? "", { sort: "nai" }),
      column("State", (row) => pill(title("visitorStates", row.state), row.state === "accepted" ? "good" : "warn"), { sort: "state" }),
      column("Time remaining", remaining, { sort: "expires", number: true }),
      column("Home agent", (row) => mono(row.homeAgent)), column("Care-of address", (row) => mono(row.careOfAddress)),
      column("Agent", (row) => row.agent),
    ],
  },
  tunnels: {
    title: "Tunnels", events: ["registered", "deregistered", "expired", "revoked", "careOfAddressChanged"],
    key: (row) => [row.agent, row.localAddress, row.remoteAddress, row.encapsulation],
    columns: [
      column("Local address", (row) => mono(row.localAddress)), address("remoteAddress", "Remote address"),
      column("Encapsulation", (row) => title("encapsulations", row.encapsulation)),
      column("Sent", (row) => octets(row.octetsSent), { sort: "octetsSent", number: true }),
      column("Received", (row) => octets(row.octetsReceived), { sort: "octetsReceived", number: true }),
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
      column("Latest", (row) => clock(row.recentTime), { sort: "recentTime" }),
      column("Reason", (row) => pill(title("violationReasons", row.recentReason), "bad")),
      column("SPI", (row) => mono(String(row.recentSPI ?? "")), { number: true }),
      column("Answer", (row) => (row.recentCode === undefined ? "none" : `${row.recentCode} ${meaning(row.recentCode)}`)),
      column("Agent", (row) => row.agent),
    ],
  },
  history: {
    title: "History", events: ["deregistered", "expired", "revoked", "careOfAddressChanged", "registrationTimedOut"], sort: "-ended",
    key: (row) => [row.agent, row.homeAddress, row.index],
    columns: [
      column("Ended", (row) => clock(row.ended), { sort: "ended" }),
      column("Reason", (row) => toned("endReasons", row.endReason), { sort: "endReason" }),
      address("homeAddress", "Home address"), column("Care-of address", (row) => mono(row.careOfAddress)),
      column("NAI", (row) => row.nai ?? ""),
      column("Lasted", (row) => span((new Date(row.ended) - new Date(row.created)) / 1000), { number: true }),
      column("Renewals", (row) => count(row.renewals), { number: true }),
      column("Role", (row) => words(row.role)), column("Agent", (row) => row.agent),
    ],
  },
  events: {
    title: "Events", isStream: true,
    key: (row) => [row.id],
    columns: [
      column("Time", (row) => clock(row.time)), column("Kind", (row) => toned("eventKinds", row.kind)),
      column("What happened", (row) => row.message, { wide: true }), column("Agent", (row) => row.agent),
    ],
  },
};

function remaining(row) {
  if (row.timeRemaining === undefined) return "";
  return make("span", { "data-ends": row.timeRemaining === 65535 ? undefined : Date.now() + row.timeRemaining * 1000 }, span(row.timeRemaining));
}

function revokeButton(row) {
  const button = make("button", { type: "button", class: "danger", "aria-label": `Revoke ${row.homeAddress}` }, "Revoke");
  button.onclick = () => askToRevoke(row);
  return button;
}

// ---- The API

class Refusal extends Error {
  constructor(status, text) { super(text); this.status = status; }
}

function headers(accept) {
  const fields = { Accept: accept };
  const token = store.get("token");
  if (token) fields.Authorization = `Bearer ${token}`;
  return fields;
}

async function ask(path, options = {}) {
  const response = await fetch(path, { ...options, headers: { ...headers("application/json"), ...options.headers } });
  if (response.status === 401) signIn();
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw new Refusal(response.status, problem.detail ?? `the server answered ${response.status}`);
  }
  return response;
}

const json = async (path) => (await ask(path)).json();
const scope = () => ($("agent").value ? `agent=${encodeURIComponent($("agent").value)}` : "");

function signIn() {
  const dialog = $("login");
  if (dialog.open) return;
  $("token").value = "";
  dialog.showModal();
  dialog.onclose = () => {
    try { sessionStorage.setItem("token", $("token").value.trim()); } catch { /* asked again then */ }
    location.reload();
  };
}

// ---- Small and often: status and counters

let samples = [];
let lastCounters;
let agentNames = "";

async function poll() {
  try {
    const [status, counters] = await Promise.all([json("v1/status"), json(`v1/counters?${scope()}`)]);
    if (status.agents.map((a) => a.agent).join() !== agentNames) fillAgents(status.agents);
    const chosen = status.agents.filter((a) => !$("agent").value || a.agent === $("agent").value);
    showStatus(chosen);
    takeSample(counters);
    showRates();
    showCodes(counters);
    complain("status", "");
    if (!vocabulary.replyCodes && await learn() && !$("revoke").open) load();
  } catch (error) {
    complain("status", error instanceof Refusal ? error.message : "mip-mibd does not answer; what is shown here is old");
  }
}

function fillAgents(list) {
  agentNames = list.map((a) => a.agent).join();
  const chosen = $("agent").value;
  $("agent").replaceChildren(make("option", { value: "" }, "All agents"), ...list.map((a) => make("option", { value: a.agent }, a.agent)));
  $("agent").value = list.some((a) => a.agent === chosen) ? chosen : "";
}

function tile(id, text, tone = "") {
  $(id).textContent = text;
  $(id).dataset.tone = tone;
}

let totals = {};

function showStatus(agents) {
  const sum = (name) => agents.reduce((all, agent) => all + (agent.counts?.[name] ?? 0), 0);
  totals = { bindings: sum("bindings"), visitors: sum("visitors"), violations: sum("violations") };
  tile("n-bindings", count(totals.bindings));
  tile("n-visitors", count(totals.visitors));
  tile("n-violations", count(totals.violations), totals.violations ? "warn" : "");
  const current = agents.filter((a) => a.connection === "synchronized").length;
  tile("n-agents", `${current} of ${agents.length}`, current < agents.length ? "bad" : "");
  $("agents").replaceChildren(...agents.map(agentCard));
  const away = agents.filter((a) => a.connection !== "synchronized").map((a) => a.agent);
  complain("agents", away.length ? `No current data from ${away.join(", ")}.` : "");
  showCount();
}

function agentCard(agent) {
  const information = agent.information;
  const isCurrent = agent.connection === "synchronized";
  const tone = isCurrent ? "good" : "bad";
  const facts = (...parts) => make("p", { class: "facts" }, ...parts);
  const strong = (text) => make("b", {}, text);
  const rows = [];
  if (information) {
    const addresses = [...new Set((information.addresses ?? []).map((a) => a.address))].join(", ");
    rows.push(facts(strong((information.roles ?? []).map(words).join(", ")), addresses ? " at " : "", addresses ? mono(addresses) : ""));
    rows.push(facts("up ", strong(span((Date.now() - new Date(information.startTime)) / 1000)), `, ${information.version}`,
      agent.restarts ? `, ${count(agent.restarts)} restart${agent.restarts === 1 ? "" : "s"} seen` : ""));
    const some = (value, name) => [strong(count(value)), ` ${name}${value === 1 ? "" : "s"}`];
    rows.push(facts(...some(agent.counts.associations, "association"), ", ", ...some(agent.counts.violations, "violator")));
    if (information.roles?.includes("homeAgent")) rows.push(capacity("bindings", agent.counts.bindings, information.maximumBindings));
    if (information.roles?.includes("foreignAgent")) rows.push(capacity("visitors", agent.counts.visitors, information.maximumVisitors));
  }
  if (!isCurrent && agent.lastError) rows.push(make("p", { class: "error" }, agent.lastError));
  const pills = [pill(isCurrent ? "current" : agent.connection, tone)];
  if (information && !information.enabled) pills.push(pill("disabled", "warn"));
  if (information?.busy) pills.push(pill("busy", "warn"));
  if (!isCurrent && agent.age !== undefined) rows.push(facts(`heard ${span(agent.age)} ago`));
  return make("li", { "data-agent": agent.agent }, make("h3", {}, agent.agent, ...pills), ...rows);
}

function capacity(name, held, most) {
  const hasLimit = most && most < 4294967295;
  const share = hasLimit ? held / most : 0;
  const bar = make("svg:svg", { viewBox: "0 0 100 4", preserveAspectRatio: "none", "aria-hidden": "true" },
    make("svg:rect", { class: share > 0.9 ? "full" : "", width: Math.min(100, Math.max(share * 100, held ? 0.5 : 0)), height: 4 }));
  const text = make("p", { class: "facts" }, make("b", {}, count(held)), hasLimit ? ` of ${count(most)} ${name}` : ` ${name}`);
  return make("div", { class: "capacity" }, text, ...(hasLimit ? [bar] : []));
}

const OUTCOMES = ["accepted", "denied", "discarded"];

// The sum over agents, their roles, and the kinds of requests. A home agent and a foreign agent that serve the same request both count it.
function outcomes(counters) {
  const sum = { accepted: 0, denied: 0, discarded: 0 };
  for (const agent of counters) {
    for (const role of ["homeAgent", "foreignAgent"]) {
      for (const kind of Object.values(agent[role]?.outcomes ?? {})) for (const name of OUTCOMES) sum[name] += kind[name] ?? 0;
    }
  }
  return sum;
}

function takeSample(counters) {
  const now = { time: performance.now(), ...outcomes(counters) };
  if (lastCounters && now.time - lastCounters.time > 200) {
    const seconds = (now.time - lastCounters.time) / 1000;
    const sample = { time: now.time };
    // An agent that started anew counts from zero: no rate is known for that step.
    for (const name of OUTCOMES) sample[name] = Math.max(0, now[name] - lastCounters[name]) / seconds;
    samples.push(sample);
    samples = samples.slice(-SAMPLES);
  }
  lastCounters = now;
}

const rateText = (value) => (value === undefined ? "–" : value >= 100 ? number.format(Math.round(value)) : value >= 10 ? value.toFixed(1) : value.toFixed(value ? 2 : 0));

function showRates() {
  const last = samples.at(-1) ?? {};
  tile("n-accepted", rateText(last.accepted));
  tile("n-denied", rateText(last.denied), last.denied > 0 ? "warn" : "");
  $("key").replaceChildren(...OUTCOMES.map((name) =>
    make("span", {}, make("i", { class: `swatch-${name}` }), `${name} `, make("b", {}, rateText(last[name])))));
  drawRates($("rate"), last);
}

const scaleText = (value) => (value >= 10000 ? `${number.format(value / 1000)} k` : number.format(value));

function niceTop(value) {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map((step) => step * power).find((top) => top >= value) ?? value;
}

function drawRates(place, last) {
  const [width, height, left, bottom] = [Math.max(280, place.clientWidth - 16), 176, 44, 22];
  const top = niceTop(Math.max(1, ...samples.flatMap((s) => OUTCOMES.map((name) => s[name]))));
  const most = INTERVAL * (SAMPLES - 1);
  const now = samples.at(-1)?.time ?? 0;
  const x = (time) => left + (width - left - 4) * (1 - (now - time) / most);
  const y = (value) => 8 + (height - 8 - bottom) * (1 - value / top);
  const label = samples.length
    ? `Now ${OUTCOMES.map((name) => `${rateText(last[name])} ${name}`).join(", ")} a second; the scale ends at ${top}.` : "No rate is known yet.";
  const svg = make("svg:svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label, preserveAspectRatio: "none" });
  for (const part of [0, 0.5, 1]) {
    svg.append(make("svg:line", { class: "rule", x1: left, x2: width, y1: y(top * part), y2: y(top * part) }));
    svg.append(make("svg:text", { x: left - 7, y: y(top * part) + 4, "text-anchor": "end" }, scaleText(top * part)));
  }
  for (const minutes of [5, 4, 3, 2, 1, 0]) {
    svg.append(make("svg:text", { x: x(now - minutes * 60000), y: height - 5, "text-anchor": minutes ? "middle" : "end" }, minutes ? `−${minutes} min` : "now"));
  }
  for (const name of [...OUTCOMES].reverse()) {
    if (samples.length < 2) break;
    const points = samples.map((s) => `${x(s.time).toFixed(1)},${y(s[name]).toFixed(1)}`);
    const floor = y(0).toFixed(1);
    if (samples.some((s) => s[name] > 0)) {
      svg.append(make("svg:path", { class: `area ${name}`, d: `M${x(samples[0].time).toFixed(1)},${floor}L${points.join("L")}L${x(now).toFixed(1)},${floor}Z` }));
    }
    svg.append(make("svg:path", { class: `line ${name}`, d: `M${points.join("L")}` }));
  }
  place.replaceChildren(svg);
}

function showCodes(counters) {
  const sums = new Map();
  for (const agent of counters) {
    for (const role of ["homeAgent", "foreignAgent"]) {
      for (const [code, times] of Object.entries(agent[role]?.repliesSentByCode ?? {})) sums.set(+code, (sums.get(+code) ?? 0) + times);
    }
  }
  const rows = [...sums].sort((a, b) => b[1] - a[1]).slice(0, 6);
  const most = Math.max(1, ...rows.map((row) => row[1]));
  $("codes").replaceChildren(...rows.map(([code, times]) => {
    const bar = make("svg:svg", { viewBox: "0 0 100 5", preserveAspectRatio: "none", "aria-hidden": "true" },
      make("svg:rect", { class: isAccepted(code) ? "accepted" : "denied", width: Math.max(0.6, (times / most) * 100), height: 5 }));
    return make("div", { class: "row" }, make("span", {}, make("code", {}, String(code)), ` ${meaning(code)}`), make("span", {}, count(times)), bar);
  }), ...(rows.length ? [] : [make("p", { class: "note" }, "No replies yet.")]));
}

// ---- One table

const view = { name: "bindings", sort: "homeAddress", search: "", cursors: [], next: null, rows: [], load: 0 };
let seen = new Set();

function choose(name, { focus = false } = {}) {
  if (!TABLES[name]) name = "bindings";
  Object.assign(view, { name, sort: TABLES[name].sort, search: "", cursors: [], next: null, rows: [] });
  $("search").value = "";
  seen = new Set();
  for (const tab of $("tabs").children) {
    const isChosen = tab.dataset.table === name;
    tab.setAttribute("aria-selected", isChosen);
    tab.tabIndex = isChosen ? 0 : -1;
    if (isChosen) {
      $("panel").setAttribute("aria-labelledby", tab.id);
      if (focus) tab.focus();
    }
  }
  if (location.hash.slice(1) !== name) history.replaceState(null, "", `#${name}`);
  const table = TABLES[name];
  $("search").disabled = !table.search && !table.isStream;
  $("search").placeholder = table.isStream ? "Search the events" : table.search ? "Address or NAI" : "No search here";
  $("caption").textContent = table.title;
  showHead();
  showRows([], { isLoading: true });
  load();
}

function showHead() {
  const table = TABLES[view.name];
  const sorted = view.sort?.replace("-", "") ?? table.order;
  document.querySelector("thead").replaceChildren(make("tr", {}, ...table.columns.map((c) => {
    const attributes = { scope: "col", class: c.number ? "number" : undefined };
    if (c.hidden) return make("th", attributes, make("span", { class: "unseen" }, c.label));
    if (!c.sort) return make("th", attributes, make("span", {}, c.label));
    const isDescending = view.sort?.startsWith("-");
    if (sorted === c.sort) attributes["aria-sort"] = isDescending ? "descending" : "ascending";
    const button = make("button", { type: "button" }, c.label + (sorted === c.sort ? (isDescending ? " ↓" : " ↑") : ""));
    button.onclick = () => {
      view.sort = sorted === c.sort && !isDescending ? `-${c.sort}` : c.sort;
      view.cursors = [];
      showHead();
      [...document.querySelectorAll("thead button")].find((b) => b.textContent.startsWith(c.label))?.focus();
      load();
    };
    return make("th", attributes, button);
  })));
}

async function load() {
  const table = TABLES[view.name];
  if (table.isStream) return showEvents();
  const turn = ++view.load;
  const query = new URLSearchParams({ limit: PAGE });
  if (view.sort) query.set("sort", view.sort);
  if ($("agent").value) query.set("agent", $("agent").value);
  if (view.search) query.set("search", view.search);
  if (view.cursors.length) query.set("cursor", view.cursors.at(-1));
  try {
    const response = await ask(`v1/${view.name}?${query}`);
    const rows = await response.json();
    if (turn !== view.load) return;
    const link = /<\?([^>]*)>; rel="next"/.exec(response.headers.get("Link") ?? "");
    view.next = link ? new URLSearchParams(link[1]).get("cursor") : null;
    showRows(rows);
    complain("table", "");
  } catch (error) {
    if (turn !== view.load) return;
    complain("table", error instanceof Refusal ? error.message : "mip-mibd does not answer; the table is old");
  }
}

function showRows(rows, { isLoading = false } = {}) {
  const table = TABLES[view.name];
  const focused = document.activeElement?.closest?.("tbody tr")?.dataset.key;
  const known = seen;
  seen = new Set(rows.map((row) => table.key(row).join(" ")));
  view.rows = rows;
  const body = document.querySelector("tbody");
  body.replaceChildren(...rows.map((row) => {
    const key = table.key(row).join(" ");
    const line = make("tr", { "data-key": key, class: known.size && !known.has(key) && !view.cursors.length ? "fresh" : undefined });
    for (const c of table.columns) {
      const content = c.text(row);
      const classes = [c.number ? "number" : "", c.wide ? "wide" : "", content === "" ? "blank" : ""].filter(Boolean).join(" ");
      line.append(make("td", { "data-label": c.hidden ? "" : c.label, class: classes || undefined }, content));
    }
    return line;
  }));
  if (!rows.length) {
    const text = isLoading ? "Loading" : view.search ? `Nothing matches “${view.search}”.` : `No ${table.title.toLowerCase()}.`;
    body.append(make("tr", {}, make("td", { class: "empty", colspan: table.columns.length }, text)));
  }
  setTimeout(() => body.querySelectorAll(".fresh").forEach((line) => line.classList.remove("fresh")), 1500);
  if (focused) [...body.children].find((line) => line.dataset.key === focused)?.querySelector("button")?.focus();
  $("previous").disabled = !view.cursors.length;
  $("next").disabled = !view.next;
  showCount();
}

function showCount() {
  const table = TABLES[view.name];
  const first = view.cursors.length * PAGE + 1;
  const last = first + view.rows.length - 1;
  if (table.isStream) { $("count").textContent = `${count(view.rows.length)} latest`; return; }
  if (!view.rows.length) { $("count").textContent = ""; return; }
  const total = table.total && !view.search ? ` of ${count(Math.max(totals[table.total] ?? 0, last))}` : view.next ? " and more" : ` of ${count(last)}`;
  $("count").textContent = `${count(first)}–${count(last)}${total}`;
}

function turn(isForward) {
  if (isForward && view.next) view.cursors.push(view.next);
  else if (!isForward && view.cursors.length) view.cursors.pop();
  else return;
  load();
}

// ---- Events

const events = [];
let lastEventID = "";
let reload;

function showEvents() {
  const text = view.search.toLowerCase();
  const agent = $("agent").value;
  view.next = null;
  showRows(events.filter((e) => (!agent || e.agent === agent)
    && (!text || [e.kind, e.message, e.agent, e.homeAddress, e.careOfAddress, e.nai].some((part) => part?.toLowerCase().includes(text)))).slice(0, 200));
}

function soon() {
  // Many events make one reading: at most two a second, and none while a row is being revoked.
  reload ??= setTimeout(() => { reload = undefined; if (!$("revoke").open) load(); }, 500);
}

function received(kind, data) {
  if (kind === "missed") { soon(); return; }
  if (kind === "ready") return;
  events.unshift(data);
  events.length = Math.min(events.length, 500);
  const table = TABLES[view.name];
  if (table.isStream || table.events.includes(kind) || kind.startsWith("agent") || kind === "changed") soon();
}

function setLive(state, text) {
  if ($("live").dataset.state === state) return;
  $("live").dataset.state = state;
  $("live").lastElementChild.textContent = text;
}

// Server-Sent Events over fetch, which unlike EventSource can carry a token. After a break the server goes on after the last id.
async function follow() {
  try {
    const kept = await json("v1/events");
    events.unshift(...kept.slice(-500).reverse());
    lastEventID = kept.at(-1)?.id ?? "";
    if (TABLES[view.name].isStream) showEvents();
  } catch { /* the stream tells what comes */ }
  for (;;) {
    try {
      const more = lastEventID ? { "Last-Event-ID": lastEventID } : {};
      const response = await fetch("v1/events", { headers: { ...headers("text/event-stream"), ...more } });
      if (response.status === 401) { signIn(); return; }
      if (!response.ok) throw new Error();
      setLive("live", "live");
      soon();
      await read(response.body.pipeThrough(new TextDecoderStream()).getReader());
    } catch { /* comes back below */ }
    setLive("lost", "reconnecting");
    await new Promise((done) => setTimeout(done, 2000));
  }
}

async function read(reader) {
  let rest = "";
  for (;;) {
    // The server gives a sign of life more often than this.
    let timer;
    const silence = new Promise((_, fail) => { timer = setTimeout(() => { reader.cancel(); fail(new Error()); }, 45000); });
    const { value, done } = await Promise.race([reader.read(), silence]).finally(() => clearTimeout(timer));
    if (done) return;
    const blocks = (rest + value).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const fields = {};
      for (const line of block.split("\n")) {
        const at = line.indexOf(": ");
        if (at > 0) fields[line.slice(0, at)] = line.slice(at + 2);
      }
      if (fields.id) lastEventID = fields.id;
      if (fields.event && fields.data) received(fields.event, JSON.parse(fields.data));
    }
  }
}

// ---- Revoking

function askToRevoke(row) {
  const dialog = $("revoke");
  const facts = [["Home address", row.homeAddress], ["Care-of address", row.careOfAddress], ["NAI", row.nai], ["Agent", row.agent]];
  $("revoked").replaceChildren(...facts.filter((f) => f[1]).flatMap(([name, value]) => [make("dt", {}, name), make("dd", { class: "mono" }, value)]));
  dialog.returnValue = "cancel";
  dialog.showModal();
  dialog.onclose = async () => {
    if (dialog.returnValue !== "revoke") return;
    const path = [row.agent, row.homeAddress, row.careOfAddress].map(encodeURIComponent).join("/");
    try {
      await ask(`v1/bindings/${path}`, { method: "DELETE" });
      toast(`The binding of ${row.homeAddress} is revoked.`);
    } catch (error) {
      toast(`Not revoked: ${error.message}`);
    }
    load();
    $("search").focus();
  };
}

let toastTimer;
function toast(text) {
  clearTimeout(toastTimer);
  $("toast").textContent = text;
  toastTimer = setTimeout(() => { $("toast").textContent = ""; }, 8000);
}

const complaints = new Map();
function complain(about, text) {
  complaints.set(about, text);
  const all = [...complaints.values()].filter(Boolean).join(" ");
  if ($("notice").textContent !== all) $("notice").textContent = all;
  $("notice").hidden = !all;
}

// ---- Colours, keys, start

const THEMES = { auto: ["Auto", "Colours: as the system"], light: ["Light", "Colours: light"], dark: ["Dark", "Colours: dark"] };
const systemDark = matchMedia("(prefers-color-scheme: dark)");

function paint() {
  const theme = THEMES[store.get("theme")] ? store.get("theme") : "auto";
  document.documentElement.dataset.theme = theme === "auto" ? (systemDark.matches ? "dark" : "light") : theme;
  [$("theme").textContent] = THEMES[theme];
  $("theme").setAttribute("aria-label", THEMES[theme][1]);
}

async function start() {
  paint();
  systemDark.onchange = paint;
  $("theme").onclick = () => {
    const names = Object.keys(THEMES);
    store.set("theme", names[(names.indexOf(store.get("theme") ?? "auto") + 1) % names.length]);
    paint();
  };
  $("tabs").append(...Object.entries(TABLES).map(([name, table]) => {
    const tab = make("button", { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": "panel", "data-table": name }, table.title);
    tab.onclick = () => choose(name);
    return tab;
  }));
  $("tabs").onkeydown = (event) => {
    const names = Object.keys(TABLES);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const to = event.key === "Home" ? 0 : event.key === "End" ? names.length - 1
      : step ? (names.indexOf(view.name) + step + names.length) % names.length : undefined;
    if (to === undefined) return;
    event.preventDefault();
    choose(names[to], { focus: true });
  };
  let typing;
  $("search").oninput = () => {
    clearTimeout(typing);
    typing = setTimeout(() => { view.search = $("search").value.trim(); view.cursors = []; load(); }, 200);
  };
  $("tools").onsubmit = (event) => event.preventDefault();
  $("next").onclick = () => turn(true);
  $("previous").onclick = () => turn(false);
  $("agent").onchange = () => { samples = []; lastCounters = undefined; view.cursors = []; poll(); load(); };
  document.onkeydown = (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
    if (event.target.closest("input, select")) { if (event.key === "Escape") event.target.blur(); return; }
    if (event.key === "/") { event.preventDefault(); $("search").focus(); }
    if (event.key === "n") turn(true);
    if (event.key === "p") turn(false);
  };
  window.onhashchange = () => { if (location.hash.slice(1) !== view.name && TABLES[location.hash.slice(1)]) choose(location.hash.slice(1)); };
  window.onresize = showRates;
  await learn();
  choose(location.hash.slice(1));
  poll();
  setInterval(() => { if (!document.hidden) poll(); }, INTERVAL);
  // What changes without an event, such as the counters of tunnels and renewals.
  setInterval(() => { if (!document.hidden && !TABLES[view.name].isStream && !$("revoke").open) load(); }, 10000);
  setInterval(() => {
    for (const element of document.querySelectorAll("[data-ends]")) element.textContent = span((element.dataset.ends - Date.now()) / 1000);
  }, 1000);
  follow();
}

start();

"""####
}
