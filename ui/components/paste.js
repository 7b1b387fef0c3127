const SIDE = 2048;
const mounted = new WeakMap();

export default function ({ parentElement, data, setTriggerValue }) {
  let state = mounted.get(parentElement);
  if (!state) {
    state = { outbox: makeOutbox() };
    state.listen = (event) => take(event, (jpeg) => state.outbox.send(state.set, { jpeg }));
    mounted.set(parentElement, state);
  }
  state.set = setTriggerValue;
  state.outbox.forget(data.seen);
  document.addEventListener("paste", state.listen);
  return () => document.removeEventListener("paste", state.listen);
}

async function take(event, send) {
  const file = [...(event.clipboardData?.files ?? [])].find((each) => each.type.startsWith("image/"));
  // The field for files takes what is pasted into it by itself.
  const inField = event.composedPath().some((node) => node.dataset?.testid === "stFileUploader");
  if (!file || inField) return;
  event.preventDefault();
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (!bitmap) return;
  const scale = Math.min(1, SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = make("canvas", "");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const brush = canvas.getContext("2d");
  brush.fillStyle = "#fff";
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  send(canvas.toDataURL("image/jpeg", 0.92).split(",")[1]);
}
