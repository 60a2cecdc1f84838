// A camera in a dialog, or the file of a photograph in its place: what the counter's cameras share. Nothing is kept,
// and the camera is let go when the dialog closes.
//
// `look` is asked for once the camera runs, and ends when it has seen what it wanted, or when it was told to stop;
// `read` is asked for a file that was chosen. Both are given a signal, and both may end with `stop` and words, or
// close the dialog. `clear` takes away what they have put there. Words are the dialog's data, or its status line's.

export const wait = (ms) => new Promise((done) => setTimeout(done, ms));
export const PAUSE = 300; // ms between an answer and the next picture
export const BUSY = 1500; // ms until the post is asked again when it reads others' pictures, or is silent

const LONGEST_EDGE = 1600; // pixels
const REFUSALS = { NotAllowedError: "denied", SecurityError: "denied", NotFoundError: "missing" };

// On plain HTTP a browser has no camera to give.
const possible = window.isSecureContext && Boolean(navigator.mediaDevices);

export class Film {
  #dialog;
  #status;
  #view;
  #file;
  #again;
  #doing;
  #task = new AbortController(); // what goes on now: a camera that looks, or a file that is read

  constructor(dialog, doing) {
    this.#dialog = dialog;
    this.#status = dialog.querySelector("[role=status]");
    this.#view = dialog.querySelector("video");
    this.#file = dialog.querySelector("input[type=file]");
    this.#again = dialog.querySelector("[data-camera=again]");
    this.#doing = doing;
    dialog.addEventListener("click", ({ target }) => {
      const button = target.closest("[data-camera]");
      if (button?.dataset.camera === "close") dialog.close();
      else if (button) this.#begin();
    });
    dialog.addEventListener("close", () => {
      this.stop();
      this.#file.value = "";
      doing.clear();
      document.activeElement?.blur(); // a reader's Enter finds nothing to press
    });
    this.#file.addEventListener("change", () => this.#choose());
    // Another reader was quicker.
    document.addEventListener("scan", () => { if (dialog.open) dialog.close(); });
  }

  open() {
    if (this.#dialog.open) return;
    this.#dialog.showModal();
    this.#begin();
  }

  // Words by their name, or these; a status line that changes is said.
  say(name, words = this.#dialog.dataset[name] ?? this.#status.dataset[name] ?? "") {
    if (this.#status.textContent !== words) this.#status.textContent = words;
  }

  stop() {
    this.#task.abort();
    this.#view.srcObject?.getTracks().forEach((track) => track.stop());
    this.#view.srcObject = null;
    this.#view.hidden = true;
    this.#again.hidden = !possible;
  }

  // What the camera sees now, as a JPEG; a DOMException where it gives no picture.
  picture() {
    const { videoWidth, videoHeight } = this.#view;
    const scale = Math.min(1, LONGEST_EDGE / Math.max(videoWidth, videoHeight));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(videoWidth * scale);
    canvas.height = Math.round(videoHeight * scale);
    canvas.getContext("2d").drawImage(this.#view, 0, 0, canvas.width, canvas.height);
    const none = new DOMException("no picture", "EncodingError");
    return new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(none)), "image/jpeg", 0.85));
  }

  #anew() {
    this.stop();
    this.#task = new AbortController();
    this.#doing.clear();
    return this.#task.signal;
  }

  async #opened(signal) {
    const video = { facingMode: { ideal: "environment" }, width: { ideal: 1920 }, height: { ideal: 1080 } };
    const stream = await navigator.mediaDevices.getUserMedia({ video });
    if (signal.aborted) return stream.getTracks().forEach((track) => track.stop());
    const [track] = stream.getVideoTracks();
    track.addEventListener("ended", () => { if (!signal.aborted) { this.stop(); this.say("missing"); } });
    this.#view.srcObject = stream;
    await this.#view.play();
    this.#view.hidden = signal.aborted;
    this.say("looking");
  }

  async #begin() {
    const signal = this.#anew();
    this.#again.hidden = true;
    this.#file.value = "";
    if (!possible) return this.say("insecure");
    this.say("begin");
    try {
      await this.#opened(signal);
      await this.#doing.look(signal);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      if (signal.aborted) return;
      this.stop();
      this.say(REFUSALS[error.name] ?? "held");
    }
  }

  async #choose() {
    const [chosen] = this.#file.files;
    if (!chosen) return;
    const signal = this.#anew();
    if (chosen.size > Number(this.#dialog.dataset.most)) return this.say("large");
    this.say("reading");
    try {
      await this.#doing.read(chosen, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}
