// What was read of the document beside its lines, a chip or a digital seal: sent to the post, which judges it.
// Where the post has taken it, an "evidence" event on the document has the counter show the lane anew.

const $ = (id) => document.getElementById(id);
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

const BUSY = 1500; // ms until the post is asked again when it reads what others sent
const MOST_TRIES = 20;

// Sends it to `url`, one of the addresses on #evidence. Gives the post's answer: `outcome` and `html`, or `error`
// and `message`; null where there is none. What it came to stands on the page then.
export async function give(url, body, headers = {}) {
  const about = { "X-CSRFToken": document.body.dataset.csrf, "HX-Request": "true", ...headers };
  for (let tries = 1; ; tries++) {
    const said = await ask(url, body, about);
    if (said?.error !== "camera.busy" || tries === MOST_TRIES) return said;
    await wait(BUSY);
  }
}

async function ask(url, body, headers) {
  try {
    const answer = await fetch(url, { method: "POST", body, headers, redirect: "manual" });
    const said = await answer.json();
    if (answer.ok) show(url, said.html);
    return said;
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error;
    return null;
  }
}

// The traveller whom it is about may have gone meanwhile, and another one stand here.
function show(url, html) {
  const place = $("evidence");
  if (place && [place.dataset.chipUrl, place.dataset.sealUrl].includes(url)) place.innerHTML = html;
  document.dispatchEvent(new Event("evidence"));
}

// The photograph that an officer chose of a seal.
export async function photograph(input) {
  const [chosen] = input.files;
  if (!chosen) return;
  const place = $("evidence-say");
  input.blur(); // a reader's Enter finds nothing to press
  if (chosen.size > Number($("camera").dataset.most)) return (place.textContent = place.dataset.large);
  place.textContent = place.dataset.reading;
  const body = new FormData();
  body.append("picture", chosen);
  const said = await give($("evidence").dataset.sealUrl, body);
  place.textContent = said ? said.message ?? "" : place.dataset.failed;
  input.value = "";
}
