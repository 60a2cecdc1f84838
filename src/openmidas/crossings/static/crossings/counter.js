// The counter: idle, somebody stands here, or a save is under way. Every answer of the server is the
// lane as it stands now, and replaces the lane on the page. Texts stand in the page, not here.

const $ = (id) => document.getElementById(id);
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const lane = () => $("lane").dataset;
const actions = $("actions");
const group = $("group");

let saving = 0; // scans and decisions under way or queued; nothing new is begun meanwhile
let waiting = []; // scans that came too early
let latest = ""; // the scan that stands here: readers like to read twice

// --- Sounds: one high beep, two, a low double ------------------------------------------------------

const SOUNDS = {
  clear: [[1175, 0.12]],
  look: [[784, 0.12], [784, 0.12]],
  stop: [[208, 0.3], [175, 0.3]],
};
let audio = null;

function sound(name) {
  if ($("sounds").getAttribute("aria-pressed") !== "true" || !SOUNDS[name]) return;
  audio ??= new AudioContext();
  audio.resume();
  let at = audio.currentTime + 0.01;
  for (const [pitch, length] of SOUNDS[name]) {
    const tone = audio.createOscillator();
    const loudness = audio.createGain();
    tone.frequency.value = pitch;
    tone.type = name === "stop" ? "square" : "sine";
    loudness.gain.setValueAtTime(0.25, at);
    loudness.gain.exponentialRampToValueAtTime(0.001, at + length);
    tone.connect(loudness).connect(audio.destination);
    tone.start(at);
    tone.stop(at + length);
    at += length + 0.06;
  }
}

function say(text) {
  $("say").textContent = text;
}

// --- Sending: one after the other, again and again until the server has answered -------------------

function unsaved(on) {
  const bar = $("unsaved");
  if (on === !bar.hidden) return;
  bar.hidden = !on;
  const word = bar.firstElementChild;
  word.textContent = on ? word.dataset.words : "";
}

function reachable(yes) {
  $("silent").hidden = yes;
  $("signals").hidden = !yes;
}

const MOST_FAILURES = 8; // answers of a server that fails; one that is silent is asked without end

async function post(url, fields) {
  const body = new URLSearchParams(fields);
  const headers = { "X-CSRFToken": document.body.dataset.csrf, "HX-Request": "true" };
  let failures = 0;
  for (let pause = 500; ; pause = Math.min(pause * 2, 4000)) {
    try {
      const signal = AbortSignal.timeout(8000);
      const answer = await fetch(url, { method: "POST", body, headers, redirect: "manual", signal });
      const text = await answer.text();
      const failed = answer.status >= 500;
      if (!failed || ++failures === MOST_FAILURES) {
        unsaved(false);
        reachable(true);
        return { text, failed };
      }
    } catch (error) {
      if (!(error instanceof TypeError || error instanceof DOMException)) throw error;
    }
    reachable(false);
    unsaved(true);
    sound("stop");
    await wait(pause);
  }
}

let line = Promise.resolve();

// `fields` are asked for when it is their turn; null: not to be sent any more. `after` is told
// whether the server did it, once the answer is on the page.
function send(url, fields, after = () => {}, holds = 1) {
  saving += holds;
  render();
  line = line.then(async () => {
    const now = fields();
    const answer = now && await post(url, now);
    saving -= holds;
    if (!answer) return render();
    const before = lane().state + lane().ids;
    show(answer.text);
    after(!answer.failed && !lane().problem);
    if (lane().state + lane().ids !== before) sound(lane().state);
    render();
    next();
  });
}

// --- Showing ---------------------------------------------------------------------------------------

// Parts with an id take the place of their namesakes; anything else is a problem, told at the side.
function show(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  const parts = template.content.querySelector("main") ?? template.content;
  for (const part of [...parts.children]) {
    const old = part.id && $(part.id);
    if (old) old.replaceWith(part);
    else document.querySelector(".findings").prepend(part);
    window.htmx.process(part);
    part.querySelector("[autofocus]")?.focus();
    if (part.id === "lane") say(lane().say);
  }
}

function render() {
  const { state } = lane();
  const can = {
    admit: (state === "clear" || state === "look") && !typing(),
    refer: state !== "idle" && !typing(),
    cancel: state !== "idle" || typing(),
    type: !typing() && (state === "idle" || group.checked),
    camera: !typing() && (state === "idle" || group.checked),
  };
  for (const button of actions.querySelectorAll("button")) {
    button.disabled = saving > 0 || !can[button.dataset.act];
  }
  $("lane").classList.toggle("saving", saving > 0);
  $("waiting").hidden = waiting.length === 0;
  const words = $("waiting").lastElementChild;
  words.textContent = (waiting.length === 1 ? words.dataset.one : words.dataset.many)
    .replace("#", waiting.length);
}

const typing = () => !$("typing").hidden;

function close() {
  const form = $("typing");
  form.hidden = true;
  form.replaceChildren();
  render();
}

// --- Scans: the next one is held while somebody stands here or a save is under way ------------------

function next() {
  const free = lane().state === "idle" || (group.checked && lane().grouped);
  if (!waiting.length || saving || !free) return;
  const { raw, how } = waiting.shift();
  latest = raw;
  const fields = () => ({ id: lane().next, raw, how, group: group.checked ? "on" : "" });
  send(actions.dataset.scan, fields, (done) => { if (done) close(); else latest = ""; });
}

document.addEventListener("scan", ({ detail: scan }) => {
  if (scan.raw === latest || waiting.some(({ raw }) => raw === scan.raw)) return;
  waiting.push(scan);
  render();
  next();
});

// --- Doing -----------------------------------------------------------------------------------------

function decide(action, ids) {
  const reason = action === "refer" ? $("reason").value : "";
  $("reason").selectedIndex = 0;
  const seen = lane().state; // a change of the journey on its way may bring something to look at
  const fields = () => (action === "admit" && lane().state !== seen ? null : { action, ids, reason });
  send(actions.dataset.url, fields, () => {
    if (lane().state !== "idle") return;
    latest = "";
    group.checked = false;
  });
}

function act(element) {
  const action = element.dataset.act;
  if (action === "close" || (action === "cancel" && typing())) {
    close();
  } else if (action === "direction") {
    const next = element.querySelector("input:not(:checked)");
    next.checked = true;
    next.dispatchEvent(new Event("change", { bubbles: true }));
  } else if (!["type", "camera"].includes(action) && lane().ids) {
    decide(action, element.dataset.ids || lane().ids);
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.act) act(button);
  const raw = button.dataset.specimen; // the demonstration's documents
  if (raw) document.dispatchEvent(new CustomEvent("scan", { detail: { raw, how: "mrz" } }));
  if (!button.closest("#typing, dialog")) button.blur(); // a reader's Enter finds nothing to press
});

document.addEventListener("keydown", (event) => {
  if (document.querySelector("dialog[open]")) return; // nobody decides behind the camera's picture
  if (event.key === "Escape" && typing()) return close();
  if (event.key === "Enter" && event.target.matches("#typing select")) {
    event.preventDefault(); // Enter sends the form from every field, from select boxes too
    event.target.form.requestSubmit();
    return;
  }
  const bound = [...document.querySelectorAll("[data-key]")];
  const element = bound.find((candidate) => candidate.dataset.key === event.key);
  if (!element || event.repeat) return;
  event.preventDefault();
  const inside = $("typing").contains(document.activeElement);
  if (!inside) document.activeElement?.blur(); // a place half typed is saved before the decision
  if (element.dataset.act === "direction") act(element);
  else if (element.disabled && element.dataset.stop && lane().state === "stop") {
    say(element.dataset.stop);
    sound("stop");
  } else element.click();
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("#journey, [data-send]")) return;
  event.preventDefault();
  if (form.id === "journey" || saving) return; // the journey is sent at each change
  const fields = [...new FormData(form), ["group", group.checked ? "on" : ""]];
  const names = $("typing");
  send(form.action, () => fields, (done) => { if (done && names === $("typing")) close(); });
});

document.addEventListener("change", (event) => {
  const form = event.target.closest("#journey");
  if (event.target === group) render();
  else if (form) {
    const fields = [...new FormData(form)];
    if (event.target.type === "radio" || event.target.tagName === "SELECT") event.target.blur();
    send(form.action, () => fields, () => {}, 0);
  }
});

$("sounds").addEventListener("click", () => {
  const on = $("sounds").getAttribute("aria-pressed") !== "true";
  $("sounds").setAttribute("aria-pressed", on);
  post($("sounds").dataset.url, { sounds: on ? "on" : "" });
  sound("clear");
});

// --- What few lanes have is fetched where it is wanted: the page stays light on an old machine ------

const fetched = (element) => import(element.dataset.from);

// The first press fetches what the button does, and is then pressed again.
function fetchedAtFirst(button) {
  button.addEventListener("click", async function first() {
    await fetched(button);
    button.removeEventListener("click", first);
    button.click();
  });
}

const serial = document.getElementById("reader");
fetchedAtFirst(document.querySelector("[data-act=camera]"));
if (localStorage.getItem("midas-reader")) fetched(document.getElementById("agent"));
if (navigator.serial) {
  serial.hidden = false;
  navigator.serial.getPorts().then((chosen) => chosen.length ? fetched(serial) : fetchedAtFirst(serial));
}

// --- What is read of a document beside its lines: its chip, its seals ----------------------------------

document.addEventListener("click", ({ target }) => {
  const button = target.closest("#seal-look");
  if (button && !saving) fetched(button).then(({ open }) => open());
});
// It may have changed what is found: the lane comes as it stands now, in its turn.
document.addEventListener("evidence", () => send(actions.dataset.lane, () => ({}), () => {}, 0));

// --- The server's pulse: never a stale "connected" -------------------------------------------------

document.body.addEventListener("htmx:afterRequest", (event) => {
  const { target, xhr } = event.detail;
  if (target?.id !== "signals") return;
  if (xhr.status === 401 && !saving) location.reload(); // signed out: to the sign-in page
  reachable(xhr.status > 0 && xhr.status < 500);
});
document.body.addEventListener("htmx:afterSwap", () => render());

render();
document.documentElement.dataset.ready = "yes";
