// The page around it: languages, pasting, and the camera where the browser reads codes by itself.
"use strict";

const $ = (id) => document.getElementById(id);
const keys = JSON.parse($("keys").textContent);
const revoked = JSON.parse($("revoked").textContent);

function choose(language) {
  document.documentElement.lang = language;
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", button.dataset.language === language);
  }
}

function show({ outcome, said, since }) {
  for (const day of document.querySelectorAll("[data-revoked]")) day.textContent = since ?? "";
  for (const verdict of document.querySelectorAll("[data-outcome]")) {
    verdict.hidden = verdict.dataset.outcome !== outcome;
  }
  $("said").hidden = !said;
  if (!said) return;
  for (const fact of document.querySelectorAll("[data-fact]")) {
    const value = said[fact.dataset.fact] ?? "";
    fact.textContent = value;
    fact.closest("div").hidden = !value || value === "free";
  }
  for (const choice of document.querySelectorAll("[data-when]")) {
    choice.hidden = ![said.direction, said.stay].includes(choice.dataset.when);
  }
}

const check = () => show(checkReceipt($("code").value, keys, revoked));

async function reads(source) {
  const [found] = await new BarcodeDetector({ formats: ["qr_code"] }).detect(source);
  if (!found) return false;
  $("code").value = found.rawValue;
  check();
  return true;
}

async function scan() {
  const video = $("video");
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  video.srcObject = stream;
  video.hidden = false;
  await video.play();
  while (!(await reads(video))) await new Promise((again) => setTimeout(again, 200));
  stream.getTracks().forEach((track) => track.stop());
  video.hidden = true;
}

choose((navigator.languages ?? []).some((one) => one.startsWith("fr")) ? "fr" : "en");
document.addEventListener("click", (event) => {
  const language = event.target.dataset?.language;
  if (language) choose(language);
});
$("form").addEventListener("submit", (event) => {
  event.preventDefault();
  check();
});
if ("BarcodeDetector" in window) {
  $("photo").hidden = false;
  $("picture").addEventListener("change", async () => {
    const [file] = $("picture").files;
    if (file && !(await reads(await createImageBitmap(file)))) show({ outcome: "unreadable" });
  });
  if (navigator.mediaDevices) {
    $("scan").hidden = false;
    $("scan").addEventListener("click", () => scan().catch(() => { $("video").hidden = true; }));
  }
}
