// The page of an interview has several forms. What was typed in the others is not lost when one is sent: it
// is sent from here, the answer is put in place of the page, and the others get their text back. All of it is
// in the memory of this page alone, and gone with it: the next officer at the workstation finds nothing.
// Without this file each form is sent as forms are.

const TEXT = "textarea, input:not([type]), input[type=text]";
const FIELDS = `${TEXT}, select, input[type=checkbox], input[type=radio], input[type=file]`;
const main = () => document.getElementById("main");
const path = (form) => new URL(form.action).pathname;
let kept = [];  // fields that were typed in, and have had no place since
let sending = null;  // the form on its way
let next = null;  // what was pressed meanwhile, in another one

function first(select) {
  const chosen = [...select.options].find((option) => option.defaultSelected);
  return (chosen || select.options[0] || {}).value;
}

// Whether somebody filled it in. What came back with an error is in its form as if it had stood there always.
function typed(field, cameBack) {
  if (field.type === "file") return field.files.length > 0;
  if (field.matches("[type=checkbox], [type=radio]")) return field.checked !== field.defaultChecked;
  const before = field.tagName === "SELECT" ? first(field) : field.defaultValue;
  return field.value !== before || (cameBack && field.value !== "");
}

function typedBeside(form) {
  const cameBack = Boolean(main().querySelector(".error-summary"));
  const fields = [...main().querySelectorAll("form")].filter((one) => one !== form)
    .flatMap((one) => [...one.querySelectorAll(FIELDS)].map((field) => ({ of: path(one), field })));
  return fields.filter(({ field }) => typed(field, cameBack));
}

function give(page, { of, field }) {
  const form = [...page.querySelectorAll("form")].find((one) => path(one) === of);
  const places = form ? [...form.querySelectorAll(FIELDS)].filter((one) => one.name === field.name) : [];
  if (field.type === "file") {  // what was chosen cannot be set, but the field can be moved
    if (places.length) places[0].replaceWith(field);
  } else if (field.matches("[type=checkbox], [type=radio]")) {
    for (const one of places) if (one.value === field.value) one.checked = field.checked;
  } else if (places.length) {
    places[0].value = field.value;
  }
  return places.length > 0;
}

// What has no place on this page stands on it all the same, to be read and copied.
function show(page, without) {
  const texts = without.filter(({ field }) => field.matches(TEXT));
  if (!texts.length) return;
  const section = document.createElement("section");
  section.className = "card";
  const title = document.createElement("h2");
  title.textContent = page.dataset.unsaved;
  section.append(title, ...texts.map(({ field }) => {
    const words = document.createElement("p");
    const apart = document.createElement("bdi");
    apart.textContent = field.value;
    words.append(apart);
    return words;
  }));
  (page.querySelector("h1").closest(".row") || page.querySelector("h1")).after(section);
}

function body(form, button) {
  const data = new FormData(form);
  if (button && button.name) data.append(button.name, button.value);
  if (path(form) === main().dataset.decides) data.append("stay", "yes");  // there is more to save
  return form.enctype === "multipart/form-data" ? data : new URLSearchParams(data);
}

function put(answered, form) {
  const was = document.activeElement && document.activeElement.name;
  const page = document.adoptNode(answered);
  const without = kept.filter((one) => !give(page, one));
  show(page, without);
  kept = without;
  main().replaceWith(page);
  const same = [...page.querySelectorAll("form")].find((one) => path(one) === path(form));
  const named = same && was && same.elements[was];
  const at = page.querySelector("[aria-invalid=true]") || named || (same && same.querySelector("button"));
  if (at && at.focus) at.focus();
  const error = page.querySelector(".error-summary");
  if (error) error.scrollIntoView({ block: "nearest" });
}

// Nothing was saved: the page stays as it is, and says why.
function fail(why) {
  main().querySelectorAll(":scope > .error-summary").forEach((one) => one.remove());
  const said = document.createElement("div");
  said.className = "error-summary";
  said.setAttribute("role", "alert");
  said.append(...(why ? [...document.adoptNode(why).childNodes] : [main().dataset.failed]));
  main().prepend(said);
  said.scrollIntoView({ block: "nearest" });
}

async function send(form, button) {
  const at = main().dataset.interview;
  let answer, whole;
  try {
    answer = await fetch(form.action, { method: "POST", body: body(form, button) });
    whole = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return fail();
  }
  const page = whole.getElementById("main");
  // Signed out, an error of the program, or too busy to take a picture.
  if (!page || answer.status === 503) return fail(page || whole.body);
  if (page.dataset.interview !== at) return location.assign(answer.url);
  const beside = typedBeside(form);  // only now: somebody may have gone on typing
  const again = (old) => beside.some((one) => one.of === old.of && one.field.name === old.field.name);
  kept = [...kept.filter((old) => !again(old)), ...beside];
  put(page, form);
  history.replaceState(null, "", at);
}

document.addEventListener("submit", async (event) => {
  const form = event.target, button = event.submitter;
  if (!main() || !main().contains(form) || form.method !== "post" || !main().dataset.interview) return;
  if (!sending && !typedBeside(form).length && !kept.length) return;  // nothing to keep
  event.preventDefault();
  if (sending) {
    if (sending !== path(form)) next = { of: path(form), name: button && button.name, value: button && button.value };
    return;
  }
  sending = path(form);
  await send(form, button);
  sending = null;
  if (!next) return;
  const pressed = next;
  next = null;
  const there = [...main().querySelectorAll("form")].find((one) => path(one) === pressed.of);
  const buttons = there ? [...there.querySelectorAll("button")] : [];
  const same = buttons.find((one) => one.name === (pressed.name || "") && one.value === (pressed.value || ""));
  if (same) there.requestSubmit(same);
});
