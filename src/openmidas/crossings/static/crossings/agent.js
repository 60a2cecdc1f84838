// The reader's own program on this workstation (`midas reader`): each document becomes one "scan" event.
//
// It is asked at 127.0.0.1, with the code that was typed on the page of the reader and is kept by this browser.
// What it says of a chip becomes a "chip" event; "chip-open" has one opened (`chip.js`).
// The connection comes back by itself. Each reading is taken once, though it may come twice: a page that went
// away before it said that it had it gets it again.

const KEY = "midas-reader"; // the code
const LAST = "midas-reader-last"; // the reading that was taken last
const WAITS = [500, 1000, 2000, 5000]; // ms until the program is asked again
const [REPLACED, WRONG_CODE] = [4001, 4003]; // see openmidas/documents/readers/agent.py

const WHYS = { busy: "held", not_allowed: "held", no_service: "service" };

const place = document.getElementById("agent");
let socket = null;
let again = 0;
let tries = 0;
let reader = "gone";
let said = "";
let lies = false; // whether a chip was told of

// A state for which the page has no words hides the place.
function say(state) {
  said = state;
  place.hidden = !(state in place.dataset);
  place.classList.toggle("signal--bad", state !== "ready");
  place.querySelector("[data-words]").textContent = place.dataset[state] ?? "";
}

function taken({ run, number }) {
  const last = JSON.parse(sessionStorage.getItem(LAST) ?? "{}");
  if (last.run === run && last.number >= number) return;
  sessionStorage.setItem(LAST, JSON.stringify({ run, number }));
  return true;
}

function hear(message) {
  if (message.kind === "reader") {
    reader = message.there ? "ready" : WHYS[message.why] ?? "gone";
    say(reader);
  } else if (message.kind === "missed") {
    say("missed");
  } else if (message.kind === "read") {
    if (taken(message)) {
      say(reader);
      document.dispatchEvent(new CustomEvent("scan", { detail: { raw: message.text, how: "program" } }));
    }
    socket.send(JSON.stringify({ taken: message.number }));
  } else {
    if (message.kind === "chip") lies = message.chip > 0;
    told(message);
  }
}

// What hears of chips is fetched with the first one.
let chips = Promise.resolve();

function told(detail) {
  chips = chips.then(async () => {
    if (place.dataset.chip) await import(place.dataset.chip);
    document.dispatchEvent(new CustomEvent("chip", { detail }));
  });
}

document.addEventListener("chip-open", ({ detail }) => {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(detail));
});

// Newer Chromium asks before a page of a public address may reach this machine, and may have been told no.
async function blocked() {
  try {
    return (await navigator.permissions.query({ name: "loopback-network" })).state === "denied";
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return false; // a browser that does not ask
  }
}

function connect() {
  clearTimeout(again);
  const code = localStorage.getItem(KEY);
  const before = socket;
  socket = null;
  before?.close();
  if (!code) return say("none");
  const mine = new WebSocket(place.dataset.url);
  socket = mine;
  mine.onopen = () => mine.send(JSON.stringify({ code }));
  mine.onmessage = ({ data }) => {
    if (mine !== socket) return;
    tries = 0;
    hear(JSON.parse(data));
  };
  mine.onclose = ({ code: why }) => {
    if (mine !== socket) return;
    if (lies) told({ kind: "chip", chip: 0, lost: true });
    lies = false;
    say(why === REPLACED ? "elsewhere" : why === WRONG_CODE ? "code" : "off");
    if (said !== "off") return;
    again = setTimeout(connect, WAITS[Math.min(tries++, WAITS.length - 1)]);
    blocked().then((yes) => { if (yes && mine === socket) say("blocked"); });
  };
}

// The page that somebody looks at has the reader.
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && said === "elsewhere") connect();
});

// Pairs this browser, or ends it with "".
export function pair(code) {
  if (code) localStorage.setItem(KEY, code);
  else localStorage.removeItem(KEY);
  tries = 0;
  connect();
}

connect();
