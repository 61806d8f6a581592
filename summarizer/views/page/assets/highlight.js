// Which elements show which fields, and which of them are lit.
const marksOf = new Map(); // field → elements of the article
const showsOf = new Map(); // field → elements of the record
const fieldsOf = new WeakMap(); // element → fields
let lit = [];
let pinned = [];
let cameFrom = null;

/** Let an element show fields, on one of the two sides. */
function bind(element, fields, side) {
  fieldsOf.set(element, fields);
  for (const field of fields) {
    if (!side.has(field)) side.set(field, []);
    side.get(field).push(element);
  }
}

const all = (side, fields) => [...new Set(fields.flatMap((field) => side.get(field) ?? []))];

function unlight(elements, name) {
  for (const element of elements) element.classList.remove(name);
}

/** Light what belongs to the fields on both sides, until the next call. */
function light(fields) {
  unlight(lit, "lit");
  lit = [...all(marksOf, fields), ...all(showsOf, fields)];
  for (const element of lit) element.classList.add("lit");
}

/** The same, kept until something else is chosen. */
function pin(fields, from = null) {
  unlight(pinned, "pinned");
  pinned = [...all(marksOf, fields), ...all(showsOf, fields)];
  for (const element of pinned) element.classList.add("pinned");
  choose(from?.closest("[data-item]") ?? all(showsOf, fields)[0]?.closest("[data-item]") ?? null);
}

/** The item that keys and buttons act on. */
function choose(item) {
  for (const other of document.querySelectorAll("[data-item][aria-current]")) {
    other.removeAttribute("aria-current");
  }
  item?.setAttribute("aria-current", "true");
  state.chosen = item?.dataset.item ?? null;
}

function forget() {
  marksOf.clear();
  showsOf.clear();
  lit = [];
  pinned = [];
}

/** Go to the other side of an element; with the keyboard the focus goes along. */
function cross(element, byKey) {
  const fields = fieldsOf.get(element);
  if (!fields) return;
  const inArticle = element.closest("#article") !== null;
  pin(fields, element);
  const to = all(inArticle ? showsOf : marksOf, ordered(fields))[0];
  if (!to) {
    say("This has no words of its own in the article.");
    return;
  }
  reveal(to);
  if (byKey) {
    cameFrom = element;
    stop(to);
    to.focus({ preventScroll: true });
  }
}

/** What is said goes before who is mentioned in it. */
function ordered(fields) {
  const rank = (field) => [/content_spans$/, /\.spans$/, /^statements/, /^meetings/, /^persons/]
    .findIndex((kind) => kind.test(field));
  return [...fields].sort((one, other) => (rank(one) + 9) % 9 - (rank(other) + 9) % 9);
}

/** Only one mark of the article is a stop of the Tab key: the last one that had the focus. */
function stop(element) {
  if (!element.closest("#article")) return;
  for (const other of document.querySelectorAll("#text [tabindex='0']")) other.tabIndex = -1;
  element.tabIndex = 0;
}

function listen() {
  const over = (event) => {
    const element = event.target.closest?.(".field, .seg");
    light(element ? fieldsOf.get(element) ?? [] : []);
  };
  for (const pane of [$("article"), $("record")]) {
    pane.addEventListener("mouseover", over);
    pane.addEventListener("mouseleave", () => light([]));
    pane.addEventListener("focusin", (event) => {
      over(event);
      const element = event.target.closest(".field, .seg");
      if (!element) return;
      if (element.closest("#record")) choose(element.closest("[data-item]"));
      else { stop(element); say(ordered(fieldsOf.get(element)).map(named).join(", ")); }
    });
    pane.addEventListener("click", (event) => {
      const element = event.target.closest(".field, .seg");
      if (element && (getSelection()?.isCollapsed ?? true)) cross(element, event.detail === 0);
    });
  }
}
