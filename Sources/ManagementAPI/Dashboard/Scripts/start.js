"use strict";
// A single page over the JSON API: polls small resources (status, counters), requests one page of one table, follows the event stream.

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

async function endDrain(agent) {
  try {
    await fetchAPI(`v1/drain/${encodeURIComponent(agent)}`, { method: "DELETE" });
    toast(`${agent} serves new nodes again.`);
  } catch (error) {
    // Another person may have ended it.
    toast(error.status === 404 ? `${agent} is not moving its nodes any more.`
      : error instanceof APIError ? `Cannot end it: ${error.message}.` : `mip-mibd does not answer, so ${agent} may or may not serve new nodes.`);
    if (error.status === 403) session = undefined;
  }
  poll();
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
  $("agent").onchange = () => { samples = []; lastCounters = undefined; view.cursors = []; poll(); load(); };
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
