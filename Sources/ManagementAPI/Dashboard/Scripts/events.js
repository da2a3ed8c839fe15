"use strict";
// The event stream.

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
      await withStream(signal, { ...headers("text/event-stream"), ...more }, async (response) => {
        if (!response.ok) throw await failure(response);
        isStreaming = true;
        if (connection === "live") { showConnection(); scheduleReload(); } else poll();
        await read(response.body.pipeThrough(new TextDecoderStream()).getReader());
      });
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

// The stream itself has no end, but its beginning must come in time.
async function withStream(signal, fields, use) {
  const attempt = new AbortController();
  const abort = () => attempt.abort();
  signal.addEventListener("abort", abort);
  const timer = setTimeout(abort, PATIENCE);
  try {
    await use(await fetch("v1/events", { signal: attempt.signal, headers: fields }).finally(() => clearTimeout(timer)));
  } finally {
    // The signal lasts as long as the session, in which there may be many streams.
    signal.removeEventListener("abort", abort);
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
