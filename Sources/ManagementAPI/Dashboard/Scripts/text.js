"use strict";
// Texts, the elements that show them, and what the browser keeps.

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
