// The page on which a workstation's reader is paired and tried: what is read is shown here, and sent nowhere.

import { pair } from "./agent.js";

const form = document.getElementById("pairing");

document.getElementById("origin").textContent = location.origin;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  pair(form.elements.code.value.trim());
  form.reset();
});

document.getElementById("forget").addEventListener("click", () => pair(""));

const heard = document.getElementById("heard");

document.addEventListener("scan", ({ detail }) => {
  heard.textContent = detail.raw.replaceAll("\r", "\n").trim();
});

document.addEventListener("chip", ({ detail }) => {
  if (detail.chip) heard.textContent = heard.dataset.chip;
});
