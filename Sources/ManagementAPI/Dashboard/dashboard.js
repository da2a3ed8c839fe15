"use strict";
// A single page over the JSON API: polls small resources (status, counters), requests one page of one table, follows the event stream.

const $ = (id) => document.getElementById(id);
const PAGE = 50;
const SAMPLES = 180;
const INTERVAL = 2000;

const store = {
  get(key) { try { return sessionStorage.getItem(key) ?? localStorage.getItem(key); } catch { return null; } },
  set(key, value) { try { localStorage.setItem(key, value); } catch { /* the browser has no storage */ } },
};

// ---- Texts

const number = new Intl.NumberFormat("en");
const count = (value) => (value === undefined || value === null ? "" : number.format(value));
const words = (name) => (name ?? "").replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase().replace(/\b(spi|nai)\b/g, (s) => s.toUpperCase());

function formatBytes(value) {
  if (value === undefined || value === null) return "";
  let unit = 0;
  while (value >= 1000 && unit < 5) { value /= 1000; unit += 1; }
  return `${unit === 0 ? value : value.toFixed(1)} ${["B", "kB", "MB", "GB", "TB", "PB"][unit]}`;
}

function formatDuration(seconds) {
  if (seconds === 65535) return "infinite";
  seconds = Math.max(0, Math.round(seconds));
  const [d, h, m, s] = [Math.floor(seconds / 86400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (n) => String(n).padStart(2, "0");
  return d ? `${d} d ${two(h)} h` : h ? `${h} h ${two(m)} min` : m ? `${m} min ${two(s)} s` : `${s} s`;
}

function formatTime(text) {
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

// The meaning of codes and words, from the server. Until a poll has loaded it, codes and words are shown as they are.
const vocabulary = {};

async function loadVocabulary() {
  try {
    const lists = await (await fetchAPI("v1/vocabulary", { signal: AbortSignal.timeout(5000) })).json();
    for (const [name, list] of Object.entries(lists)) vocabulary[name] = new Map(list.map((entry) => [entry.word ?? entry.code, entry]));
    return true;
  } catch { return false; /* polling reports the problem */ }
}

const title = (list, word) => vocabulary[list]?.get(word)?.title ?? word ?? "";
const tonedPill = (list, word) => pill(title(list, word), vocabulary[list]?.get(word)?.tone);
const meaning = (code) => (vocabulary.replyCodes ? vocabulary.replyCodes.get(code)?.meaning ?? "unassigned" : "");
const isAccepted = (code) => vocabulary.replyCodes?.get(code)?.accepted ?? code === 0;

// ---- Tables: their columns, their order when unsorted, and the events that change them

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
      column("Registered", (row) => formatTime(row.created), { sort: "created" }),
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
      column("Latest", (row) => formatTime(row.recentTime), { sort: "recentTime" }),
      column("Reason", (row) => pill(title("violationReasons", row.recentReason), "bad")),
      column("SPI", (row) => mono(String(row.recentSPI ?? "")), { number: true }),
      column("Reply", (row) => (row.recentCode === undefined ? "none" : `${row.recentCode} ${meaning(row.recentCode)}`)),
      column("Agent", (row) => row.agent),
    ],
  },
  history: {
    title: "History", events: ["deregistered", "expired", "revoked", "careOfAddressChanged", "registrationTimedOut"], sort: "-ended",
    key: (row) => [row.agent, row.homeAddress, row.index],
    columns: [
      column("Ended", (row) => formatTime(row.ended), { sort: "ended" }),
      column("Reason", (row) => tonedPill("endReasons", row.endReason), { sort: "endReason" }),
      address("homeAddress", "Home address"), column("Care-of address", (row) => mono(row.careOfAddress)),
      column("NAI", (row) => row.nai ?? ""),
      column("Duration", (row) => formatDuration((new Date(row.ended) - new Date(row.created)) / 1000), { number: true }),
      column("Renewals", (row) => count(row.renewals), { number: true }),
      column("Role", (row) => words(row.role)), column("Agent", (row) => row.agent),
    ],
  },
  events: {
    title: "Events", isStream: true,
    key: (row) => [row.id],
    columns: [
      column("Time", (row) => formatTime(row.time)), column("Kind", (row) => tonedPill("eventKinds", row.kind)),
      column("Message", (row) => row.message, { wide: true }), column("Agent", (row) => row.agent),
    ],
  },
};

function remaining(row) {
  if (row.timeRemaining === undefined) return "";
  return make("span", { "data-ends": row.timeRemaining === 65535 ? undefined : Date.now() + row.timeRemaining * 1000 }, formatDuration(row.timeRemaining));
}

function revokeButton(row) {
  const button = make("button", { type: "button", class: "danger", "aria-label": `Revoke ${row.homeAddress}` }, "Revoke");
  button.onclick = () => confirmRevocation(row);
  return button;
}

// ---- The API

class APIError extends Error {
  constructor(status, text) { super(text); this.status = status; }
}

function headers(accept) {
  const fields = { Accept: accept };
  const token = store.get("token");
  if (token) fields.Authorization = `Bearer ${token}`;
  return fields;
}

async function fetchAPI(path, options = {}) {
  const response = await fetch(path, { ...options, headers: { ...headers("application/json"), ...options.headers } });
  if (response.status === 401) signIn();
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw new APIError(response.status, problem.detail ?? `the server returned status ${response.status}`);
  }
  return response;
}

const json = async (path) => (await fetchAPI(path)).json();
const scope = () => ($("agent").value ? `agent=${encodeURIComponent($("agent").value)}` : "");

function signIn() {
  const dialog = $("login");
  if (dialog.open) return;
  $("token").value = "";
  dialog.showModal();
  dialog.onclose = () => {
    try { sessionStorage.setItem("token", $("token").value.trim()); } catch { /* the page asks for the token again */ }
    location.reload();
  };
}

// ---- Polling: status and counters

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
    setNotice("status", "");
    if (!vocabulary.replyCodes && await loadVocabulary() && !$("revoke").open) load();
  } catch (error) {
    setNotice("status", error instanceof APIError ? error.message : "mip-mibd is not responding; the data shown is out of date");
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
  const unsynchronized = agents.filter((a) => a.connection !== "synchronized").map((a) => a.agent);
  setNotice("agents", unsynchronized.length ? `No current data from ${unsynchronized.join(", ")}.` : "");
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
    rows.push(facts("up ", strong(formatDuration((Date.now() - new Date(information.startTime)) / 1000)), `, ${information.version}`,
      agent.restarts ? `, ${count(agent.restarts)} restart${agent.restarts === 1 ? "" : "s"} detected` : ""));
    const quantity = (value, name) => [strong(count(value)), ` ${name}${value === 1 ? "" : "s"}`];
    rows.push(facts(...quantity(agent.counts.associations, "association"), ", ", ...quantity(agent.counts.violations, "violator")));
    if (information.roles?.includes("homeAgent")) rows.push(capacity("bindings", agent.counts.bindings, information.maximumBindings));
    if (information.roles?.includes("foreignAgent")) rows.push(capacity("visitors", agent.counts.visitors, information.maximumVisitors));
  }
  if (!isCurrent && agent.lastError) rows.push(make("p", { class: "error" }, agent.lastError));
  const pills = [pill(agent.connection, tone)];
  if (information && !information.enabled) pills.push(pill("disabled", "warn"));
  if (information?.busy) pills.push(pill("busy", "warn"));
  if (!isCurrent && agent.age !== undefined) rows.push(facts(`last heard ${formatDuration(agent.age)} ago`));
  return make("li", { "data-agent": agent.agent }, make("h3", {}, agent.agent, ...pills), ...rows);
}

function capacity(name, used, limit) {
  const hasLimit = limit && limit < 4294967295;
  const share = hasLimit ? used / limit : 0;
  const bar = make("svg:svg", { viewBox: "0 0 100 4", preserveAspectRatio: "none", "aria-hidden": "true" },
    make("svg:rect", { class: share > 0.9 ? "full" : "", width: Math.min(100, Math.max(share * 100, used ? 0.5 : 0)), height: 4 }));
  const text = make("p", { class: "facts" }, make("b", {}, count(used)), hasLimit ? ` of ${count(limit)} ${name}` : ` ${name}`);
  return make("div", { class: "capacity" }, text, ...(hasLimit ? [bar] : []));
}

const OUTCOMES = ["accepted", "denied", "discarded"];

// The sum over agents, roles and kinds of requests. A home agent and a foreign agent that handle the same request both count it.
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
    // A restarted agent counts from zero, so the rate for that step is unknown.
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
  const duration = INTERVAL * (SAMPLES - 1);
  const now = samples.at(-1)?.time ?? 0;
  const x = (time) => left + (width - left - 4) * (1 - (now - time) / duration);
  const y = (value) => 8 + (height - 8 - bottom) * (1 - value / top);
  const label = samples.length
    ? `Now ${OUTCOMES.map((name) => `${rateText(last[name])} ${name}`).join(", ")} per second; the scale ends at ${top}.` : "No rate known yet.";
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
  const maximum = Math.max(1, ...rows.map((row) => row[1]));
  $("codes").replaceChildren(...rows.map(([code, times]) => {
    const bar = make("svg:svg", { viewBox: "0 0 100 5", preserveAspectRatio: "none", "aria-hidden": "true" },
      make("svg:rect", { class: isAccepted(code) ? "accepted" : "denied", width: Math.max(0.6, (times / maximum) * 100), height: 5 }));
    return make("div", { class: "row" }, make("span", {}, make("code", {}, String(code)), ` ${meaning(code)}`), make("span", {}, count(times)), bar);
  }), ...(rows.length ? [] : [make("p", { class: "note" }, "No replies yet.")]));
}

// ---- One table

const view = { name: "bindings", sort: "homeAddress", search: "", cursors: [], next: null, rows: [], load: 0 };
let knownKeys = new Set();

function choose(name, { focus = false } = {}) {
  if (!TABLES[name]) name = "bindings";
  Object.assign(view, { name, sort: TABLES[name].sort, search: "", cursors: [], next: null, rows: [] });
  $("search").value = "";
  knownKeys = new Set();
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
  $("search").placeholder = table.isStream ? "Search events" : table.search ? "Address or NAI" : "Search not available";
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
    if (c.hidden) return make("th", attributes, make("span", { class: "visually-hidden" }, c.label));
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
  const request = ++view.load;
  const query = new URLSearchParams({ limit: PAGE });
  if (view.sort) query.set("sort", view.sort);
  if ($("agent").value) query.set("agent", $("agent").value);
  if (view.search) query.set("search", view.search);
  if (view.cursors.length) query.set("cursor", view.cursors.at(-1));
  try {
    const response = await fetchAPI(`v1/${view.name}?${query}`);
    const rows = await response.json();
    if (request !== view.load) return;
    const link = /<\?([^>]*)>; rel="next"/.exec(response.headers.get("Link") ?? "");
    view.next = link ? new URLSearchParams(link[1]).get("cursor") : null;
    showRows(rows);
    setNotice("table", "");
  } catch (error) {
    if (request !== view.load) return;
    setNotice("table", error instanceof APIError ? error.message : "mip-mibd is not responding; the table is out of date");
  }
}

function showRows(rows, { isLoading = false } = {}) {
  const table = TABLES[view.name];
  const focused = document.activeElement?.closest?.("tbody tr")?.dataset.key;
  const previousKeys = knownKeys;
  knownKeys = new Set(rows.map((row) => table.key(row).join(" ")));
  view.rows = rows;
  const body = document.querySelector("tbody");
  body.replaceChildren(...rows.map((row) => {
    const key = table.key(row).join(" ");
    const line = make("tr", { "data-key": key, class: previousKeys.size && !previousKeys.has(key) && !view.cursors.length ? "fresh" : undefined });
    for (const c of table.columns) {
      const content = c.text(row);
      const classes = [c.number ? "number" : "", c.wide ? "wide" : "", content === "" ? "blank" : ""].filter(Boolean).join(" ");
      line.append(make("td", { "data-label": c.hidden ? "" : c.label, class: classes || undefined }, content));
    }
    return line;
  }));
  if (!rows.length) {
    const text = isLoading ? "Loading…" : view.search ? `No matches for “${view.search}”.` : `No ${table.title.toLowerCase()}.`;
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
  if (table.isStream) { $("count").textContent = `Latest ${count(view.rows.length)}`; return; }
  if (!view.rows.length) { $("count").textContent = ""; return; }
  const total = table.total && !view.search ? ` of ${count(Math.max(totals[table.total] ?? 0, last))}` : view.next ? " and more" : ` of ${count(last)}`;
  $("count").textContent = `${count(first)}–${count(last)}${total}`;
}

function turnPage(isForward) {
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

function scheduleReload() {
  // Many events cause a single reload: at most two per second, and none while a binding is being revoked.
  reload ??= setTimeout(() => { reload = undefined; if (!$("revoke").open) load(); }, 500);
}

function handleEvent(kind, data) {
  if (kind === "missed") { scheduleReload(); return; }
  if (kind === "ready") return;
  events.unshift(data);
  events.length = Math.min(events.length, 500);
  const table = TABLES[view.name];
  if (table.isStream || table.events.includes(kind) || kind.startsWith("agent") || kind === "changed") scheduleReload();
}

function setLive(state, text) {
  if ($("live").dataset.state === state) return;
  $("live").dataset.state = state;
  $("live").lastElementChild.textContent = text;
}

// Server-Sent Events over fetch, which, unlike EventSource, can send a token. After a disconnection, the server resumes after the last id.
async function follow() {
  try {
    const stored = await json("v1/events");
    events.unshift(...stored.slice(-500).reverse());
    lastEventID = stored.at(-1)?.id ?? "";
    if (TABLES[view.name].isStream) showEvents();
  } catch { /* the stream delivers further events */ }
  for (;;) {
    try {
      const more = lastEventID ? { "Last-Event-ID": lastEventID } : {};
      const response = await fetch("v1/events", { headers: { ...headers("text/event-stream"), ...more } });
      if (response.status === 401) { signIn(); return; }
      if (!response.ok) throw new Error();
      setLive("live", "live");
      scheduleReload();
      await read(response.body.pipeThrough(new TextDecoderStream()).getReader());
    } catch { /* reconnects below */ }
    setLive("lost", "reconnecting");
    await new Promise((done) => setTimeout(done, 2000));
  }
}

async function read(reader) {
  let rest = "";
  for (;;) {
    // The server sends heartbeats more often than this.
    let timer;
    const timeout = new Promise((_, fail) => { timer = setTimeout(() => { reader.cancel(); fail(new Error()); }, 45000); });
    const { value, done } = await Promise.race([reader.read(), timeout]).finally(() => clearTimeout(timer));
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
      if (fields.event && fields.data) handleEvent(fields.event, JSON.parse(fields.data));
    }
  }
}

// ---- Revoking

function confirmRevocation(row) {
  const dialog = $("revoke");
  const facts = [["Home address", row.homeAddress], ["Care-of address", row.careOfAddress], ["NAI", row.nai], ["Agent", row.agent]];
  $("revoked").replaceChildren(...facts.filter((f) => f[1]).flatMap(([name, value]) => [make("dt", {}, name), make("dd", { class: "mono" }, value)]));
  dialog.returnValue = "cancel";
  dialog.showModal();
  dialog.onclose = async () => {
    if (dialog.returnValue !== "revoke") return;
    const path = [row.agent, row.homeAddress, row.careOfAddress].map(encodeURIComponent).join("/");
    try {
      await fetchAPI(`v1/bindings/${path}`, { method: "DELETE" });
      toast(`Binding of ${row.homeAddress} revoked.`);
    } catch (error) {
      toast(`Cannot revoke the binding: ${error.message}`);
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

const notices = new Map();
function setNotice(topic, text) {
  notices.set(topic, text);
  const all = [...notices.values()].filter(Boolean).join(" ");
  if ($("notice").textContent !== all) $("notice").textContent = all;
  $("notice").hidden = !all;
}

// ---- Color theme, keys, start

const THEMES = { auto: ["Auto", "Color theme: system"], light: ["Light", "Color theme: light"], dark: ["Dark", "Color theme: dark"] };
const systemDark = matchMedia("(prefers-color-scheme: dark)");

function applyTheme() {
  const theme = THEMES[store.get("theme")] ? store.get("theme") : "auto";
  document.documentElement.dataset.theme = theme === "auto" ? (systemDark.matches ? "dark" : "light") : theme;
  [$("theme").textContent] = THEMES[theme];
  $("theme").setAttribute("aria-label", THEMES[theme][1]);
}

async function start() {
  applyTheme();
  systemDark.onchange = applyTheme;
  $("theme").onclick = () => {
    const names = Object.keys(THEMES);
    store.set("theme", names[(names.indexOf(store.get("theme") ?? "auto") + 1) % names.length]);
    applyTheme();
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
  $("next").onclick = () => turnPage(true);
  $("previous").onclick = () => turnPage(false);
  $("agent").onchange = () => { samples = []; lastCounters = undefined; view.cursors = []; poll(); load(); };
  document.onkeydown = (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
    if (event.target.closest("input, select")) { if (event.key === "Escape") event.target.blur(); return; }
    if (event.key === "/") { event.preventDefault(); $("search").focus(); }
    if (event.key === "n") turnPage(true);
    if (event.key === "p") turnPage(false);
  };
  window.onhashchange = () => { if (location.hash.slice(1) !== view.name && TABLES[location.hash.slice(1)]) choose(location.hash.slice(1)); };
  window.onresize = showRates;
  await loadVocabulary();
  choose(location.hash.slice(1));
  poll();
  setInterval(() => { if (!document.hidden) poll(); }, INTERVAL);
  // Reloads data that changes without an event, such as the counters of tunnels and renewals.
  setInterval(() => { if (!document.hidden && !TABLES[view.name].isStream && !$("revoke").open) load(); }, 10000);
  setInterval(() => {
    for (const element of document.querySelectorAll("[data-ends]")) element.textContent = formatDuration((element.dataset.ends - Date.now()) / 1000);
  }, 1000);
  follow();
}

start();
