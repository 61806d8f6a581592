// Small tools. Words become text nodes and attributes, never markup.
const $ = (id) => document.getElementById(id);

/** An element; `on…` attributes are listeners, `true` and `false` switch, the rest is as given. */
function make(tag, attributes = {}, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  element.append(...inside.flat(Infinity).filter((each) => each !== null && each !== false));
  return element;
}

/** Tell a screen reader; what is told twice is read twice. */
function say(words) {
  $("said").textContent = "";
  requestAnimationFrame(() => { $("said").textContent = words; });
}

/** What the browser keeps for this page; a browser may refuse to keep anything. */
const kept = {
  get(key) {
    try { return JSON.parse(localStorage.getItem(`summarizer-review:${key}`)); } catch { return null; }
  },
  set(key, value) {
    try {
      const name = `summarizer-review:${key}`;
      if (value === null) localStorage.removeItem(name);
      else localStorage.setItem(name, JSON.stringify(value));
    } catch { /* The file that is saved is what counts. */ }
  },
};

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const clone = (value) => JSON.parse(JSON.stringify(value));
const plural = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;
const short = (words, most = 80) => {
  const line = words.replace(/\s+/g, " ").trim();
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
};
const smooth = () =>
  matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";

/** Bring an element into view inside its pane, and nothing else. */
function reveal(element) {
  const pane = element.closest("#article, #record");
  if (!pane || pane.scrollHeight <= pane.clientHeight + 1) {
    element.scrollIntoView({ block: "nearest", behavior: smooth() });
    return;
  }
  const own = element.getBoundingClientRect();
  const around = pane.getBoundingClientRect();
  const margin = Math.min(80, around.height / 4);
  if (own.top >= around.top + margin && own.bottom <= around.bottom - margin) return;
  const top = pane.scrollTop + own.top - around.top - Math.max(margin, around.height / 3);
  pane.scrollTo({ top, behavior: smooth() });
}
