// The article: its pieces as elements, places between them, and what the reader selects.
const TONES = 8;

/** The colour of each speaker: a number, in the order in which they first speak. */
function tones(view) {
  const speaking = [...new Set(view.statements.map((one) => one.speaker).filter(Boolean))];
  return new Map(speaking.map((id, n) => [id, n % TONES]));
}

function drawArticle() {
  const { view } = state;
  const text = $("text");
  text.replaceChildren();
  text.lang = state.data.language ?? "";
  if (!view.pieces) {
    text.append(make("div", { class: "notice" },
      make("p", {}, "The text of this article is not in the record, so its places cannot be shown and nothing can be corrected."),
      make("p", {}, "The record was written with ", make("code", {}, "--no-text"), ". With the articles at hand: ",
        make("code", {}, "summarizer review RECORDS --articles PATH"), ".")));
    return;
  }
  const colours = tones(view);
  const byPath = new Map(view.statements.map((one) => [one.path, one]));
  const drawn = view.pieces.map((piece) => {
    if (!piece.fields.length) return make("span", { class: "plain" }, piece.text);
    const look = looksOf(piece.fields, byPath, colours);
    const tag = look.length ? "mark" : "span";
    const element = make(tag, { class: ["seg", ...look].join(" "), tabindex: "-1" }, piece.text);
    bind(element, piece.fields, marksOf);
    return element;
  });
  drawn.forEach((element, n) => { element.dataset.start = view.pieces[n].start; });
  text.append(...drawn);
  const first = text.querySelector("mark");
  if (first) first.tabIndex = 0;
}

function looksOf(fields, byPath, colours) {
  const look = new Set();
  for (const field of fields) {
    const [, path, part] = /^([a-z]+\[[^\]]*\])\.?(.*)$/.exec(field) ?? [null, field, ""];
    const statement = byPath.get(path);
    if (statement?.removed) continue;
    if (statement) {
      const tone = colours.get(statement.speaker);
      if (part === "content_spans") look.add("said").add(statement.type ?? "untyped");
      if (part === "spans") look.add("words");
      if (part === "cue" || part === "speaker_mention") look.add("naming");
      look.add(tone === undefined ? "tone-none" : `tone-${tone}`);
    } else if (path.startsWith("meetings") && /^(date|place|evidence)/.test(part)) look.add("fact");
    else if (path.startsWith("checks")) look.add("doubt");
  }
  return [...look];
}

/** A field in words, for those who cannot see where it stands. */
function named(field) {
  const [, path, part] = /^([a-z]+\[[^\]]*\])\.?(.*)$/.exec(field) ?? [null, field, ""];
  const one = state.view.statements.find((each) => each.path === path);
  const who = one && speakerName(one.speaker);
  if (one) {
    if (part === "content_spans") return `${one.type ?? "new"} statement, ${who}`;
    return { spans: "quoted", cue: `cue of ${who}`, speaker_mention: `names the speaker, ${who}` }[part] ?? part;
  }
  const number = Number(/\[(\d+)\]/.exec(path)?.[1]);
  if (path.startsWith("persons")) {
    return `${part.replace("evidence.", "").replace("mentions", "mention")} of ${state.view.persons[number]?.name}`;
  }
  if (path.startsWith("meetings")) return `${part.replace("evidence.", "").replace(/\[\d+\]/, "")} of the meeting`;
  return path.startsWith("checks") ? "a check" : "in the summary";
}

const speakerName = (id) =>
  state.view.persons.find((one) => one.id === id)?.name ?? "speaker not told";

/** What is selected in the article, as a span; null if nothing is. */
function selected() {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  if (!$("text").contains(range.startContainer) || !$("text").contains(range.endContainer)) return null;
  const start = offsetAt(range.startContainer, range.startOffset);
  const end = offsetAt(range.endContainer, range.endOffset);
  return trimmed(start, end);
}

function offsetAt(node, offset) {
  if (node.nodeType === Node.TEXT_NODE) {
    const begin = Number(node.parentElement.dataset.start);
    return begin + Array.from(node.data.slice(0, offset)).length;
  }
  const children = node === $("text") ? node.children : node.childNodes;
  const next = children[offset];
  if (node !== $("text")) return Number(node.dataset.start) + (offset ? Array.from(node.textContent).length : 0);
  return next ? Number(next.dataset.start) : letters().length;
}

/** The article as code points; the corrections know no other offsets. */
function letters() {
  state.letters ??= Array.from(state.view.pieces.map((piece) => piece.text).join(""));
  return state.letters;
}

function trimmed(start, end) {
  const text = letters();
  while (start < end && /\s/u.test(text[start])) start += 1;
  while (end > start && /\s/u.test(text[end - 1])) end -= 1;
  return start < end ? { start, end, text: text.slice(start, end).join("") } : null;
}

/** The place of some words nearest to an offset; null if the article does not have them. */
function located(words, near) {
  const wanted = Array.from(words.trim());
  const text = letters();
  let best = null;
  for (let at = 0; wanted.length && at + wanted.length <= text.length; at += 1) {
    if (text[at] !== wanted[0] || !wanted.every((letter, n) => text[at + n] === letter)) continue;
    if (best === null || Math.abs(at - near) < Math.abs(best - near)) best = at;
  }
  return best === null ? null : { start: best, end: best + wanted.length, text: wanted.join("") };
}
