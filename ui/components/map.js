const COLOURS = ["#4E79E6", "#E4572E", "#2BA84A", "#B5179E", "#F2A900", "#00A5B5", "#8D5A2B", "#7B5CD6", "#E36FA8", "#7A9A01", "#C0392B", "#1B7F79", "#D98324", "#3AA0FF", "#5D6D7E", "#9A9BA8"];
const DOT = 5;
const [SMALLEST, LARGEST] = [26, 96]; // px a side of a picture; below, dots are drawn
const REACH = 14; // px around a point that are it
const AROUND = 12; // px between the outermost pictures and the border
const AT_ONCE = 12; // pictures that are loaded
const SLACK = 5; // px a mouse may move and still click
const DIRECTIONS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
const HINT_FOR = 1400; // ms
const HINT = /Mac/.test(navigator.platform) ? "Hold ⌘ and scroll to come closer" : "Hold Ctrl and scroll to come closer";
const HELP = "Arrow keys go from product to product, Enter opens one, plus and minus zoom, 0 shows all.";

const mounted = new WeakMap();

export default function ({ parentElement, data, setTriggerValue }) {
  let map = mounted.get(parentElement);
  if (!map) mounted.set(parentElement, (map = new PointMap(parentElement)));
  map.show(data, setTriggerValue);
}

class PointMap {
  constructor(root) {
    this.outbox = makeOutbox();
    this.returnFocus = makeFocusReturn();
    this.pictures = new Map();
    this.loading = 0;
    this.only = new Set();
    this.fingers = new Map();
    this.view = new View(() => this.draw());
    this.frame = make("div", "frame");
    this.canvas = make("canvas", "canvas", { tabindex: "0", role: "application", "aria-label": "Map of the catalogue", "aria-describedby": "map-help" });
    this.tip = make("div", "tip", { "aria-hidden": "true" });
    this.tipPicture = make("img", "", { alt: "" });
    this.tipTitle = make("span", "tip-title");
    this.tipGroup = make("span", "tip-group");
    this.tip.append(this.tipPicture, this.tipTitle, this.tipGroup);
    this.spoken = make("div", "unseen", { "aria-live": "polite" });
    const help = Object.assign(make("div", "unseen", { id: "map-help" }), { textContent: HELP });
    this.legend = make("ul", "legend", { role: "list", "aria-label": "Groups" });
    this.hint = Object.assign(make("div", "hint", { "aria-hidden": "true" }), { textContent: HINT });
    this.frame.append(this.canvas, this.tip, this.buttons(), this.hint);
    root.append(this.legend, this.frame, this.spoken, help);
    this.listen();
    new ResizeObserver(() => this.resize()).observe(this.frame);
  }

  show(data, setTriggerValue) {
    this.send = (event) => this.outbox.send(setTriggerValue, event);
    this.outbox.forget(data.seen);
    const print = JSON.stringify([data.points.map(([id]) => id), data.groups]);
    if (data.of !== this.of) {
      this.of = data.of;
      this.pictures.clear();
      this.view.whole();
    }
    this.points = data.points.map(([id, title, x, y, group, url]) => ({ id, title, at: [x, y], group, url }));
    this.groups = data.groups;
    if (print !== this.print) {
      this.print = print;
      this.only.clear();
      this.chosen = null;
      this.drawLegend();
    }
    this.makeRoom();
    this.draw();
  }

  buttons() {
    const bar = make("div", "zoom");
    const actions = { "+": ["Zoom in", () => this.view.glide(1.8)], "−": ["Zoom out", () => this.view.glide(1 / 1.8)], "⤢": ["Show all", () => this.view.whole()] };
    for (const [sign, [name, act]] of Object.entries(actions)) {
      const button = make("button", "", { type: "button", "aria-label": name, title: name });
      button.textContent = sign;
      button.addEventListener("click", act);
      bar.append(button);
    }
    return bar;
  }

  drawLegend() {
    this.legend.replaceChildren(
      ...this.groups.map(([name, count], number) => {
        const button = make("button", "group", { type: "button", "aria-pressed": "false" });
        const dot = make("span", "dot", { "aria-hidden": "true" });
        dot.style.background = colour(number);
        const words = Object.assign(make("span", ""), { textContent: name });
        button.append(dot, words, Object.assign(make("span", "count"), { textContent: count.toLocaleString("en") }));
        button.addEventListener("click", () => this.toggle(number, button));
        const item = make("li", "");
        item.append(button);
        return item;
      }),
    );
  }

  toggle(number, button) {
    const on = !this.only.delete(number);
    if (on) this.only.add(number);
    button.setAttribute("aria-pressed", String(on));
    this.draw();
  }

  listen() {
    const { canvas } = this;
    canvas.addEventListener("pointerdown", (event) => this.press(event));
    canvas.addEventListener("pointermove", (event) => this.move(event));
    canvas.addEventListener("pointerup", (event) => this.release(event));
    canvas.addEventListener("pointercancel", (event) => this.release(event));
    canvas.addEventListener("pointerleave", () => this.hover(null));
    canvas.addEventListener("dblclick", (event) => this.view.glide(2, this.within(event)));
    canvas.addEventListener("keydown", (event) => this.key(event));
    canvas.addEventListener("focus", () => this.chosen ?? this.choose(this.shown()[0]));
    canvas.addEventListener("blur", () => this.choose(null));
    // A wheel alone scrolls the page: nobody shall be caught in the map.
    canvas.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return this.say();
      event.preventDefault();
      this.hint.classList.remove("on");
      // A pinch on a touchpad comes as such a wheel, in small steps; Firefox counts lines.
      const turned = event.deltaY * (event.deltaMode ? 40 : 1);
      this.view.zoom(Math.exp(-turned * (Math.abs(turned) < 50 ? 0.01 : 0.002)), this.within(event));
    }, { passive: false });
  }

  say() {
    this.hint.classList.add("on");
    clearTimeout(this.saying);
    this.saying = setTimeout(() => this.hint.classList.remove("on"), HINT_FOR);
  }

  press(event) {
    this.fingers.set(event.pointerId, this.within(event));
    this.canvas.setPointerCapture(event.pointerId);
    this.travelled = 0;
  }

  move(event) {
    const at = this.within(event);
    const before = this.fingers.get(event.pointerId);
    if (!before) return this.hover(this.near(at));
    this.travelled += Math.hypot(at[0] - before[0], at[1] - before[1]);
    const [other] = [...this.fingers].filter(([id]) => id !== event.pointerId).map(([, place]) => place);
    if (other) this.view.zoom(apart(at, other) / Math.max(apart(before, other), 1), other);
    else if (this.travelled > SLACK) this.view.pan(at[0] - before[0], at[1] - before[1]);
    this.fingers.set(event.pointerId, at);
    this.hover(null);
  }

  release(event) {
    const clicked = this.fingers.delete(event.pointerId) && this.travelled <= SLACK && event.type === "pointerup";
    const point = clicked && this.near(this.within(event));
    if (point) this.open(point);
  }

  key(event) {
    const zoom = { "+": 1.6, "=": 1.6, "-": 1 / 1.6 }[event.key];
    if (zoom) this.view.glide(zoom, this.chosen ? this.view.place(this.chosen.at) : undefined);
    else if (event.key === "0") this.view.whole();
    else if (event.key === "Enter" && this.chosen) this.open(this.chosen);
    else if (DIRECTIONS[event.key]) this.step(DIRECTIONS[event.key]);
    else return;
    event.preventDefault();
  }

  // The next product in a direction: the nearest, where what lies aside counts as farther.
  step([dx, dy]) {
    const from = this.chosen ? this.view.place(this.chosen.at) : [0, 0];
    const cost = (point) => {
      const [x, y] = this.view.place(point.at).map((value, axis) => value - from[axis]);
      const [ahead, aside] = [x * dx + y * dy, Math.abs(x * dy - y * dx)];
      return point === this.chosen || ahead <= 0 ? Infinity : ahead + 2.5 * aside;
    };
    const best = this.shown().reduce((one, other) => (cost(other) < cost(one) ? other : one), this.chosen ?? this.points[0]);
    if (best !== this.chosen) this.choose(best);
  }

  choose(point) {
    this.chosen = point ?? null;
    if (this.chosen) {
      this.view.reveal(point.at);
      this.spoken.textContent = `${point.title}, ${this.groups[point.group]?.[0] ?? ""}`;
    }
    this.hover(this.chosen);
  }

  open(point) {
    this.returnFocus(() => this.canvas.focus());
    this.send({ id: point.id });
  }

  hover(point) {
    this.hovered = point;
    this.canvas.style.cursor = point ? "pointer" : "grab";
    this.draw();
  }

  shown() {
    return this.only.size ? this.points.filter((point) => this.only.has(point.group)) : this.points;
  }

  near(at) {
    const reach = Math.max(this.side() / 2, REACH);
    let [best, least] = [null, reach];
    for (const point of this.shown()) {
      const distance = apart(this.view.place(point.at), at);
      if (distance <= least) [best, least] = [point, distance];
    }
    return best;
  }

  // The size that pictures have now: as large as the points' density leaves room for.
  side(scale = this.view.scale) {
    return Math.min(0.8 * this.room() * scale, LARGEST);
  }

  dot() {
    return Math.min(Math.min(DOT, 0.3 * this.room()) * Math.sqrt(this.view.scale), 9);
  }

  // The side of the square that each point has for itself at rest, in px.
  room() {
    return Math.sqrt((this.view.size[0] * this.view.size[1]) / Math.max(this.points.length, 1));
  }

  makeRoom() {
    this.view.margin = Math.max(this.side(1) / 2, REACH) + AROUND;
  }

  resize() {
    const { width, height } = this.frame.getBoundingClientRect();
    const dense = window.devicePixelRatio || 1;
    this.view.size = [width, height];
    Object.assign(this.canvas, { width: Math.round(width * dense), height: Math.round(height * dense) });
    if (this.points) this.makeRoom();
    this.draw();
  }

  draw() {
    if (this.waiting) return;
    this.waiting = requestAnimationFrame(() => {
      this.waiting = 0;
      this.paint();
    });
  }

  paint() {
    if (!this.points) return;
    const context = this.canvas.getContext("2d");
    const dense = this.canvas.width / Math.max(this.view.size[0], 1);
    context.setTransform(dense, 0, 0, dense, 0, 0);
    context.clearRect(0, 0, ...this.view.size);
    const [side, dot] = [this.side(), this.dot()];
    for (const point of this.points) {
      const [x, y] = this.view.place(point.at);
      if (point === this.hovered || x < -side || y < -side || x > this.view.size[0] + side || y > this.view.size[1] + side) continue;
      context.globalAlpha = this.only.size && !this.only.has(point.group) ? 0.12 : 1;
      const picture = side >= SMALLEST && this.picture(point);
      if (picture) drawPicture(context, picture, x, y, side, colour(point.group), 2);
      else drawDot(context, x, y, dot, colour(point.group));
    }
    context.globalAlpha = 1;
    this.paintHovered(context, side);
  }

  paintHovered(context, side) {
    this.tip.hidden = !this.hovered;
    if (!this.hovered) return;
    const { at, title, group, url } = this.hovered;
    const [x, y] = this.view.place(at);
    const picture = side >= SMALLEST && this.picture(this.hovered);
    const ring = getComputedStyle(this.frame).getPropertyValue("--st-text-color") || "#000";
    if (picture) drawPicture(context, picture, x, y, Math.max(side, 48), ring, 3);
    else drawDot(context, x, y, DOT + 4, colour(group), ring);
    if (this.tipPicture.getAttribute("src") !== url) this.tipPicture.src = url;
    this.tipTitle.textContent = title;
    this.tipGroup.textContent = this.groups[group]?.[0] ?? "";
    const { offsetWidth: width, offsetHeight: height } = this.tip;
    const gap = Math.max(side / 2, DOT) + 10;
    const left = x + gap + width > this.view.size[0] ? x - gap - width : x + gap;
    const top = Math.min(Math.max(y - height / 2, 8), this.view.size[1] - height - 8);
    this.tip.style.transform = `translate(${Math.max(left, 4)}px, ${top}px)`;
  }

  picture({ url }) {
    let picture = this.pictures.get(url);
    // Few at a time, each asked for when it is painted: what was passed by does not stand before what is seen now.
    if (!picture && this.loading < AT_ONCE) {
      this.loading += 1;
      picture = new Image();
      picture.onload = picture.onerror = () => {
        this.loading -= 1;
        this.draw();
      };
      picture.src = url;
      this.pictures.set(url, picture);
    }
    return picture?.complete && picture.naturalWidth ? picture : null;
  }

  within(event) {
    const area = this.canvas.getBoundingClientRect();
    return [event.clientX - area.left, event.clientY - area.top];
  }
}

function colour(group) {
  return COLOURS[Math.min(group, COLOURS.length - 1)];
}

function apart([x, y], [u, v]) {
  return Math.hypot(x - u, y - v);
}

function drawDot(context, x, y, radius, fill, ring) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = fill;
  context.fill();
  if (!ring) return;
  context.lineWidth = 2;
  context.strokeStyle = ring;
  context.stroke();
}

function drawPicture(context, picture, x, y, side, edge, width) {
  const share = (side - 2 * width) / Math.max(picture.naturalWidth, picture.naturalHeight);
  const [w, h] = [picture.naturalWidth * share, picture.naturalHeight * share];
  context.beginPath();
  context.roundRect(x - side / 2, y - side / 2, side, side, Math.min(side / 6, 10));
  context.fillStyle = "#fff";
  context.fill();
  context.save();
  context.clip();
  context.drawImage(picture, x - w / 2, y - h / 2, w, h);
  context.restore();
  context.lineWidth = width;
  context.strokeStyle = edge;
  context.stroke();
}
