const mounted = new WeakMap();

export default function ({ parentElement, data, setTriggerValue }) {
  let state = mounted.get(parentElement);
  if (!state) {
    state = { outbox: makeOutbox(), list: make("ul", "tiles", { role: "list" }) };
    parentElement.append(state.list);
    mounted.set(parentElement, state);
  }
  state.outbox.forget(data.seen);
  state.list.setAttribute("aria-label", data.label);
  const drawn = JSON.stringify([data.tiles, data.chosen]);
  if (drawn === state.drawn) return;
  state.drawn = drawn;
  state.list.replaceChildren(...data.tiles.map((tile) => item(tile, tile.id === data.chosen, () => state.outbox.send(setTriggerValue, { id: tile.id }))));
}

function item(tile, chosen, choose) {
  const button = make("button", "tile", { type: "button", "aria-label": `Use the photo “${tile.title}”`, "aria-pressed": String(chosen) });
  const picture = make("img", "", { src: tile.url, alt: "", loading: "lazy", decoding: "async" });
  const title = make("span", "title");
  title.textContent = tile.title;
  button.append(picture, title);
  button.addEventListener("click", choose);
  const entry = make("li", "");
  entry.append(button);
  return entry;
}
