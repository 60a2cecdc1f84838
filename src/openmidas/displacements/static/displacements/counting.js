// Counting by taps and keys. What is counted is kept on this workstation until the post's computer has
// answered that it is saved: a cut of the power or of the network loses nothing, and what is sent twice
// has the same id and is saved once. Each window has a draft of its own, by the id of its count; one that
// no window has any more (the power went) comes back in the next. Texts stand in the page, not here.

const form = document.getElementById("count-form");
const drafts = `midas-count-${form.dataset.of}:`;
let name = drafts + form.elements.id.value;
const elsewhere = document.getElementById("elsewhere");
const unsaved = document.getElementById("unsaved");
const numbers = [...form.querySelectorAll(".tally > input")];
const people = numbers.filter((input) => input.closest("[data-people]"));
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

function digits(input) {
  return /^\d+$/.test(input.value.trim()) ? Number(input.value) : 0;
}

function render() {
  const sum = people.reduce((all, input) => all + digits(input), 0);
  document.getElementById("counted-now").textContent = sum;
}

function keep() {
  const fields = [...new FormData(form)].filter(([field]) => field !== "csrfmiddlewaretoken");
  localStorage.setItem(name, JSON.stringify(fields));
  render();
}

// Whether a draft is this window's from now on. A page that is loaded again waits for the one before it.
// Without HTTPS there are no locks: then another window that writes the same draft is told of below.
function claim(draft) {
  if (!navigator.locks) return true;
  return new Promise((told) => {
    const held = () => {
      told(true);
      return new Promise(() => {}); // until this page is gone
    };
    navigator.locks.request(draft, { signal: AbortSignal.timeout(500) }, held).catch(() => told(false));
  });
}

function read(draft) {
  try {
    const fields = JSON.parse(localStorage.getItem(draft));
    if (Array.isArray(fields)) return fields;
  } catch {
    // cut short when the power went
  }
  localStorage.removeItem(draft);
  return null;
}

// A draft that no window has, if there is one; and whether another window has one.
async function restore() {
  for (const draft of Object.keys(localStorage).filter((key) => key.startsWith(drafts))) {
    if (form.dataset.known.split(" ").includes(draft.slice(drafts.length))) {
      localStorage.removeItem(draft); // it was saved, and the answer never came
    } else if (!(await claim(draft))) {
      elsewhere.hidden = false;
    } else {
      const fields = read(draft); // as the window left it that had it
      if (!fields) continue;
      name = draft;
      return fill(fields);
    }
  }
  await claim(name);
}

function fill(fields) {
  for (const input of form.querySelectorAll("input[type=checkbox]")) input.checked = false;
  for (const [field, value] of fields) {
    const found = [...form.elements].filter((one) => one.name === field);
    for (const one of found) {
      if (one.type !== "checkbox") one.value = value;
      else if (one.value === value) one.checked = true;
    }
  }
  document.getElementById("restored").hidden = false;
}

function add(input, number) {
  const most = Number(form.dataset.most);
  input.value = Math.min(Math.max(digits(input) + number, 0), most) || "";
  keep();
}

form.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-add]");
  if (button) add(document.getElementById(button.dataset.to), Number(button.dataset.add));
});

const KEYS = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 };
form.addEventListener("keydown", (event) => {
  if (!numbers.includes(event.target) || !(event.key in KEYS)) return;
  event.preventDefault();
  add(event.target, KEYS[event.key]);
});
form.addEventListener("input", keep);

document.getElementById("start-again").addEventListener("click", () => {
  localStorage.removeItem(name);
  location.reload();
});

let sending = false;
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (sending) return;
  sending = true;
  keep();
  // What the post may have saved already is not changed: nobody could tell which of the two it saved.
  const body = new URLSearchParams(new FormData(form));
  form.inert = true;
  for (let pause = 500; ; pause = Math.min(pause * 2, 4000)) {
    try {
      const signal = AbortSignal.timeout(8000);
      const headers = { "HX-Request": "true" };
      const answer = await fetch(form.action, { method: "POST", body, headers, signal });
      if (answer.status < 500) {
        unsaved.hidden = true;
        return done(answer);
      }
    } catch (error) {
      if (!(error instanceof TypeError || error instanceof DOMException)) throw error;
    }
    unsaved.hidden = false;
    await wait(pause);
  }
});

// Saved: only where the post says so without a page; a page to sign in keeps what was counted.
function done(answer) {
  sending = false;
  if (answer.status === 204) {
    localStorage.removeItem(name);
    location.assign(form.dataset.saved);
  } else if (answer.redirected) {
    location.assign(answer.url);
  } else {
    form.submit(); // refused: the page says why, with what was typed in it
  }
}

addEventListener("storage", (event) => {
  if (event.key === name && event.newValue !== null) elsewhere.hidden = false;
});

// A page that says what is wrong has what was typed already.
if (form.dataset.bound) {
  await claim(name);
  keep();
} else {
  await restore();
}
form.dataset.ready = "1";
render();
