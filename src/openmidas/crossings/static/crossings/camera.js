// A camera as a document reader: its pictures go to the post, one after the other, and what is certain in three of
// them together becomes one "scan" event on the document. What is not certain is never a scan by itself: the
// officer compares the lines with the document first.

import { BUSY, Film, PAUSE, wait } from "./film.js";

const $ = (id) => document.getElementById(id);
const dialog = $("camera");
const place = $("camera-read");

const VOTES = 3; // pictures that vote together: openmidas/crossings/photographs.py
const TAKEN = "camera"; // how it was read (openmidas/crossings/inspection.py)
const CHECKED = "checked";

const film = new Film(dialog, { look, read, clear: () => place.replaceChildren() });

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
  film.stop();
  film.say(answer.dataset.result === "doubtful" ? "doubtful" : "");
  place.replaceChildren(answer);
  const inputs = [...answer.querySelectorAll("input")];
  const first = inputs.find(({ dataset, value }) => Number(dataset.look) < value.length) ?? inputs[0];
  first?.focus();
  first?.setSelectionRange(Number(first.dataset.look), Number(first.dataset.look) + 1);
}

// --- What is seen ------------------------------------------------------------------------------------

// One picture looks for a zone; once it has shown one, it votes with two more.
async function look(signal) {
  let seen = [];
  while (!signal.aborted) {
    const pictures = [...seen, await film.picture()];
    while (seen.length && pictures.length < VOTES) {
      await wait(PAUSE);
      pictures.push(await film.picture());
    }
    const answer = await ask(pictures, signal);
    if (signal.aborted) return;
    if (!answer || answer.dataset.busy) {
      if (!answer) film.say("silent");
      await wait(BUSY);
    } else if (answer.dataset.result === "none") {
      seen = [];
      film.say("looking");
    } else if (!seen.length) {
      seen = pictures;
      film.say("seen");
    } else if (answer.dataset.result === "accepted") {
      return take(answer.dataset.raw, TAKEN);
    } else {
      return show(answer);
    }
    await wait(PAUSE);
  }
}

async function read(file, signal) {
  let answer = await ask([file], signal);
  while (answer?.dataset.busy) {
    await wait(BUSY);
    answer = await ask([file], signal);
  }
  if (!answer) film.say("failed");
  else if (answer.dataset.result === "accepted") take(answer.dataset.raw, TAKEN);
  else if (answer.dataset.result === "none" && !answer.querySelector("[role=alert]")) film.say("nothing");
  else show(answer);
}

document.querySelector("[data-act=camera]").addEventListener("click", () => film.open());
dialog.addEventListener("submit", (event) => {
  event.preventDefault();
  const lines = [...event.target.querySelectorAll("input")].map(({ value }) => value.toUpperCase());
  take(lines.join("\n"), CHECKED);
});
