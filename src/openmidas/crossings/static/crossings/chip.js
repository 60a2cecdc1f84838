// The chip of the document that lies on the reader: opened with what is printed on the document of the traveller
// who stands here, read by the reader's program (`agent.js`), and given to the post, which judges it (`evidence.js`).
// Nothing of the document is told to the program before it has said that a chip is there; nothing is kept. The
// photograph in the chip comes with the post's answer, stands beside its traveller, and goes with them.

import { give } from "./evidence.js";

const $ = (id) => document.getElementById(id);

const box = $("chip");
const portrait = $("portrait");
const form = box.querySelector("form");
const bar = box.querySelector("progress");
const words = box.querySelector("[data-words]");
const size = box.querySelector("[data-size]");
const ASKS = ["no_key", "denied", "no_password"]; // where the number on the card may help

let chip = 0; // the one on the reader
let reading = null; // { inspection, chip } that the program reads now
let shown = ""; // the traveller whom the words are about
let state = "";
const asked = new Set(); // what was tried by itself: once for a traveller and a chip

const here = () => $("evidence");

// The words stand beside what is known of the document; they are said once, the count of bytes never.
function show(next, text = box.dataset[next] ?? "") {
  state = next;
  words.textContent = text;
  $("chip-say").textContent = text;
  size.textContent = "";
  bar.hidden = next !== "reading";
  form.hidden = !chip || !ASKS.includes(next);
  box.hidden = !text;
}

function picture(html) {
  portrait.innerHTML = html;
  portrait.hidden = !html;
}

function open(inspection, password) {
  reading = { inspection, chip };
  asked.add(`${inspection} ${chip}`);
  show("reading");
  document.dispatchEvent(new CustomEvent("chip-open", { detail: { open: chip, ...password } }));
}

// Whoever stands here now, and what lies on the reader now.
function look() {
  const place = here();
  const inspection = place?.dataset.inspection ?? "";
  if (place && box.previousElementSibling !== place) {
    place.after(box);
    document.querySelector("#lane .who").append(portrait);
  }
  if (inspection !== shown) {
    show("");
    picture("");
  }
  shown = inspection;
  if (!inspection || !chip || reading || asked.has(`${inspection} ${chip}`)) return;
  const { printed } = place.dataset;
  if (printed) open(inspection, { printed });
  else show("no_key");
}

async function read({ sod, groups, access, notes, proofs }) {
  const { inspection } = reading;
  reading = null;
  if (here()?.dataset.inspection !== inspection) return look(); // decided meanwhile
  const body = JSON.stringify({ sod, groups, access, proofs });
  const said = await give(here().dataset.chipUrl, body, { "Content-Type": "application/json" });
  if (shown !== inspection) return;
  picture(said?.portrait ?? "");
  if (!said || said.error) show("unsent", said?.message);
  else if (notes.includes("card_access_differs")) show("differs");
  else {
    show("");
    $("chip-say").textContent = here()?.querySelector("dd")?.textContent ?? "";
  }
}

function hear(message) {
  if (message.kind === "chip") {
    chip = message.chip;
    if (!chip) {
      asked.clear();
      if (message.lost) reading = null; // no answer comes any more; the bar says that the program is gone
      if (state === "no_key" || (message.lost && state === "reading")) show("");
    }
    return look();
  }
  if (!reading || message.chip !== reading.chip) return;
  if (message.kind === "chip_reading") {
    size.textContent = ` ${Math.ceil(message.bytes / 1024)} ${box.dataset.unit}`;
  } else if (message.kind === "chip_read") {
    read(message);
  } else if (message.kind === "chip_unread") {
    const { inspection } = reading;
    reading = null;
    if (inspection === shown) show(message.why);
    look();
  }
}

document.addEventListener("chip", ({ detail }) => hear(detail));

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const can = form.elements.can.value.trim();
  form.reset();
  if (chip && !reading && shown) open(shown, { can });
});

// The page may be kept by the browser for the way back: the photograph is not.
window.addEventListener("pagehide", () => picture(""));

// Each answer of the post is a new lane.
new MutationObserver(look).observe($("main"), { childList: true });
look();
