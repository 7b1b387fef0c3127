const PAUSE = 150; // ms: a window being resized is measured once it rests
const SLACK = 8; // px: a scroll bar that comes and goes is no new width

const observed = new WeakMap();

export default function ({ parentElement, data, setStateValue }) {
  const column = parentElement.host;
  const watch = observed.get(parentElement) ?? { width: 0 };
  if (!observed.has(parentElement)) {
    observed.set(parentElement, watch);
    new ResizeObserver(() => watch.measure()).observe(column);
  }
  watch.measure = () => {
    clearTimeout(watch.timer);
    watch.timer = setTimeout(() => {
      const width = Math.floor(column.getBoundingClientRect().width);
      if (width > 0 && Math.abs(width - watch.width) > SLACK) setStateValue("width", (watch.width = width));
    }, data.known ? PAUSE : 0);
  };
  watch.measure();
}
