// A camera as a reader of digital seals: its pictures go to the post until one of them has the code of a seal, which
// is judged for whoever stands here. A code is read whole or not at all, so no pictures vote.

import { give } from "./evidence.js";
import { BUSY, Film, PAUSE, wait } from "./film.js";

const dialog = document.getElementById("seal-camera");
const film = new Film(dialog, { look, read, clear: () => {} });
const LOOK_ON = { "seal.no_code": "looking", "seal.none": "other", "camera.busy": "looking" };

// Whoever stood here when the dialog opened: nobody else's seal is read in it.
const address = () => document.getElementById("evidence")?.dataset.sealUrl ?? "";
let url = "";

function send(picture, signal) {
  const body = new FormData();
  body.append("picture", picture, "picture.jpg");
  return give(url, body, {}, signal);
}

async function look(signal) {
  while (!signal.aborted) {
    const said = await send(await film.picture(), signal);
    if (signal.aborted) return;
    if (!said) {
      film.say("silent");
      await wait(BUSY);
    } else if (!said.error) {
      return dialog.close();
    } else if (said.error in LOOK_ON) {
      film.say(LOOK_ON[said.error]);
      if (said.error === "seal.none") await wait(BUSY); // the same code is before the camera in a moment, too
    } else {
      film.stop();
      return film.say("refused", said.message);
    }
    await wait(PAUSE);
  }
}

async function read(file, signal) {
  const said = await send(file, signal);
  if (signal.aborted) return;
  if (!said) film.say("failed");
  else if (said.error) film.say("refused", said.message);
  else dialog.close();
}

export function open() {
  url = address();
  if (url) film.open();
}
