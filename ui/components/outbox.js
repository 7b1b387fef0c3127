// Streamlit keeps only the last trigger of a component until the script runs: two quick clicks would be one.
// So every event is numbered and sent again until Python says, by `seen`, that it has been handled.
function makeOutbox() {
  let waiting = [];
  let last = 0;
  return {
    send(setTriggerValue, event) {
      last = Math.max(last + 1, Date.now());
      waiting.push({ number: last, ...event });
      setTriggerValue("events", waiting);
    },
    forget(seen) {
      last = Math.max(last, seen);
      waiting = waiting.filter((event) => event.number > seen);
    },
  };
}

function make(tag, className, attributes = {}) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}
