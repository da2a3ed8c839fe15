"use strict";
// Polling of small resources, the totals and the agents.

// Outcomes of each agent at the latest poll, and the run of each agent afterwards.
let lastCounters;
let lastInstances = new Map();
const instancesIn = (status) => new Map(status.agents.map((a) => [a.agent, a.information?.instance]));
let samples = [];
let agentNames = "";
// The agents chosen above the tables, as of the latest poll.
let agents = [];
// What mobile nodes report about themselves, as of the latest poll that found any.
let nodes = [];
let polling;

async function poll() {
  if (polling === generation || connection === "signedOut") return;
  const mine = polling = generation;
  try {
    const isNew = connection !== "live";
    // A server that was away may have been upgraded, or have other tokens.
    const answer = isNew || !session ? await json("v1/session") : session;
    if (mine !== generation) return;
    session = answer;
    const isFirstVocabulary = (isNew || !hasVocabulary) && await loadVocabulary();
    const instances = isNew ? instancesIn(await json("v1/status")) : lastInstances;
    const counters = await json("v1/counters");
    const status = await json("v1/status");
    const hasNode = status.agents.some((a) => a.information?.roles?.includes("mobileNode"));
    const found = hasNode ? await json("v1/node") : [];
    if (mine !== generation) return;
    nodes = found;
    if (status.agents.map((a) => a.agent).join() !== agentNames) fillAgents(status.agents);
    agents = status.agents.filter((a) => !$("agent").value || a.agent === $("agent").value);
    lastInstances = instancesIn(status);
    for (const agent of agents) if (agent.information) seenRoles.set(agent.agent, agent.information.roles ?? []);
    dataTime = new Date();
    setConnection("live");
    showSession();
    takeSample(counters, instances);
    showStatus();
    showRates();
    showCodes(counters.filter((row) => agents.some((a) => a.agent === row.agent)));
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
  showDrains();
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
  rows.push(...nodes.filter((node) => information && node.agent === agent.agent).flatMap(nodeFacts).map((parts) => facts(...parts)));
  if (!isCurrent(agent) && agent.lastError) rows.push(make("p", { class: "error" }, agent.lastError));
  if (information?.stateError) rows.push(make("p", { class: "error" }, information.stateError));
  const pills = [tonedPill("connections", agent.connection)];
  if (information && !information.enabled) pills.push(pill("disabled", "warn"));
  if (information?.drain) pills.push(pill("draining", "warn"));
  if (information?.busy) pills.push(pill("busy", "warn"));
  if (information?.stateError) pills.push(pill("state not saved", "bad"));
  if (!isCurrent(agent) && agent.age !== undefined) rows.push(facts(`last heard ${formatDuration(agent.age)} ago`));
  return make("li", { "data-agent": agent.agent }, make("h3", {}, agent.agent, ...pills), ...rows);
}

// How far a mobile node has got with its search for a home agent, what it has been given, who is at home, and its service: the parts of some
// lines.
function nodeFacts({ homeAgentSearch: search, hostConfiguration: given, homeAgentIdentity, homeAAAIdentity, service }) {
  const lines = [];
  if (search) {
    const by = search.redirects?.length ? ["redirected by ", mono(search.redirects.join(", "))] : [title("homeAgentSources", search.source)];
    lines.push(["search for a home agent ", tonedPill("homeAgentSearchStates", search.state), " ",
      ...(search.homeAgent === "0.0.0.0" ? [] : [mono(search.homeAgent), ", ", ...by])]);
  }
  if (given) {
    const parts = [["name servers", given.domainNameServers?.join(", ")], ["domain", given.domainNameSuffix], ["gateway", given.defaultGateway],
      ["prefix length", given.prefixLength], ["DHCP server", given.dhcpServer], ["more at", given.configurationURL],
    ].filter(([, value]) => value !== undefined && value !== "");
    // Only name servers and a domain can be in use.
    const isUsable = given.domainNameServers?.length || given.domainNameSuffix !== undefined;
    const use = !isUsable ? [] : [given.isApplied ? pill("in use", "good") : pill("not in use", "warn"), " "];
    lines.push(["host configuration ", ...use, parts.map(([name, value]) => `${name} ${value}`).join(", ")]);
  }
  const identities = [["home agent ", homeAgentIdentity], ["AAA server ", homeAAAIdentity]].filter(([, name]) => name !== undefined);
  if (identities.length) lines.push(identities.flatMap(([name, value], place) => [place ? ", " : "", name, mono(value)]));
  if (service) lines.push(["service ", make("b", {}, service)]);
  return lines;
}

// Home agents that move their nodes to others. Lines are kept, so that their button keeps the focus.
function showDrains() {
  const list = $("drains");
  const draining = agents.filter((a) => a.information?.drain);
  list.hidden = !draining.length;
  for (const line of [...list.children]) if (!draining.some((a) => a.agent === line.dataset.agent)) line.remove();
  for (const agent of draining) {
    let line = [...list.children].find((one) => one.dataset.agent === agent.agent);
    if (!line) list.append(line = drainLine(agent.agent));
    const { homeAgents, since, redirected, text: said, bindings: left, movableBindings: movable } = agent.information.drain;
    const [text, button] = line.children;
    text.replaceChildren(make("b", {}, agent.agent), " has been moving its nodes to ", mono(homeAgents.join(", ")), " since ", timestamp(since),
      `: ${count(redirected)} request${redirected === 1 ? "" : "s"} redirected, `, make("b", {}, count(left)), ` binding${left === 1 ? "" : "s"} left.`,
      left && movable !== left ? ` ${count(movable)} of them can be moved.` : "", said ? ` Text: ${said}` : "");
    button.hidden = !mayWrite();
    button.disabled = !isCurrent(agent);
  }
}

function drainLine(agent) {
  const button = make("button", { type: "button", "aria-label": `End moving the nodes of ${agent}` }, "End");
  button.onclick = () => endDrain(agent);
  return make("li", { "data-agent": agent }, make("p", {}), button);
}

function capacity(name, used, limit) {
  const hasLimit = limit && limit < 4294967295;
  const share = hasLimit ? used / limit : 0;
  const bar = make("svg:svg", { viewBox: "0 0 100 4", preserveAspectRatio: "none", "aria-hidden": "true" },
    make("svg:rect", { class: share > 0.9 ? "full" : "", width: Math.min(100, Math.max(share * 100, used ? 0.5 : 0)), height: 4 }));
  const text = make("p", { class: "facts" }, make("b", {}, count(used)), hasLimit ? ` of ${count(limit)} ${name}` : ` ${name}`);
  return make("div", { class: "capacity" }, text, ...(hasLimit ? [bar] : []));
}
