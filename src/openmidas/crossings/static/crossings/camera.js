// A camera as a document reader: its pictures go to the post, one after the other, and what is certain in three
// of them together becomes one "scan" event on the document. What is not certain is never a scan by itself: the officer
// compares the lines with the document first. Nothing is kept, and the camera is let go when the dialog closes.

const $ = (id) => document.getElementById(id);
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const dialog = $("camera");
const view = $("camera-view");
const read = $("camera-read");
const file = $("camera-file");
const again = dialog.querySelector("[data-camera=again]");

const PAUSE = 300; // ms between an answer and the next picture
const BUSY = 1500; // ms until the post is asked again when it reads others' pictures, or is silent
const LONGEST_EDGE = 1600; // pixels
const VOTES = 3; // pictures that vote together: openmidas/crossings/photographs.py
const TAKEN = "camera"; // how it was read (openmidas/crossings/inspection.py)
const CHECKED = "checked";

// On plain HTTP a browser has no camera to give.
const possible = window.isSecureContext && Boolean(navigator.mediaDevices);

let task = new AbortController(); // what goes on now: a camera that looks, or a file that is read

function say(name) {
  const words = $("camera-say").dataset[name] ?? "";
  if ($("camera-say").textContent !== words) $("camera-say").textContent = words;
}

// --- Asking the post ---------------------------------------------------------------------------------

// The answer's element, or null where the post gave none.
async function ask(pictures, signal) {
  const body = new FormData();
  for (const picture of pictures) body.append("picture", picture, "picture.jpg");
  const headers = { "X-CSRFToken": document.body.dataset.csrf };
  try {
    const answer = await fetch(dialog.dataset.url, { method: "POST", body, headers, redirect: "manual", signal });
    const template = document.createElement("template");
    template.innerHTML = await answer.text();
    return template.content.querySelector("#camera-answer");
  } catch (error) {
    if (signal.aborted || !(error instanceof TypeError)) throw error;
    return null;
  }
}

function take(raw, how) {
  dialog.close();
  document.dispatchEvent(new CustomEvent("scan", { detail: { raw, how } }));
}

// What the officer must look at: the camera is let go, the first doubtful character stands under the cursor.
function show(answer) {
  stop();
  say(answer.dataset.result === "doubtful" ? "doubtful" : "");
  read.replaceChildren(answer);
  const inputs = [...answer.querySelectorAll("input")];
  const first = inputs.find(({ dataset, value }) => Number(dataset.look) < value.length) ?? inputs[0];
  first?.focus();
  first?.setSelectionRange(Number(first.dataset.look), Number(first.dataset.look) + 1);
}

// --- The camera --------------------------------------------------------------------------------------

function stop() {
  task.abort();
  view.srcObject?.getTracks().forEach((track) => track.stop());
  view.srcObject = null;
  view.hidden = true;
  again.hidden = !possible;
}

function picture() {
  const scale = Math.min(1, LONGEST_EDGE / Math.max(view.videoWidth, view.videoHeight));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(view.videoWidth * scale);
  canvas.height = Math.round(view.videoHeight * scale);
  canvas.getContext("2d").drawImage(view, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
}

async function opened(signal) {
  const video = { facingMode: { ideal: "environment" }, width: { ideal: 1920 }, height: { ideal: 1080 } };
  const stream = await navigator.mediaDevices.getUserMedia({ video });
  if (signal.aborted) return stream.getTracks().forEach((track) => track.stop());
  stream.getVideoTracks()[0].addEventListener("ended", () => { if (!signal.aborted) { stop(); say("missing"); } });
  view.srcObject = stream;
  await view.play();
  view.hidden = signal.aborted;
  say("looking");
}

// One picture looks for a zone; once it has shown one, it votes with two more.
async function look(signal) {
  let seen = [];
  while (!signal.aborted) {
    const pictures = [...seen, await picture()];
    while (seen.length && pictures.length < VOTES) {
      await wait(PAUSE);
      pictures.push(await picture());
    }
    const answer = await ask(pictures, signal);
    if (signal.aborted) return;
    if (!answer || answer.dataset.busy) {
      if (!answer) say("silent");
      await wait(BUSY);
    } else if (answer.dataset.result === "none") {
      seen = [];
      say("looking");
    } else if (!seen.length) {
      seen = pictures;
      say("seen");
    } else if (answer.dataset.result === "accepted") {
      return take(answer.dataset.raw, TAKEN);
    } else {
      return show(answer);
    }
    await wait(PAUSE);
  }
}

const REFUSALS = { NotAllowedError: "denied", SecurityError: "denied", NotFoundError: "missing" };

async function begin() {
  stop();
  task = new AbortController();
  const { signal } = task;
  again.hidden = true;
  read.replaceChildren();
  file.value = "";
  if (!possible) return say("insecure");
  say("begin");
  try {
    await opened(signal);
    await look(signal);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    if (signal.aborted) return;
    stop();
    say(REFUSALS[error.name] ?? "held");
  }
}

// --- A file ------------------------------------------------------------------------------------------

async function choose() {
  const [chosen] = file.files;
  if (!chosen) return;
  stop();
  task = new AbortController();
  const { signal } = task;
  read.replaceChildren();
  if (chosen.size > Number(dialog.dataset.most)) return say("large");
  say("reading");
  try {
    let answer = await ask([chosen], signal);
    while (answer?.dataset.busy) {
      await wait(BUSY);
      answer = await ask([chosen], signal);
    }
    if (!answer) say("failed");
    else if (answer.dataset.result === "accepted") take(answer.dataset.raw, TAKEN);
    else if (answer.dataset.result === "none" && !answer.querySelector("[role=alert]")) say("nothing");
    else show(answer);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

// --- The dialog --------------------------------------------------------------------------------------

document.querySelector("[data-act=camera]").addEventListener("click", () => {
  if (dialog.open) return;
  dialog.showModal();
  begin();
});
dialog.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-camera]");
  if (button?.dataset.camera === "close") dialog.close();
  else if (button) begin();
});
dialog.addEventListener("close", () => {
  stop();
  read.replaceChildren();
  document.activeElement?.blur(); // a reader's Enter finds nothing to press
});
dialog.addEventListener("submit", (event) => {
  event.preventDefault();
  const lines = [...event.target.querySelectorAll("input")].map(({ value }) => value.toUpperCase());
  take(lines.join("\n"), CHECKED);
});
file.addEventListener("change", choose);
// Another reader was quicker.
document.addEventListener("scan", () => { if (dialog.open) dialog.close(); });
