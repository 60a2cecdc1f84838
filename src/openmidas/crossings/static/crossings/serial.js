// A document reader on a serial line (Web Serial): each whole frame becomes one "scan" event on the document.
//
// The browser lets a page open a port only once somebody has chosen it, by the button; then it remembers, and
// the reader is opened by itself at each start and whenever it is plugged in again. Browsers without Web
// Serial, and pages that came without HTTPS, never show the button.

import { Frames } from "./frames.js";

const SILENCE = 1000; // ms after which a frame that broke off is forgotten
const SPEED = { baudRate: 9600 }; // readers at USB pass over it

const button = document.getElementById("reader");
const open = new Set();

function show() {
  button.hidden = false;
  button.setAttribute("aria-pressed", String(open.size > 0));
  const word = button.querySelector("[data-on]");
  word.textContent = open.size > 0 ? word.dataset.on : word.dataset.off;
}

function heard(raw) {
  document.dispatchEvent(new CustomEvent("scan", { detail: { raw, how: "serial" } }));
}

async function listen(port) {
  const frames = new Frames();
  let silence = 0;
  const reader = port.readable.getReader();
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      clearTimeout(silence);
      frames.feed(value).forEach(heard);
      silence = setTimeout(() => frames.forget(), SILENCE);
    }
  } finally {
    clearTimeout(silence);
    reader.releaseLock();
  }
}

// Opens a port and listens until it is unplugged. What the line loses (framing, overrun) ends one stream, and
// the port has a new one.
async function use(port) {
  if (open.has(port)) return;
  try {
    await port.open(SPEED);
    open.add(port);
    show();
    while (port.readable) await listen(port).catch(noted);
  } catch (error) {
    noted(error); // another page or program holds it: the button shows that it is not connected
  } finally {
    open.delete(port);
    show();
  }
}

function noted(error) {
  if (!(error instanceof DOMException)) throw error;
}

async function choose() {
  try {
    await use(await navigator.serial.requestPort());
  } catch (error) {
    noted(error); // nothing was chosen
  }
}

if (navigator.serial) {
  show();
  button.addEventListener("click", choose);
  navigator.serial.addEventListener("connect", ({ target }) => use(target));
  navigator.serial.getPorts().then((ports) => ports.forEach(use));
}
