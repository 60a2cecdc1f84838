// What was read of the document beside its lines, a chip or a digital seal: sent to the post, which judges it.
// Where the post has taken it, an "evidence" event on the document has the counter show the lane anew.

const $ = (id) => document.getElementById(id);
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

const BUSY = 1500; // ms until the post is asked again when it reads what others sent
const MOST_TRIES = 20;

// Sends it to `url`, one of the addresses on #evidence. Gives the post's answer: `outcome` and `html`, or `error`
// and `message`; null where there is none. What it came to stands on the page then, also where `signal` has ended
// what asked for it: what was sent is judged. It is not sent again then.
export async function give(url, body, headers = {}, signal = undefined) {
  const about = { "X-CSRFToken": document.body.dataset.csrf, "HX-Request": "true", ...headers };
  for (let tries = 1; ; tries++) {
    const said = await ask(url, body, about);
    if (said?.error !== "camera.busy" || tries === MOST_TRIES) return said;
    await wait(BUSY);
    if (signal?.aborted) return said;
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
