// One screen for everybody: whoever comes next finds nothing of whoever was here, by whichever way a
// browser goes back. Without this script, the server forgets an answer when it is done, or after minutes.
"use strict";

(() => {
  const page = document.documentElement;
  const done = page.dataset.done;
  const IDLE = 10 * 60 * 1000;

  const leave = () => {
    page.hidden = true;
    location.replace(done);
  };

  // An answer that somebody left by going back, and to which somebody goes forward again.
  const [how] = performance.getEntriesByType("navigation");
  if (done && how?.type === "back_forward") leave();

  // A browser may keep the whole page as it stood, with what was typed. It keeps an empty one.
  addEventListener("pagehide", () => {
    page.hidden = true;
    for (const field of document.querySelectorAll("input:not([type=hidden]), textarea, select")) {
      if (field.type === "radio" || field.type === "checkbox") field.checked = false;
      else if (field.tagName === "SELECT") field.selectedIndex = 0;
      else field.value = "";
    }
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    if (done) leave();
    else location.reload();
  });

  if (!done) return;
  let idle = setTimeout(leave, IDLE);
  for (const sign of ["pointerdown", "keydown", "scroll"]) {
    addEventListener(sign, () => {
      clearTimeout(idle);
      idle = setTimeout(leave, IDLE);
    });
  }
})();
