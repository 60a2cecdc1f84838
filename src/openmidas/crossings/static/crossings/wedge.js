// A document reader that acts as a keyboard: what it types becomes one "scan" event on the document.
//
// A scan is told from typing by what it says, never by how fast it comes: everything is collected,
// dropped after a second of silence (the number of a card, which people type, later), and taken as a scan
// when a window of it has the document code and all check digits of Doc 9303. The same search in Python:
// openmidas/documents/find.py.

const SILENCE = 1000; // ms between two keys: what came before belongs to something else
const QUIET = 400; // ms after a scan in which the reader's own Enter or Tab presses nothing
const MOST = 600; // characters kept; the longest zone has 90
const PREFIX = 6; // characters that a reader may put before a zone

// --- Doc 9303: which window is a zone -------------------------------------------------------------

const twoLines = (width, code, more) => ({
  size: 2 * width, code, number: width, birth: width + 13, sex: width + 20, expiry: width + 21,
  ...more,
});
const covered = (width, digit) => [[width, width + 10], [width + 13, width + 20], [width + 21, digit]];

const FORMATS = [
  { // TD1
    size: 90, code: /^(?!.V|AI)[ACI][A-Z0-9<]/, number: 5, birth: 30, sex: 37, expiry: 38,
    optional: [15, 30], long: true, composite: [[5, 37], [38, 45], [48, 59]], compositeDigit: 59,
  },
  twoLines(44, /^P[A-Z<]/, { // TD3
    optional: [72, 86], optionalDigit: 86, composite: covered(44, 87), compositeDigit: 87,
  }),
  twoLines(44, /^V[A-Z0-9<]/), // MRV-A
  twoLines(36, /^(?!.V|AC)[ACI][A-Z0-9<]/, { // TD2
    optional: [64, 71], long: true, composite: covered(36, 71), compositeDigit: 71,
  }),
  twoLines(36, /^V[A-Z0-9<]/), // MRV-B
];
const DATE_AND_DIGIT = /^[0-9<]{6}[0-9]$/;

function checkDigit(text) {
  let sum = 0;
  for (let i = 0; i < text.length; i++) {
    sum += (text[i] === "<" ? 0 : parseInt(text[i], 36)) * [7, 3, 1][i % 3];
  }
  return String(sum % 10);
}

// The number and its digit; a number of more than nine characters goes on in the optional data.
function numberAndDigit(zone, format) {
  const principal = zone.slice(format.number, format.number + 9);
  const digit = zone[format.number + 9];
  if (digit !== "<" || !format.long || principal.endsWith("<")) return [principal, digit];
  const optional = zone.slice(...format.optional);
  const end = optional.indexOf("<");
  return end < 2 ? null : [principal + optional.slice(0, end - 1), optional[end - 1]];
}

function fits(zone, format) {
  if (!format.code.test(zone) || !"FMX<".includes(zone[format.sex])) return false;
  const dates = [format.birth, format.expiry].map((start) => zone.slice(start, start + 7));
  const number = numberAndDigit(zone, format);
  if (!number || !dates.every((date) => DATE_AND_DIGIT.test(date))) return false;
  const pairs = [number, ...dates.map((date) => [date.slice(0, 6), date[6]])];
  if (format.optionalDigit) {
    const optional = zone.slice(...format.optional);
    const digit = zone[format.optionalDigit];
    if (digit !== "<" || /[^<]/.test(optional)) pairs.push([optional, digit]);
  }
  if (format.compositeDigit) {
    const text = format.composite.map((part) => zone.slice(...part)).join("");
    pairs.push([text, zone[format.compositeDigit]]);
  }
  return pairs.every(([text, digit]) => checkDigit(text) === digit);
}

// Whether a zone stands in the text; a zone begins at most PREFIX characters after a separator.
export function hasZone(text) {
  const chunks = text.toUpperCase().match(/[A-Z0-9<]+/g) || [];
  const stream = chunks.join("");
  if (stream.length < 72) return false;
  let begin = 0;
  for (const chunk of chunks) {
    for (let start = begin; start <= begin + PREFIX; start++) {
      for (const format of FORMATS) {
        const zone = stream.slice(start, start + format.size);
        if (zone.length === format.size && fits(zone, format)) return true;
      }
    }
    begin += chunk.length;
  }
  return false;
}

// --- Border residents' cards: R, eleven figures, two that check them (openmidas/crossings/card_numbers.py)

const BETWEEN = "[\\s\\u2010-\\u2015-]*";
const CARD = new RegExp(`(?:^|[^A-Z0-9])(R(?:${BETWEEN}[0-9]){13})${BETWEEN}$`);
const BEGUN = new RegExp(`(?:^|[^A-Z0-9])R(?:${BETWEEN}[0-9])*${BETWEEN}$`);
const GOES_ON = /^(?:[\d\s\u2010-\u2015-]|Enter|Tab)$/;
const SLOWLY = 10000; // ms between two figures of a number that somebody types off a card

// The number that the text ends with. The server says what is wrong with one whose figures do not fit;
// inside a form it is the form's, it may be of another document.
export function cardIn(text, inForm = false) {
  const found = text.toUpperCase().match(CARD);
  const number = found ? found[1].replace(/[^R0-9]/g, "") : "";
  return inForm && Number(number.slice(1)) % 97 !== 1 ? "" : number;
}

function goesOnWithCard(key, pause) {
  return pause < SLOWLY && GOES_ON.test(key) && BEGUN.test(typed.toUpperCase());
}

// --- The keyboard ----------------------------------------------------------------------------------

// What a key types on a US keyboard, as readers are: the layout of the workstation may be another.
function onUsKeyboard(event) {
  const code = event.code.match(/^(?:Key|Digit|Numpad)([A-Z0-9])$/);
  if (code) return event.shiftKey && event.code.startsWith("Digit") ? " " : code[1];
  return event.code === "Comma" && event.shiftKey ? "<" : " ";
}

let typed = ""; // as the workstation's layout has it
let coded = ""; // as a US keyboard has it
let last = -Infinity;
let quietUntil = -Infinity;
let field = null; // the form field that the reader types into, and what it held before
let held = "";
let silence = 0;

// No hand types this: a line of a zone, or a whole one that lost or changed characters.
const alike = (text, least) => text.length >= least && text.includes("<<");
const like = (least) => [typed, coded].find((text) => alike(text, least));

function forget() {
  typed = coded = "";
}

function scanned(raw) {
  clearTimeout(silence);
  if (field) field.value = held;
  forget();
  document.dispatchEvent(new CustomEvent("scan", { detail: { raw, how: "mrz" } }));
}

function writable(target) {
  return target.matches?.("input:not([type=radio], [type=checkbox]), textarea, select:not([data-reader])");
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  const ends = event.key === "Enter" || event.key === "Tab";
  if (!ends && event.key.length !== 1) return;
  // The time of the event, not of its handling: a busy page must not tear a scan in two.
  const now = event.timeStamp;
  if (now - last > SILENCE && !goesOnWithCard(event.key, now - last)) forget();
  const inField = writable(event.target);
  const card = ends ? cardIn(typed, inField) || cardIn(coded, inField) : "";
  if (ends && (card || now < quietUntil || like(28) || (typed.length > 5 && !inField))) {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (now < quietUntil) quietUntil = now + QUIET;
  }
  if (ends && !typed) return;
  last = now;
  if (!typed) {
    field = inField ? event.target : null;
    held = inField ? field.value : "";
  }
  if (!ends && !inField && event.key !== " ") event.preventDefault(); // no jumping in select boxes
  typed = (typed + (ends ? "\n" : event.key)).slice(-MOST);
  coded = (coded + (ends ? "\n" : onUsKeyboard(event))).slice(-MOST);
  clearTimeout(silence);
  const raw = [typed, coded].find(hasZone) || card;
  if (raw) {
    if (!ends) event.preventDefault();
    quietUntil = now + QUIET;
    scanned(raw);
  } else if (like(56)) { // the server says in words that it cannot be read
    silence = setTimeout(() => { const text = like(56); if (text) scanned(text); }, SILENCE + 200);
  }
}, true);

// A zone that is pasted is a scan, too: out of another program, or where there is no reader. So is
// one that was changed: it is never passed over in silence.
document.addEventListener("paste", (event) => {
  const text = event.clipboardData.getData("text").trim();
  if (!hasZone(text) && !alike(text, 56) && !cardIn(text, writable(event.target))) return;
  event.preventDefault();
  field = null;
  scanned(text);
});
