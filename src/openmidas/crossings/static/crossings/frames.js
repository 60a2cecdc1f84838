// The frames in which readers on a serial line send what they have read: the same rules, in the same order,
// as openmidas/documents/readers/frames.py, which says what they are.

const STX = 0x02;
const ETX = 0x03;
const ELYCTIS = 0x49;
const LONGEST = 512; // bytes in a frame

export class Frames {
  #kept = [];

  // The texts that these bytes complete, in order.
  feed(bytes) {
    const texts = [];
    for (const byte of bytes) {
      this.#kept.push(byte);
      const text = this.#whole();
      if (text) texts.push(text);
    }
    return texts;
  }

  // The line was silent for a second: what came before belongs to a frame that broke off.
  forget() {
    this.#kept = [];
  }

  #whole() {
    const kept = this.#kept;
    const [first] = kept;
    const last = kept.at(-1);
    if (first === STX) {
      if (last === STX) this.#kept = [STX]; // a new frame begins: the one before it broke off
      else if (last === ETX) return this.#take(1, -1);
      else if (kept.length > LONGEST) this.forget();
    } else if (first === ELYCTIS) {
      const length = kept.length > 2 ? kept[1] * 256 + kept[2] : 0;
      if (length > LONGEST) this.forget();
      else if (kept.length > 2 && kept.length === 3 + length) return this.#take(3);
    } else {
      this.forget();
    }
    return "";
  }

  #take(start, stop) {
    const text = this.#kept.slice(start, stop).map((byte) => (byte < 128 ? String.fromCharCode(byte) : "?"));
    this.forget();
    return text.join("");
  }
}
