export default function ({ parentElement, data }) {
  let list = parentElement.querySelector("dl");
  if (!list) parentElement.append((list = make("dl", "facts")));
  list.replaceChildren(
    ...data.rows.flatMap(([name, value]) => {
      const term = make("dt", "");
      const text = make("dd", "");
      term.textContent = name;
      text.textContent = value;
      return [term, text];
    }),
  );
}
