"use strict";
// One page of one table.

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
    const link = /<[^>?]*\?([^>]*)>; rel="next"/.exec(response.headers.get("Link") ?? "");
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
