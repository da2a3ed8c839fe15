"use strict";
// Registrations per second, and replies by code.

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
//
// The counters do not name their run. They are those of the run that the agent was in both before and after they were read.
function takeSample(counters, instances) {
  const time = performance.now();
  if (lastCounters && time - lastCounters.time < 200) return;
  const seconds = lastCounters ? (time - lastCounters.time) / 1000 : Infinity;
  const runs = new Map();
  const sample = { time };
  for (const agent of agents.filter(isCurrent)) {
    const row = counters.find((c) => c.agent === agent.agent);
    const instance = agent.information?.instance;
    if (!row || instances.get(agent.agent) !== instance) continue;
    const now = { instance, ...outcomes(row) };
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
  for (const minutes of width < 340 ? [4, 2, 0] : [5, 4, 3, 2, 1, 0]) {
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
  }), ...(rows.length ? [] : [make("p", { class: "note" }, names.length ? "Unknown." : agents.length ? "No replies yet." : "–")]));
}
