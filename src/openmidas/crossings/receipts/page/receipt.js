// Checks the code of a receipt without a link and without the browser's own cryptography, which old
// phones do not have for these signatures, and pages from a file or a plain address not at all. Nothing
// here is secret, so nothing needs to take the same time. Layout: docs/format.md; signatures: RFC 8032.
"use strict";

const LABEL = "MIDAS1:";
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const [SIGNATURE, SUM, CERTIFIED, SAID] = [64, 4, 47, 10];

// --- SHA-512 ---------------------------------------------------------------------------------------

const WORD = (1n << 64n) - 1n;

function primes(count) {
  const found = [];
  for (let n = 2n; found.length < count; n++) if (found.every((p) => n % p)) found.push(n);
  return found;
}

function root(value, degree) {
  let [low, high] = [0n, 1n << 80n];
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (middle ** degree <= value) low = middle; else high = middle;
  }
  return low;
}

const PRIMES = primes(80);
const ROUNDS = PRIMES.map((p) => root(p << 192n, 3n) & WORD);
const START = PRIMES.slice(0, 8).map((p) => root(p << 128n, 2n) & WORD);
const turn = (x, n) => ((x >> n) | (x << (64n - n))) & WORD;

function sha512(bytes) {
  const size = (Math.floor((bytes.length + 16) / 128) + 1) * 128;
  const padded = new Uint8Array(size);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  new DataView(padded.buffer).setUint32(size - 4, bytes.length * 8);
  const view = new DataView(padded.buffer);
  let state = [...START];
  for (let block = 0; block < size; block += 128) {
    const w = [];
    for (let i = 0; i < 16; i++) w.push(view.getBigUint64(block + 8 * i));
    for (let i = 16; i < 80; i++) {
      const [a, b] = [w[i - 15], w[i - 2]];
      const s0 = turn(a, 1n) ^ turn(a, 8n) ^ (a >> 7n);
      const s1 = turn(b, 19n) ^ turn(b, 61n) ^ (b >> 6n);
      w.push((w[i - 16] + s0 + w[i - 7] + s1) & WORD);
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 80; i++) {
      const s1 = turn(e, 14n) ^ turn(e, 18n) ^ turn(e, 41n);
      const one = h + s1 + ((e & f) ^ (~e & WORD & g)) + ROUNDS[i] + w[i];
      const s0 = turn(a, 28n) ^ turn(a, 34n) ^ turn(a, 39n);
      const two = s0 + ((a & b) ^ (a & c) ^ (b & c));
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) & WORD, c, b, a, (one + two) & WORD];
    }
    state = [a, b, c, d, e, f, g, h].map((x, i) => (x + state[i]) & WORD);
  }
  const digest = new Uint8Array(64);
  state.forEach((x, i) => new DataView(digest.buffer).setBigUint64(8 * i, x));
  return digest;
}

// --- Ed25519 ---------------------------------------------------------------------------------------

const P = 2n ** 255n - 19n;
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const mod = (x) => ((x % P) + P) % P;

function power(base, exponent) {
  let [result, square] = [1n, mod(base)];
  for (let e = exponent; e > 0n; e >>= 1n) {
    if (e & 1n) result = (result * square) % P;
    square = (square * square) % P;
  }
  return result;
}

const D = mod(-121665n * power(121666n, P - 2n));

function number(bytes) {
  return bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

function point(bytes) {
  const whole = number(bytes);
  const y = whole & ((1n << 255n) - 1n);
  if (y >= P) return null;
  const [u, v] = [mod(y * y - 1n), mod(D * y * y + 1n)];
  let x = mod(u * v ** 3n * power(mod(u * v ** 7n), (P - 5n) / 8n));
  if (mod(v * x * x) === mod(-u)) x = mod(x * power(2n, (P - 1n) / 4n));
  if (mod(v * x * x) !== u) return null;
  const odd = whole >> 255n;
  if (x === 0n && odd) return null;
  if ((x & 1n) !== odd) x = P - x;
  return [x, y, 1n, mod(x * y)];
}

function add([x1, y1, z1, t1], [x2, y2, z2, t2]) {
  const a = (y1 - x1) * (y2 - x2);
  const b = (y1 + x1) * (y2 + x2);
  const c = 2n * ((t1 * t2) % P) * D;
  const d = 2n * z1 * z2;
  const [e, f, g, h] = [mod(b - a), mod(d - c), mod(d + c), mod(b + a)];
  return [(e * f) % P, (g * h) % P, (f * g) % P, (e * h) % P];
}

function times(from, count) {
  let [result, double] = [[0n, 1n, 1n, 0n], from];
  for (let n = count; n > 0n; n >>= 1n) {
    if (n & 1n) result = add(result, double);
    double = add(double, double);
  }
  return result;
}

const BASE = point([0x58, ...new Array(31).fill(0x66)]);

function signed(key, message, signature) {
  const [from, r, s] = [point(key), point(signature.subarray(0, 32)), number(signature.subarray(32))];
  if (!from || !r || s >= ORDER) return false;
  const digest = sha512(Uint8Array.from([...signature.subarray(0, 32), ...key, ...message]));
  const [left, right] = [times(BASE, s), add(r, times(from, number(digest) % ORDER))];
  return mod(left[0] * right[2] - right[0] * left[2]) === 0n
    && mod(left[1] * right[2] - right[1] * left[2]) === 0n;
}

// --- The code --------------------------------------------------------------------------------------

function bytesOf(text) {
  const found = /^MIDAS1:([A-Z2-7]+)$/.exec(text.replace(/\s+/g, "").toUpperCase());
  if (!found || text.length > 1000 || [1, 3, 6].includes(found[1].length % 8)) return null;
  const bytes = [];
  let [held, bits] = [0, 0];
  for (const letter of found[1]) {
    held = ((held << 5) | LETTERS.indexOf(letter)) & 0xfff;
    bits += 5;
    if (bits >= 8) bytes.push((held >> (bits -= 8)) & 0xff);
  }
  return bytes.length > SUM ? Uint8Array.from(bytes) : null;
}

const equal = (one, other) => one.length === other.length && one.every((byte, i) => byte === other[i]);
const labelled = (label, bytes) => Uint8Array.from([...new TextEncoder().encode(`${label}\0`), ...bytes]);
const ascii = (bytes) => String.fromCharCode(...bytes);

function product(one, other) {
  let result = 0;
  for (let place = 0; place < 5; place++) if ((other >> place) & 1) result ^= one << place;
  for (let place = 8; place > 4; place--) if ((result >> place) & 1) result ^= 0b100101 << (place - 5);
  return result;
}

function checked(letters) {
  let [total, factor] = [0, 2];
  for (const letter of [...letters.slice(0, -1)].reverse()) {
    total ^= product(CROCKFORD.indexOf(letter), factor);
    factor = product(factor, 2);
  }
  return CROCKFORD[total] === letters.at(-1);
}

const day = (days) => new Date(Date.UTC(2020, 0, 1 + days)).toISOString().slice(0, 10);

function read(whole) {
  const view = new DataView(whole.buffer, whole.byteOffset, whole.byteLength);
  const end = CERTIFIED + view.getUint8(CERTIFIED - 1);
  const start = end + SIGNATURE;
  const [numbered, digits] = [view.getUint8(start + 8), view.getUint8(start + 9)];
  const last = start + SAID + numbered + digits;
  const text = ascii(whole.subarray(start + SAID, last));
  const [mark, letters] = [ascii(whole.subarray(8, 12)), text.slice(0, numbered)];
  const right = view.getUint8(0) === 1 && whole.length === last + SIGNATURE
    && letters.startsWith(mark) && letters.length >= 10 && checked(letters);
  if (!right) return null;
  const flags = view.getUint8(start + 5);
  const at = view.getUint32(start);
  const local = (at + view.getInt8(start + 4) * 900) * 1000;
  const days = view.getUint16(start + 6);
  return {
    end, start, last, at,
    signer: whole.subarray(1, 5),
    key: whole.subarray(12, 44),
    said: {
      number: `${letters.slice(0, 4)}-${letters.slice(4, -1)}-${letters.at(-1)}`,
      post: new TextDecoder("utf-8", { fatal: true }).decode(whole.subarray(CERTIFIED, end)),
      at: new Date(local).toISOString().slice(0, 16).replace("T", " "),
      direction: flags & 1 ? "exit" : "entry",
      stay: flags & 2 ? "free" : days ? day(days) : "",
      digits: text.slice(numbered),
    },
  };
}

// `keys`: the public keys of the State, each 32 numbers; `revoked`: of posts, each with the second since which
// it is trusted no more. What is said is only given where it is valid.
function checkReceipt(text, keys, revoked = []) {
  const raw = bytesOf(text);
  if (!raw) return { outcome: "unreadable" };
  const whole = raw.subarray(0, -SUM);
  if (!equal(sha512(whole).subarray(0, SUM), raw.subarray(-SUM))) return { outcome: "invalid" };
  let told = null;
  try {
    told = read(whole);
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
  }
  if (!told) return { outcome: "invalid" };
  const signers = keys.filter((key) => equal(key.slice(0, 4), told.signer));
  if (!signers.length) return { outcome: "unknown" };
  const certificate = labelled("openmidas receipt certificate 1", whole.subarray(0, told.end));
  const certified = signers.some((key) => signed(key, certificate, whole.subarray(told.end, told.start)));
  const receipt = labelled("openmidas crossing receipt 1", whole.subarray(told.start, told.last));
  const valid = certified && signed(told.key, receipt, whole.subarray(told.last));
  if (!valid) return { outcome: "invalid" };
  const since = revoked.find(([key]) => equal(key, told.key))?.[1];
  if (since !== undefined && told.at > since) {
    return { outcome: "revoked", since: new Date(since * 1000).toISOString().slice(0, 10) };
  }
  return { outcome: "valid", said: told.said };
}
