"use strict";
// The connection: live, lost (everything shown is as of the last answer and nothing can be clicked), or signedOut.

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
    $("personal").disabled = isLost;
    $("links").hidden = isLost || state === "signedOut";
    if (isLost) interrupt(focused); else if (document.activeElement === document.body) lastFocused?.focus();
    if (!view.rows.length) showEmpty();
  }
  if (isLost) { setNotice("agents", ""); setNotice("table", ""); }
  setNotice("status", isLost ? `${sentence(error)}${dataTime ? ` Everything below is as of ${formatTime(dataTime)}.` : ""}`
    : state === "signedOut" ? "Sign in to see the data of this server." : "");
  showConnection();
}

let lastFocused;

// The server may not have received what a person was about to confirm, and cannot check a token, so no dialog stays open.
function interrupt(focused) {
  lastFocused = focused === document.body ? undefined : focused;
  $("login").close("cancel");
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
  nodes = [];
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
