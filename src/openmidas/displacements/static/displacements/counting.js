// Counting by taps and keys. What is counted is kept on this workstation until the post's computer has
// answered that it is saved: a cut of the power or of the network loses nothing, and what is sent twice
// has the same id and is saved once. Texts stand in the page, not here.

const form = document.getElementById("count-form");
const name = `midas-count-${form.dataset.of}`;
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

function restore() {
  let fields = null;
  try {
    fields = JSON.parse(localStorage.getItem(name));
  } catch {
    localStorage.removeItem(name); // cut short when the power went
  }
  if (!Array.isArray(fields)) return;
  const id = fields.find(([field]) => field === "id")?.[1];
  if (form.dataset.known.split(" ").includes(id)) {
    localStorage.removeItem(name); // it was saved, and the answer never came
    return;
  }
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

// A page that says what is wrong has what was typed already.
if (form.dataset.bound) keep();
else restore();
render();
