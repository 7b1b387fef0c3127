const SLACK = 6; // px a mouse may move and still click
const SMALLEST = 16; // px a side of a drawn box
const TAG = 28; // px a side that a number takes
const PAUSE = 250; // ms after the last arrow key before the choice is sent: walking past an object starts no search

const mounted = new WeakMap();

export default function ({ parentElement, data, setTriggerValue }) {
  let picker = mounted.get(parentElement);
  if (!picker) mounted.set(parentElement, (picker = new Picker(parentElement)));
  picker.show(data, setTriggerValue);
}

class Picker {
  constructor(root) {
    this.outbox = makeOutbox();
    this.frame = make("div", "frame");
    this.photo = make("img", "photo", { alt: "Your photo", draggable: "false" });
    this.shade = make("div", "shade");
    this.group = make("div", "boxes", { role: "radiogroup", "aria-label": "Objects in the photo" });
    this.rubber = make("div", "rubber");
    this.shade.hidden = this.rubber.hidden = true;
    this.frame.append(this.photo, this.shade, this.group, this.rubber);
    root.append(this.frame);
    this.group.addEventListener("click", (event) => this.click(event));
    this.group.addEventListener("keydown", (event) => this.press(event));
    this.frame.addEventListener("pointerdown", (event) => this.startDrawing(event));
  }

  show(data, setTriggerValue) {
    this.send = (choice) => this.outbox.send(setTriggerValue, choice);
    this.outbox.forget(data.seen);
    if (this.photo.getAttribute("src") !== data.url) this.photo.src = data.url;
    this.photo.width = data.size[0];
    this.photo.height = data.size[1];
    this.frame.style.setProperty("--ratio", data.size[0] / data.size[1]);
    const boxes = data.drawn ? [...data.boxes, { place: data.drawn, label: "Your box", drawn: true }] : data.boxes;
    const chosen = data.drawn ? boxes.length - 1 : data.index;
    const focused = this.items?.indexOf(this.group.getRootNode().activeElement) ?? -1;
    this.draw(boxes);
    this.choose(chosen);
    if (focused >= 0) this.items[Math.min(focused, this.items.length - 1)]?.focus();
  }

  draw(boxes) {
    const print = JSON.stringify(boxes);
    if (print === this.print) return;
    this.print = print;
    // The smaller box lies on top, so that it wins where boxes are nested.
    const rank = boxes.map((box) => boxes.filter((other) => area(other) > area(box)).length);
    const unit = TAG / (this.frame.clientWidth || 400);
    const tag = [unit, (unit * this.photo.width) / this.photo.height];
    this.items = boxes.map((box, index) => drawBox(box, rank[index], freeCorner(box, boxes, tag)));
    this.places = boxes.map((box) => box.place);
    this.group.replaceChildren(...this.items);
  }

  choose(index) {
    this.items.forEach((item, other) => {
      item.setAttribute("aria-checked", String(other === index));
      item.tabIndex = other === (index ?? 0) ? 0 : -1;
    });
    const chosen = this.items[index];
    this.shade.hidden = !chosen;
    if (chosen) place(this.shade, this.places[index]);
  }

  pick(item, wait = 0) {
    clearTimeout(this.timer);
    const index = this.items.indexOf(item);
    const again = item.getAttribute("aria-checked") === "true" && !this.pending;
    this.choose(index);
    if (again || item.dataset.drawn) return;
    this.pending = true;
    this.timer = setTimeout(() => {
      this.pending = false;
      this.send({ index });
      // On a phone the results lie below the fold: a choice leads there.
      if (innerWidth < 640) document.querySelector(".found")?.scrollIntoView({ behavior: "smooth" });
    }, wait);
  }

  click(event) {
    const item = event.target.closest("[role=radio]");
    if (item && !this.drew) this.pick(item);
    this.drew = false;
  }

  press(event) {
    const item = event.target.closest("[role=radio]");
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!item || (!step && event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    if (!step) return this.pick(item);
    const next = this.items[(this.items.indexOf(item) + step + this.items.length) % this.items.length];
    next.focus();
    this.pick(next, PAUSE);
  }

  startDrawing(event) {
    // Fingers scroll the page; they have the boxes, and "Crop by hand" beside the photo.
    if (event.pointerType === "touch" || event.button !== 0) return;
    const area = this.frame.getBoundingClientRect();
    const from = within(area, event);
    this.drew = false;
    const move = (moved) => {
      const to = within(area, moved);
      if (Math.hypot(to.x - from.x, to.y - from.y) < SLACK && !this.drew) return;
      this.drew = true;
      this.rubber.hidden = false;
      place(this.rubber, shares(area, from, to));
    };
    const stop = (stopped) => {
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", stop);
      window.removeEventListener("pointercancel", stop);
      this.rubber.hidden = true;
      const to = within(area, stopped);
      const large = Math.abs(to.x - from.x) >= SMALLEST && Math.abs(to.y - from.y) >= SMALLEST;
      if (this.drew && large && stopped.type === "pointerup") this.send({ drawn: shares(area, from, to) });
      // The click that follows a drag over a box must not choose that box.
      setTimeout(() => (this.drew = false));
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", stop);
    window.addEventListener("pointercancel", stop);
  }
}

// The corner where no smaller box, which would lie on top, hides the number.
function freeCorner(box, boxes, [width, height]) {
  const [left, top, right, bottom] = edges(box);
  const corners = { "": [left, top], right: [right - width, top], bottom: [left, bottom - height], "right bottom": [right - width, bottom - height] };
  const smaller = boxes.filter((other) => area(other) < area(box)).map(edges);
  const free = ([x, y]) => smaller.every(([l, t, r, b]) => x >= r || x + width <= l || y >= b || y + height <= t);
  return Object.keys(corners).find((name) => free(corners[name])) ?? "";
}

function edges({ place: [left, top, width, height] }) {
  return [left, top, left + width, top + height];
}

function drawBox(box, rank, corner) {
  const name = box.drawn ? box.label : `${box.number} ${box.label} ${box.confidence}`;
  const item = make("div", "box", { role: "radio", "aria-label": name, title: name });
  if (box.drawn) item.dataset.drawn = "yes";
  place(item, box.place);
  item.style.zIndex = rank + 1;
  const tag = make("span", `tag ${corner}`, { "aria-hidden": "true" });
  tag.append(text("number", box.drawn ? "" : box.number), text("label", box.label), text("sure", box.confidence ?? ""));
  item.append(tag);
  return item;
}

function text(className, words) {
  const node = make("span", className);
  node.textContent = words;
  return node;
}

function place(node, [left, top, width, height]) {
  const percent = (share) => `${share * 100}%`;
  Object.assign(node.style, { left: percent(left), top: percent(top), width: percent(width), height: percent(height) });
}

function within(area, event) {
  const inside = (value, limit) => Math.min(Math.max(value, 0), limit);
  return { x: inside(event.clientX - area.left, area.width), y: inside(event.clientY - area.top, area.height) };
}

function shares(area, from, to) {
  return [
    Math.min(from.x, to.x) / area.width,
    Math.min(from.y, to.y) / area.height,
    Math.abs(to.x - from.x) / area.width,
    Math.abs(to.y - from.y) / area.height,
  ];
}

function area(box) {
  return box.place[2] * box.place[3];
}
