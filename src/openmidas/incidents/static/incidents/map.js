// Picking a point on the map around the post. The fields of latitude and longitude stay what counts: the
// map writes into them, follows what is typed there, and without this file they are filled in by hand.

const FAR = 8, NEAR = 1;  // units of the map that an arrow key moves the cross
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

for (const box of document.querySelectorAll("[data-pick-latitude]")) {
  const latitude = document.getElementById(box.dataset.pickLatitude);
  const longitude = document.getElementById(box.dataset.pickLongitude);
  const map = box.querySelector(".pick__map");
  const svg = box.querySelector("svg");
  const cross = box.querySelector(".map__cross");
  const said = box.querySelector("[role=status]");
  const [west, north, across, down, side] =
    ["west", "north", "across", "down", "side"].map((name) => Number(box.dataset[name]));
  let x = side / 2, y = side / 2;

  const degrees = () => [(north - y * down).toFixed(4), (west + x * across).toFixed(4)];
  const inside = (unit) => Math.min(Math.max(unit, 0), side);

  function move(toX, toY) {
    [x, y] = [inside(toX), inside(toY)];
    cross.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
    cross.classList.remove("map__cross--set");
  }

  function say(words) {
    const where = document.createElement("bdi");
    where.dir = "ltr";
    where.textContent = degrees().join(", ");
    said.replaceChildren(`${words} `, where);
  }

  function set() {
    [latitude.value, longitude.value] = degrees();
    cross.classList.add("map__cross--set");
    say(box.dataset.set);
  }

  // What was typed, or came back with the form, is where the cross stands; what is no number, or not on
  // the map, leaves it where it is.
  function follow() {
    const [lat, lon] = [latitude, longitude].map((field) => field.value.trim().replace(",", "."));
    const [toX, toY] = [(Number(lon) - west) / across, (north - Number(lat)) / down];
    const seen = lat && lon && [toX, toY].every((unit) => unit >= 0 && unit <= side);
    cross.classList.remove("map__cross--set");
    if (seen) {
      move(toX, toY);
      cross.classList.add("map__cross--set");
    }
  }

  svg.addEventListener("click", (event) => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    move(at.x, at.y);
    set();
  });
  map.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Enter") {
      event.preventDefault();
      set();
    } else if (event.key in STEPS) {
      event.preventDefault();
      const [right, below] = STEPS[event.key];
      const step = event.shiftKey ? NEAR : FAR;
      move(x + right * step, y + below * step);
      say(box.dataset.here);
    }
  });
  for (const field of [latitude, longitude]) field.addEventListener("input", follow);
  follow();
  box.hidden = false;
}
