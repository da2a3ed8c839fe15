"use strict";
// A single page over the JSON API: polls small resources (status, counters), requests one page of one table, follows the event stream.

const $ = (id) => document.getElementById(id);
const PAGE = 50;
const SAMPLES = 180;
const INTERVAL = 2000;
// How long a request may take. A server that needs longer for an answer of this size does not serve anybody.
const PATIENCE = 5000;

// Settings stay in the browser, the token until the tab is closed. A browser may refuse both; then they last as long as the page.
function keep(storage, key) {
  let value;
  try { value = storage().getItem(key); } catch { /* the browser has no storage */ }
  return {
    get: () => value ?? undefined,
    set(text) {
      value = text;
      try { if (text === undefined) storage().removeItem(key); else storage().setItem(key, text); } catch { /* as above */ }
    },
  };
}

const chosenTheme = keep(() => localStorage, "theme");
const token = keep(() => sessionStorage, "token");

// ---- Texts

const number = new Intl.NumberFormat("en");
const count = (value) => (value === undefined || value === null ? "" : number.format(value));

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

// A time of day means nothing without its date and zone: rows are older than a day, and readers sit in several zones.
function timeParts(time) {
  const two = (n) => String(n).padStart(2, "0");
  const offset = -time.getTimezoneOffset();
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
  return {
    date: `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`,
    clock: [time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(":"),
    zone: offset ? `${offset < 0 ? "−" : "+"}${two(hours)}:${two(minutes)}` : "UTC",
  };
}

function formatTime(time) {
  const { date, clock, zone } = timeParts(time);
  return `${date} ${clock} ${zone}`;
}

function timestamp(text) {
  const time = new Date(text ?? "");
  if (Number.isNaN(time.getTime())) return text ?? "";
  const { date, clock, zone } = timeParts(time);
  return make("time", { datetime: text }, `${date} ${clock} `, make("span", { class: "zone" }, zone));
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
let hasVocabulary = false;

async function loadVocabulary() {
  try {
    const lists = await json("v1/vocabulary");
    for (const [name, list] of Object.entries(lists)) vocabulary[name] = new Map(list.map((entry) => [entry.word ?? entry.code, entry]));
    hasVocabulary = true;
  } catch { /* the next poll requests it again */ }
  return hasVocabulary;
}

const title = (list, word) => vocabulary[list]?.get(word)?.title ?? word ?? "";
const tonedPill = (list, word) => pill(title(list, word), vocabulary[list]?.get(word)?.tone);
const meaning = (code) => (vocabulary.replyCodes ? vocabulary.replyCodes.get(code)?.meaning ?? "unassigned" : "");
const isAccepted = (code) => vocabulary.replyCodes?.get(code)?.accepted ?? code === 0;

// ---- Tables: their columns, their order when unsorted, and the events that change them. What is kept outlives the agent's connection.

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
      column("Agent", (row) => row.agent),
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

// ---- The API

class APIError extends Error {
  constructor(status, text) { super(text); this.status = status; }
}

function headers(accept, ownToken = token.get()) {
  const fields = { Accept: accept };
  if (ownToken) fields.Authorization = `Bearer ${ownToken}`;
  return fields;
}

async function failure(response) {
  const problem = await response.json().catch(() => ({}));
  return new APIError(response.status, problem.detail ?? `the server returned status ${response.status}`);
}

async function fetchAPI(path, options = {}) {
  const mine = generation;
  const response = await fetch(path, { signal: AbortSignal.timeout(PATIENCE), headers: headers("application/json"), ...options });
  if (response.ok) return response;
  const error = await failure(response);
  if (error.status === 401 && mine === generation) requireToken(error.message);
  throw error;
}

const json = async (path) => (await fetchAPI(path)).json();
const sentence = (error) => (error instanceof APIError ? `${error.message[0].toUpperCase()}${error.message.slice(1)}.` : "mip-mibd does not answer.");

// ---- The connection: live, lost (everything shown is as of the last answer and nothing can be clicked), or signedOut

let connection = "connecting";
let isStreaming = false;
// Increases with each sign-in and sign-out. What an earlier one requested is ignored.
let generation = 0;
let dataTime;

function setConnection(state, error) {
  const isChange = state !== connection;
  connection = state;
  const isLost = state === "lost";
  document.documentElement.dataset.connection = state;
  document.title = isLost ? "No answer – mip-mib" : "mip-mib";
  if (isChange) {
    const focused = isLost ? document.activeElement : undefined;
    $("data").disabled = $("choice").disabled = isLost || state === "signedOut";
    $("personal").disabled = $("links").hidden = isLost;
    if (isLost) interrupt(focused); else if (document.activeElement === document.body) lastFocused?.focus();
    if (!view.rows.length) showEmpty();
  }
  if (isLost) { setNotice("agents", ""); setNotice("table", ""); }
  setNotice("status", isLost ? `${sentence(error)}${dataTime ? ` Everything below is as of ${formatTime(dataTime)}.` : ""}`
    : state === "signedOut" ? "Sign in to see the data of this server." : "");
  showConnection();
}

let lastFocused;

// The server may not have received what a person was about to confirm, so the dialog does not stay open.
function interrupt(focused) {
  lastFocused = focused === document.body ? undefined : focused;
  if ($("revoke").open) { $("revoke").close("cancel"); toast("Nothing was revoked."); }
}

function showConnection() {
  const since = dataTime && timeParts(dataTime);
  const isToday = since?.date === timeParts(new Date()).date;
  const text = {
    connecting: "connecting", live: isStreaming ? "live" : "reconnecting", signedOut: "signed out",
    lost: since ? `as of ${isToday ? "" : `${since.date} `}${since.clock}` : "no data",
  }[connection];
  const live = $("live");
  live.dataset.state = connection === "live" && !isStreaming ? "reconnecting" : connection;
  live.title = connection === "lost" && dataTime ? `The latest answer of mip-mibd is as of ${formatTime(dataTime)}` : "";
  if (live.lastElementChild.textContent !== text) live.lastElementChild.textContent = text;
}

// ---- The session: on whose behalf the server takes this page's requests, and what that role may do

let session;
const mayWrite = () => session?.role === "write";

function showSession() {
  // Without tokens, everyone has the same role, and nobody can sign in.
  const who = session?.hasToken ? ["Signed in as ", make("b", {}, session.actor)] : !session || session.acceptsTokens ? ["Not signed in"] : [];
  $("who").hidden = !session && connection !== "signedOut";
  $("who").replaceChildren(...who, ...(session ? [make("span", { class: "role" }, `role ${session.role}`)] : []));
  $("who").toggleAttribute("data-named", who.length > 0);
  $("who").title = session && !mayWrite() ? "Changes require a token with the role write, or the Unix socket of mip-mibd" : "";
  $("sign-in").hidden = session ? session.hasToken || !session.acceptsTokens : connection !== "signedOut";
  $("sign-out").hidden = token.get() === undefined;
}

// Begins anew with the token that is kept now, or without one; nothing that the previous session showed remains.
function begin() {
  generation += 1;
  stream.abort();
  stream = new AbortController();
  session = undefined;
  dataTime = undefined;
  isStreaming = false;
  forget();
  setConnection("connecting");
  showSession();
  poll();
  follow(generation);
}

function forget() {
  events.length = 0;
  lastEventID = "";
  samples = [];
  lastCounters = undefined;
  agents = [];
  fillAgents([]);
  showStatus();
  showRates();
  showCodes([]);
  for (const id of ["n-bindings", "n-visitors", "n-violations", "n-accepted", "n-denied", "n-agents"]) tile(id, "–");
  Object.assign(view, { cursors: [], next: null });
  view.load += 1;
  knownKeys = new Set();
  showHead();
  showRows([], { isLoading: true });
}

// The server refused a request for want of a valid token.
function requireToken(detail) {
  const isRefused = token.get() !== undefined;
  const isFirst = connection === "connecting" && !hasDeclined;
  token.set(undefined);
  generation += 1;
  stream.abort();
  session = undefined;
  setConnection("signedOut");
  forget();
  showSession();
  if (isRefused) openSignIn(`The token of this page is no longer valid: ${detail}.`); else if (isFirst) openSignIn();
}

let hasDeclined = false;

function openSignIn(detail) {
  const dialog = $("login");
  if (dialog.open) return;
  $("token").value = "";
  showSignInError(detail);
  dialog.showModal();
}

function showSignInError(detail) {
  $("login-error").textContent = detail ?? "";
  $("token").setAttribute("aria-invalid", Boolean(detail));
}

// The token is tried before it is kept, so that the dialog can report that it is wrong.
async function signIn() {
  const entered = $("token").value.trim();
  $("submit").disabled = true;
  let answer;
  try {
    // A header cannot have other characters.
    if (!/^[ -~]+$/.test(entered)) throw new APIError(401, "a token consists of hexadecimal digits, and this one has other characters");
    const response = await fetch("v1/session", { signal: AbortSignal.timeout(PATIENCE), headers: headers("application/json", entered) });
    if (!response.ok) throw await failure(response);
    answer = await response.json();
  } catch (error) {
    showSignInError(`Cannot sign in: ${error instanceof APIError ? error.message : "mip-mibd does not answer"}.`);
    return;
  } finally { $("submit").disabled = false; $("token").select(); $("token").focus(); }
  token.set(entered);
  hasDeclined = false;
  begin();
  $("login").close("signed in");
  toast(`Signed in as ${answer.actor}.`);
}

function signOut() {
  token.set(undefined);
  hasDeclined = true;
  begin();
}

// ---- Polling: status and counters

// Outcomes of each agent at the latest poll.
let lastCounters;
let samples = [];
let agentNames = "";
// The agents chosen above the tables, as of the latest poll.
let agents = [];
let polling;

async function poll() {
  if (polling === generation || connection === "signedOut") return;
  const mine = polling = generation;
  try {
    const isNew = connection !== "live";
    // A server that was away may have been upgraded, or have other tokens.
    if (isNew || !session) session = await json("v1/session");
    const isFirstVocabulary = (isNew || !hasVocabulary) && await loadVocabulary();
    const status = await json("v1/status");
    if (mine !== generation) return;
    if (status.agents.map((a) => a.agent).join() !== agentNames) fillAgents(status.agents);
    const chosen = $("agent").value;
    const counters = await json(`v1/counters${chosen ? `?agent=${encodeURIComponent(chosen)}` : ""}`);
    if (mine !== generation || chosen !== $("agent").value) return;
    agents = status.agents.filter((a) => !chosen || a.agent === chosen);
    for (const agent of agents) if (agent.information) seenRoles.set(agent.agent, agent.information.roles ?? []);
    dataTime = new Date();
    setConnection("live");
    showSession();
    takeSample(counters);
    showStatus();
    showRates();
    showCodes(counters);
    if (isNew) { showHead(); load(); } else if (isFirstVocabulary && !$("revoke").open) load();
  } catch (error) {
    if (mine === generation && error.status !== 401) setConnection("lost", error);
  } finally {
    if (polling === mine) polling = undefined;
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

const isCurrent = (agent) => agent.connection === "synchronized";
// The roles that an agent had when it was last known.
const seenRoles = new Map();
// The agents whose rows are unknown, since mip-mibd has lost their connection and has withdrawn what it knew of them.
const missing = (role) => agents.filter((a) => !a.information && (!role || (seenRoles.get(a.agent) ?? [role]).includes(role))).map((a) => a.agent);
const without = (names) => (names.length ? `without ${names.join(", ")}` : "");

// The sum over the agents that are known. While others are not, that those have no rows is not a zero.
function total(name, role) {
  const sum = agents.reduce((all, agent) => all + (agent.information ? agent.counts?.[name] ?? 0 : 0), 0);
  return sum || !missing(role).length ? sum : undefined;
}

function tile(id, value, { tone = "", note = "" } = {}) {
  $(id).replaceChildren(value, ...(note ? [make("small", { title: note }, note)] : []));
  $(id).dataset.tone = tone;
}

function showTotal(id, value, { role, tone = "" } = {}) {
  if (value === undefined) tile(id, "unknown", { tone: "unknown" });
  else tile(id, count(value), { tone: value ? tone : "", note: without(missing(role)) });
}

function showStatus() {
  totals = { bindings: total("bindings", "homeAgent"), visitors: total("visitors", "foreignAgent"), violations: total("violations") };
  showTotal("n-bindings", totals.bindings, { role: "homeAgent" });
  showTotal("n-visitors", totals.visitors, { role: "foreignAgent" });
  showTotal("n-violations", totals.violations, { tone: "warn" });
  const current = agents.filter(isCurrent).length;
  tile("n-agents", `${current} of ${agents.length}`, { tone: current < agents.length ? "bad" : "" });
  $("agents").replaceChildren(...agents.map(agentCard));
  const unsynchronized = agents.filter((a) => !isCurrent(a)).map((a) => a.agent);
  setNotice("agents", connection === "live" && unsynchronized.length ? `No current data from ${unsynchronized.join(", ")}.` : "");
  if (!view.rows.length && connection === "live") showEmpty();
  showActions();
  showCount();
}

function agentCard(agent) {
  const information = agent.information;
  const facts = (...parts) => make("p", { class: "facts" }, ...parts);
  const strong = (text) => make("b", {}, text);
  const rows = [];
  if (information) {
    const addresses = [...new Set((information.addresses ?? []).map((a) => a.address))].join(", ");
    const roles = (information.roles ?? []).map((role) => title("agentRoles", role)).join(", ");
    rows.push(facts(strong(roles), addresses ? " at " : "", addresses ? mono(addresses) : ""));
    const started = new Date(information.startTime);
    rows.push(facts("up ", make("b", { title: `since ${formatTime(started)}` }, formatDuration((Date.now() - started) / 1000)),
      `, ${information.version}`,
      agent.restarts ? `, ${count(agent.restarts)} restart${agent.restarts === 1 ? "" : "s"} detected` : ""));
    const quantity = (value, name) => [strong(count(value)), ` ${name}${value === 1 ? "" : "s"}`];
    rows.push(facts(...quantity(agent.counts.associations, "association"), ", ", ...quantity(agent.counts.violations, "violator")));
    if (information.roles?.includes("homeAgent")) rows.push(capacity("bindings", agent.counts.bindings, information.maximumBindings));
    if (information.roles?.includes("foreignAgent")) rows.push(capacity("visitors", agent.counts.visitors, information.maximumVisitors));
  } else {
    rows.push(facts("bindings, visitors, associations and violators ", strong("unknown")));
  }
  if (!isCurrent(agent) && agent.lastError) rows.push(make("p", { class: "error" }, agent.lastError));
  const pills = [tonedPill("connections", agent.connection)];
  if (information && !information.enabled) pills.push(pill("disabled", "warn"));
  if (information?.busy) pills.push(pill("busy", "warn"));
  if (!isCurrent(agent) && agent.age !== undefined) rows.push(facts(`last heard ${formatDuration(agent.age)} ago`));
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

// The sum over roles and kinds of requests. A home agent and a foreign agent that handle the same request both count it.
function outcomes(row) {
  const sum = { accepted: 0, denied: 0, discarded: 0 };
  for (const role of ["homeAgent", "foreignAgent"]) {
    for (const kind of Object.values(row[role]?.outcomes ?? {})) for (const name of OUTCOMES) sum[name] += kind[name] ?? 0;
  }
  return sum;
}

// A rate is the difference between two polls in the same run of an agent. An agent that was away in between, or that counts from zero
// again, has no rate for that step; a difference to what others had counted would be a peak that never was.
function takeSample(counters) {
  const time = performance.now();
  if (lastCounters && time - lastCounters.time < 200) return;
  const seconds = lastCounters ? (time - lastCounters.time) / 1000 : Infinity;
  const runs = new Map();
  const sample = { time };
  for (const agent of agents.filter(isCurrent)) {
    const row = counters.find((c) => c.agent === agent.agent);
    if (!row) continue;
    const now = { instance: agent.information?.instance, ...outcomes(row) };
    runs.set(agent.agent, now);
    const before = lastCounters?.runs.get(agent.agent);
    const isKnown = before?.instance === now.instance && seconds < 5 * INTERVAL / 1000 && OUTCOMES.every((name) => now[name] >= before[name]);
    if (isKnown) for (const name of OUTCOMES) sample[name] = (sample[name] ?? 0) + (now[name] - before[name]) / seconds;
  }
  // Nothing from those that are known is not nothing at all.
  if (runs.size < agents.length && !OUTCOMES.some((name) => sample[name])) for (const name of OUTCOMES) delete sample[name];
  if (lastCounters) samples = [...samples, sample].filter((s) => time - s.time <= INTERVAL * SAMPLES);
  lastCounters = { time, runs };
}

const rateText = (value) => (value === undefined ? "–" : value >= 100 ? number.format(Math.round(value)) : value >= 10 ? value.toFixed(1) : value.toFixed(value ? 2 : 0));

function showRates() {
  const last = samples.at(-1) ?? {};
  const away = agents.filter((a) => !isCurrent(a)).map((a) => a.agent);
  for (const [id, rate, tone] of [["n-accepted", last.accepted, ""], ["n-denied", last.denied, "warn"]]) {
    if (rate === undefined && away.length) tile(id, "unknown", { tone: "unknown" });
    else tile(id, rateText(rate), { tone: rate > 0 ? tone : "", note: without(away) });
  }
  $("key").replaceChildren(...OUTCOMES.map((name) =>
    make("span", {}, make("i", { class: `swatch-${name}` }), `${name} `, make("b", {}, rateText(last[name])))),
  ...(away.length ? [make("span", {}, without(away))] : []));
  drawRates($("rate"), last);
}

const scaleText = (value) => (value >= 10000 ? `${number.format(value / 1000)} k` : number.format(value));

function niceTop(value) {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map((step) => step * power).find((top) => top >= value) ?? value;
}

function drawRates(place, last) {
  const [width, height, left, bottom] = [Math.max(280, place.clientWidth - 16), 176, 44, 22];
  const top = niceTop(Math.max(1, ...samples.flatMap((s) => OUTCOMES.map((name) => s[name] ?? 0))));
  const duration = INTERVAL * (SAMPLES - 1);
  const now = samples.at(-1)?.time ?? 0;
  const x = (time) => left + (width - left - 4) * (1 - (now - time) / duration);
  const y = (value) => 8 + (height - 8 - bottom) * (1 - value / top);
  const label = samples.length && last.accepted !== undefined
    ? `Now ${OUTCOMES.map((name) => `${rateText(last[name])} ${name}`).join(", ")} per second; the scale ends at ${top}.`
    : `The rate is unknown; the scale ends at ${top}.`;
  const svg = make("svg:svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label, preserveAspectRatio: "none" });
  for (const part of [0, 0.5, 1]) {
    svg.append(make("svg:line", { class: "rule", x1: left, x2: width, y1: y(top * part), y2: y(top * part) }));
    svg.append(make("svg:text", { x: left - 7, y: y(top * part) + 4, "text-anchor": "end" }, scaleText(top * part)));
  }
  for (const minutes of [5, 4, 3, 2, 1, 0]) {
    svg.append(make("svg:text", { x: x(now - minutes * 60000), y: height - 5, "text-anchor": minutes ? "middle" : "end" }, minutes ? `−${minutes} min` : "now"));
  }
  for (const name of [...OUTCOMES].reverse()) {
    for (const run of knownRuns()) {
      const points = run.map((s) => `${x(s.time).toFixed(1)},${y(s[name]).toFixed(1)}`).join("L");
      const floor = y(0).toFixed(1);
      if (run.some((s) => s[name] > 0)) {
        svg.append(make("svg:path", { class: `area ${name}`, d: `M${x(run[0].time).toFixed(1)},${floor}L${points}L${x(run.at(-1).time).toFixed(1)},${floor}Z` }));
      }
      svg.append(make("svg:path", { class: `line ${name}`, d: `M${points}` }));
    }
  }
  place.replaceChildren(svg);
}

// The samples in runs without a gap. Where the rate is unknown, the line is interrupted.
function knownRuns() {
  const runs = [[]];
  for (const [index, sample] of samples.entries()) {
    if (sample.accepted === undefined || sample.time - samples[index - 1]?.time > 5 * INTERVAL) runs.push([]);
    if (sample.accepted !== undefined) runs.at(-1).push(sample);
  }
  return runs.filter((run) => run.length > 1);
}

function showCodes(counters) {
  const names = missing();
  $("codes-note").textContent = `since the agents started${names.length ? `, ${without(names)}` : ""}`;
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
  }), ...(rows.length ? [] : [make("p", { class: "note" }, names.length ? "Unknown." : "No replies yet.")]));
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
  $("search").placeholder = table.isStream ? "Search events" : table.hasNames === false ? "Address" : "Address or NAI";
  $("caption").textContent = table.title;
  showHead();
  showRows([], { isLoading: true });
  load();
}

// An action that the role may not do is not offered.
const columns = (table) => table.columns.filter((c) => !c.isAction || mayWrite());

function showHead() {
  const table = TABLES[view.name];
  const sorted = view.sort?.replace("-", "") ?? table.order;
  document.querySelector("thead").replaceChildren(make("tr", {}, ...columns(table).map((c) => {
    const attributes = { scope: "col", class: c.number ? "number" : c.isAction ? "action" : undefined };
    if (c.isAction) return make("th", attributes, make("span", { class: "visually-hidden" }, c.label));
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
  if (connection !== "live") return;
  const table = TABLES[view.name];
  const request = ++view.load;
  if (table.isStream) { showEvents(); return; }
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
    if (request !== view.load || connection !== "live") return;
    // The next poll finds out whether mip-mibd still answers.
    setNotice("table", `Cannot read the table: ${error instanceof APIError ? error.message : "mip-mibd does not answer"}.`);
    poll();
  }
}

function showRows(rows, { isLoading = false } = {}) {
  view.isLoading = isLoading;
  const table = TABLES[view.name];
  const focused = document.activeElement?.closest?.("tbody tr")?.dataset.key;
  const previousKeys = knownKeys;
  knownKeys = new Set(rows.map((row) => table.key(row).join(" ")));
  view.rows = rows;
  const body = document.querySelector("tbody");
  body.replaceChildren(...rows.map((row) => {
    const key = table.key(row).join(" ");
    const line = make("tr", { "data-key": key, class: previousKeys.size && !previousKeys.has(key) && !view.cursors.length ? "fresh" : undefined });
    for (const c of columns(table)) {
      const content = c.text(row);
      const classes = [c.number ? "number" : "", c.wide ? "wide" : "", c.isAction ? "action" : "", content === "" ? "blank" : ""];
      line.append(make("td", { "data-label": c.isAction ? "" : c.label, class: classes.filter(Boolean).join(" ") || undefined }, content));
    }
    return line;
  }));
  if (!rows.length) showEmpty();
  setTimeout(() => body.querySelectorAll(".fresh").forEach((line) => line.classList.remove("fresh")), 1500);
  if (focused) [...body.children].find((line) => line.dataset.key === focused)?.querySelector("button")?.focus();
  $("previous").disabled = !view.cursors.length;
  $("next").disabled = !view.next;
  $("pages").hidden = !view.cursors.length && !view.next;
  showActions();
  showCount();
}

// Why there are no rows. That an agent is away does not mean that it has none.
function showEmpty() {
  const table = TABLES[view.name];
  const names = table.isKept ? [] : missing(table.role);
  const unknown = `no data from ${names.join(", ")}`;
  const text = connection === "signedOut" ? "Signed out." : view.isLoading ? (connection === "lost" ? "No data." : "Loading…")
    : view.search ? `No matches for “${view.search}”${names.length ? `; ${unknown}` : ""}.`
      : names.length ? `Unknown: ${unknown}.` : `No ${table.title.toLowerCase()}.`;
  const cell = make("td", { class: "empty", colspan: columns(table).length }, text);
  document.querySelector("tbody").replaceChildren(make("tr", {}, cell));
}

// A change needs an agent that answers.
function showActions() {
  const current = new Set(agents.filter(isCurrent).map((a) => a.agent));
  for (const button of document.querySelectorAll("tbody .revoke")) button.disabled = !current.has(button.dataset.agent);
}

function showCount() {
  const table = TABLES[view.name];
  const first = view.cursors.length * PAGE + 1;
  const last = first + view.rows.length - 1;
  if (table.isStream) { $("count").textContent = `Latest ${count(view.rows.length)}`; return; }
  if (!view.rows.length) { $("count").textContent = ""; return; }
  const all = table.total && !view.search ? ` of ${count(Math.max(totals[table.total] ?? 0, last))}` : view.next ? " and more" : ` of ${count(last)}`;
  const names = table.isKept ? [] : missing(table.role);
  $("count").textContent = `${count(first)}–${count(last)}${all}${names.length ? `, ${without(names)}` : ""}`;
}

function turnPage(isForward) {
  if (connection !== "live") return;
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
    && (!text || [e.kind, title("eventKinds", e.kind), e.message, e.agent, e.homeAddress, e.careOfAddress, e.nai].some((part) => part?.toLowerCase().includes(text)))).slice(0, 200));
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

let stream = new AbortController();

// Server-Sent Events over fetch, which, unlike EventSource, can send a token. After a disconnection, the server resumes after the last id.
async function follow(mine) {
  const { signal } = stream;
  let hasStored = false;
  while (mine === generation) {
    try {
      if (!hasStored) {
        const stored = await json("v1/events");
        if (mine !== generation) return;
        hasStored = true;
        events.push(...stored.slice(-500).reverse());
        lastEventID = stored.at(-1)?.id ?? "";
        if (TABLES[view.name].isStream) load();
      }
      const more = lastEventID ? { "Last-Event-ID": lastEventID } : {};
      const response = await fetch("v1/events", { signal, headers: { ...headers("text/event-stream"), ...more } });
      if (!response.ok) throw await failure(response);
      isStreaming = true;
      if (connection === "live") { showConnection(); scheduleReload(); } else poll();
      await read(response.body.pipeThrough(new TextDecoderStream()).getReader());
    } catch (error) {
      if (mine !== generation) return;
      if (error.status === 401) { requireToken(error.message); return; }
    }
    if (mine !== generation) return;
    isStreaming = false;
    showConnection();
    poll();
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
      toast(error instanceof APIError ? `Cannot revoke the binding: ${error.message}.`
        : `mip-mibd does not answer, so the binding of ${row.homeAddress} may or may not be revoked.`);
      // The role may have changed since the page asked for it.
      if (error.status === 403) session = undefined;
      poll();
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
  const theme = Object.hasOwn(THEMES, chosenTheme.get() ?? "") ? chosenTheme.get() : "auto";
  document.documentElement.dataset.theme = theme === "auto" ? (systemDark.matches ? "dark" : "light") : theme;
  [$("theme").textContent] = THEMES[theme];
  $("theme").setAttribute("aria-label", THEMES[theme][1]);
}

function start() {
  applyTheme();
  systemDark.onchange = applyTheme;
  $("theme").onclick = () => {
    const names = Object.keys(THEMES);
    chosenTheme.set(names[(names.indexOf(chosenTheme.get() ?? "auto") + 1) % names.length]);
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
  $("agent").onchange = () => { samples = []; lastCounters = undefined; view.cursors = []; polling = undefined; poll(); load(); };
  document.onkeydown = (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
    if (event.target.closest("input, select")) { if (event.key === "Escape") event.target.blur(); return; }
    if (event.key === "/") { event.preventDefault(); $("search").focus(); }
    if (event.key === "n") turnPage(true);
    if (event.key === "p") turnPage(false);
  };
  $("sign-in").onclick = () => openSignIn();
  $("sign-out").onclick = signOut;
  $("login-form").onsubmit = (event) => { event.preventDefault(); signIn(); };
  $("decline").onclick = () => $("login").close("cancel");
  $("login").onclose = () => { if (connection === "signedOut") { hasDeclined = true; begin(); } };
  window.onhashchange = () => { if (location.hash.slice(1) !== view.name && TABLES[location.hash.slice(1)]) choose(location.hash.slice(1)); };
  window.onresize = showRates;
  choose(location.hash.slice(1));
  begin();
  setInterval(() => { if (!document.hidden) poll(); }, INTERVAL);
  document.onvisibilitychange = () => { if (!document.hidden) poll(); };
  // Reloads data that changes without an event, such as the counters of tunnels and renewals.
  setInterval(() => { if (!document.hidden && !TABLES[view.name].isStream && !$("revoke").open) load(); }, 10000);
  setInterval(() => {
    if (connection !== "live") return;
    for (const element of document.querySelectorAll("[data-ends]")) element.textContent = formatDuration((element.dataset.ends - Date.now()) / 1000);
  }, 1000);
}

start();
