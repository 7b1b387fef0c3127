const ICONS = {
  similar: "M10.5 3.5a7 7 0 1 1 0 14a7 7 0 0 1 0-14zM15.7 15.7 20.5 20.5M7.5 9.2q1.5-1.3 3 0t3 0M7.5 12.2q1.5-1.3 3 0t3 0",
  right: "M8 11l3.2-6.6c1.5 0 2.6 1.2 2.6 2.7v2.7h4.4a2 2 0 0 1 2 2.3l-1 6a2 2 0 0 1-2 1.7H8zM8 11H4v8.8h4",
  wrong: "M16 13l-3.2 6.6c-1.5 0-2.6-1.2-2.6-2.7v-2.7H5.8a2 2 0 0 1-2-2.3l1-6a2 2 0 0 1 2-1.7H16zM16 13h4V4.2h-4",
  compare: "M4.5 5h6v14h-6zM13.5 5h6v14h-6z",
};
const NAMES = {
  similar: (title) => `More like ${title}`,
  right: (title) => `Right match: ${title}`,
  wrong: (title) => `Wrong match: ${title}`,
  compare: (title) => `Compare ${title}`,
};
const TIPS = { similar: "More like this", right: "Right match", wrong: "Wrong match", compare: "Compare" };

const mounted = new WeakMap();

export default function ({ parentElement, data, setTriggerValue }) {
  let grid = mounted.get(parentElement);
  if (!grid) mounted.set(parentElement, (grid = new Grid(parentElement)));
  grid.show(data, setTriggerValue);
}

class Grid {
  constructor(root) {
    this.outbox = makeOutbox();
    this.returnFocus = makeFocusReturn();
    this.cards = new Map();
    this.list = make("ul", "grid", { role: "list" });
    root.append(this.list);
    this.list.addEventListener("click", (event) => this.click(event));
  }

  show(data, setTriggerValue) {
    this.send = (event) => this.outbox.send(setTriggerValue, event);
    this.outbox.forget(data.seen);
    this.list.setAttribute("aria-label", data.label);
    this.list.classList.toggle("noted", data.cards.some((card) => card.note));
    this.list.setAttribute("aria-busy", String(Boolean(data.waiting)));
    const kept = new Map(data.cards.map((card) => [card.id, this.cards.get(card.id) ?? new Card(data.actions)]));
    for (const [id, card] of this.cards) if (!kept.has(id)) card.item.remove();
    this.cards = kept;
    data.cards.forEach((card, place) => {
      const { item } = kept.get(card.id).fill(card);
      // Moving a node takes its focus away: touch only what stands in another place.
      if (this.list.children[place] !== item) this.list.insertBefore(item, this.list.children[place] ?? null);
    });
    for (const ghost of this.list.querySelectorAll(".ghost")) ghost.remove();
    for (let left = data.waiting ?? 0; left > 0; left -= 1) this.list.append(ghostCard());
  }

  click(event) {
    const button = event.target.closest("button");
    if (!button) return;
    const id = button.closest("li").dataset.id;
    const kind = button.dataset.kind;
    if (button.hasAttribute("aria-pressed")) this.toggle(button);
    if (kind === "open") this.returnFocus(() => this.cards.get(id)?.open.focus());
    this.send({ kind, id });
  }

  toggle(button) {
    const on = button.getAttribute("aria-pressed") !== "true";
    const rival = { right: "wrong", wrong: "right" }[button.dataset.kind];
    if (on && rival) button.parentElement.querySelector(`[data-kind=${rival}]`)?.setAttribute("aria-pressed", "false");
    button.setAttribute("aria-pressed", String(on));
    if (button.dataset.kind === "compare") button.closest("li").classList.toggle("compared", on);
  }
}

class Card {
  constructor(actions) {
    this.item = make("li", "card");
    this.open = make("button", "open", { type: "button", "data-kind": "open" });
    this.rank = make("span", "rank", { "aria-hidden": "true" });
    this.mat = make("span", "mat");
    this.picture = make("img", "picture", { loading: "lazy", decoding: "async", alt: "" });
    this.initial = make("span", "initial", { "aria-hidden": "true" });
    this.title = make("span", "title");
    this.subtitle = make("span", "subtitle");
    this.price = make("span", "price");
    this.bar = make("span", "bar", { "aria-hidden": "true" });
    this.fill_ = make("span", "fill");
    this.percent = make("span", "percent");
    this.note = make("span", "note");
    this.bar.append(this.fill_);
    this.mat.append(this.picture, this.initial);
    const facts = line("facts", this.subtitle, this.price);
    this.score = line("score", this.bar, this.percent);
    this.open.append(this.mat, this.rank, line("words", this.title, facts, this.score, this.note));
    this.item.append(this.open, ...(actions.length ? [this.actionRow(actions)] : []), make("span", "veil", { "aria-hidden": "true" }));
    this.picture.addEventListener("load", () => (this.mat.style.backgroundColor = edgeColour(this.picture)));
    this.picture.addEventListener("error", () => this.mat.classList.add("broken"));
  }

  actionRow(actions) {
    this.buttons = actions.map((kind) => {
      const button = make("button", `action ${kind}`, { type: "button", "data-kind": kind, title: TIPS[kind] });
      if (kind !== "similar") button.setAttribute("aria-pressed", "false");
      button.append(icon(ICONS[kind]), Object.assign(make("span", "caption"), { textContent: TIPS[kind] }));
      return button;
    });
    return line("actions", ...this.buttons);
  }

  fill(card) {
    this.item.dataset.id = card.id;
    this.item.setAttribute("aria-label", card.title);
    this.item.classList.toggle("compared", card.compared);
    this.open.setAttribute("aria-label", `Open ${card.title}`);
    if (this.picture.getAttribute("src") !== card.url) {
      this.mat.classList.remove("broken");
      this.picture.src = card.url;
    }
    this.initial.textContent = [...card.title.trim()][0]?.toUpperCase() ?? "?";
    this.rank.textContent = card.rank;
    this.rank.hidden = !card.rank;
    this.title.textContent = card.title;
    this.title.title = card.title;
    this.subtitle.textContent = card.subtitle;
    this.price.textContent = card.price;
    this.score.hidden = card.share === null;
    this.fill_.style.width = `${(card.share ?? 0) * 100}%`;
    this.percent.textContent = card.percent;
    this.note.textContent = card.note;
    for (const button of this.buttons ?? []) {
      const { kind } = button.dataset;
      button.setAttribute("aria-label", NAMES[kind](card.title));
      if (kind !== "similar") button.setAttribute("aria-pressed", String(kind === "compare" ? card.compared : card.mark === kind));
    }
    return this;
  }
}

function line(className, ...nodes) {
  const node = make("span", className);
  node.append(...nodes);
  return node;
}

function icon(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "path");
  shape.setAttribute("d", path);
  svg.append(shape);
  return svg;
}

function ghostCard() {
  const item = make("li", "card ghost", { "aria-hidden": "true" });
  item.append(make("span", "mat"), line("words", make("span", "stroke"), make("span", "stroke short"), make("span", "stroke")));
  return item;
}

// The mat takes the colour that the picture has along its edge, so that a picture of any shape fills its square.
function edgeColour(picture) {
  const side = 16;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  try {
    context.fillStyle = "#fff";
    context.fillRect(0, 0, side, side);
    context.drawImage(picture, 0, 0, side, side);
    const { data } = context.getImageData(0, 0, side, side);
    const last = side - 1;
    const edge = [...Array(side * side).keys()].filter((n) => n < side || n >= side * last || n % side === 0 || n % side === last);
    // The median, not the mean: a product that touches the edge must not tint it.
    const median = (band) => edge.map((n) => data[4 * n + band]).sort((one, other) => one - other)[edge.length >> 1];
    return `rgb(${median(0)} ${median(1)} ${median(2)})`;
  } catch {
    return "#fff"; // A picture from another host may be shown, but not read.
  }
}
