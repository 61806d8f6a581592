// What is open, what was corrected, and the record as the corrections make it.
const entries = [];
const corrections = new Map(); // article id → changes, oldest first
const elsewhere = new Map(); // articles of an opened file that are not on this page
const undoable = new Map(); // article id → earlier lists of changes
const state = { number: null, data: null, view: null, chosen: null, selection: null };

const changesOf = (article) => corrections.get(article) ?? [];
const ownChanges = () => changesOf(state.data.article);

/** The record with its changes: items by path, and the article's pieces with their fields. */
function corrected(data, changes) {
  const view = {
    persons: clone(data.persons),
    meetings: data.meetings.map((one, n) => ({ ...clone(one), path: `meetings[${n}]`, edited: [] })),
    statements: data.statements.map((one, n) => (
      { ...clone(one), path: `statements[${n}]`, edited: [], removed: false }
    )),
    pieces: data.pieces && data.pieces.map(([start, text, fields]) => (
      { start, text, fields: fields.map((n) => data.fields[n]) }
    )),
    fitting: [],
  };
  for (const change of changes) if (fits(view, change)) view.fitting.push(change);
  return view;
}

/** Make one change; false if something else than its old value is there. */
function fits(view, change) {
  if (change.kind === "reviewed") {
    view.reviewed = true;
    return true;
  }
  if (change.kind === "add_person") {
    if (view.persons.some((one) => one.id === change.new.id)) return false;
    const name = change.new.name.text;
    view.persons.push({ id: change.new.id, name, line: name, about: [], added: true });
    return true;
  }
  if (change.kind === "add_statement") {
    if (view.statements.some((one) => one.id === change.new.id)) return false;
    addStatement(view, change.new);
    return true;
  }
  const ofMeeting = change.kind === "date" || change.kind === "participants";
  const item = view[ofMeeting ? "meetings" : "statements"].find((one) => one.id === change.id);
  const part = change.kind === "remove_statement" ? "content" : change.kind;
  if (!item || !same(item[part], change.old)) return false;
  if (change.kind === "remove_statement") {
    item.removed = true;
    return true;
  }
  item[part] = clone(change.new);
  item.edited.push(part);
  if (part === "speaker") Object.assign(item, { confidence: null, doubtful: false });
  if (part === "content") item.said = saidOf(item.content);
  if (part === "date") item.when = item.date ? `${item.date.edtf} (“${item.date.span.text}”)` : "not given";
  const spans = { content: item.content, cue: item.cue && [item.cue],
    speaker_mention: item.speaker_mention && [item.speaker_mention],
    date: item.date && [item.date.span] }[part];
  const field = part === "content" ? "content_spans" : part;
  if (part !== "speaker" && part !== "participants") mark(view.pieces, `${item.path}.${field}`, spans ?? []);
  if (part === "content") mark(view.pieces, `${item.path}.spans`, []);
  return true;
}

function addStatement(view, made) {
  const item = {
    ...clone(made), path: `statements[${made.id}]`, type: null, said: saidOf(made.content),
    confidence: null, topics: [], doubtful: false, edited: [], added: true, removed: false,
  };
  const before = view.statements.findIndex((one) => one.content[0].start > made.content[0].start);
  view.statements.splice(before < 0 ? view.statements.length : before, 0, item);
  mark(view.pieces, `${item.path}.content_spans`, made.content);
  if (made.cue) mark(view.pieces, `${item.path}.cue`, [made.cue]);
  if (made.speaker_mention) mark(view.pieces, `${item.path}.speaker_mention`, [made.speaker_mention]);
}

const saidOf = (spans) => spans.map((span) => span.text).join(" … ");

/** Give a field these places in the pieces, and no others. Offsets are code points. */
function mark(pieces, field, spans) {
  if (!pieces) return;
  for (const piece of pieces) piece.fields = piece.fields.filter((each) => each !== field);
  for (const { start, end } of spans) {
    for (let n = 0; n < pieces.length; n += 1) {
      const piece = pieces[n];
      const letters = Array.from(piece.text);
      if (piece.start >= end || piece.start + letters.length <= start) continue;
      const cut = piece.start < start ? start : end;
      if (cut < piece.start + letters.length) {
        const at = cut - piece.start;
        pieces.splice(n, 1,
          { start: piece.start, text: letters.slice(0, at).join(""), fields: [...piece.fields] },
          { start: cut, text: letters.slice(at).join(""), fields: [...piece.fields] });
        if (cut === start) continue;
      }
      pieces[n].fields.push(field);
    }
  }
}

/** Enter a change; two of one field are one, and one that changes nothing is none. */
function enter(change) {
  const list = clone(ownChanges());
  const added = list.find((one) => one.kind === "add_statement" && one.new.id === change.id);
  const earlier = list.find((one) => one.kind === change.kind && one.id === change.id);
  if (added && change.kind === "remove_statement") list.splice(list.indexOf(added), 1);
  else if (added) added.new[change.kind] = change.new;
  else if (earlier && change.id !== undefined) {
    Object.assign(earlier, { new: change.new, when: new Date().toISOString() });
    if (same(earlier.new, earlier.old)) list.splice(list.indexOf(earlier), 1);
  } else if (!same(change.old, change.new) || change.kind === "remove_statement") {
    list.push({ ...change, when: new Date().toISOString() });
  }
  put(list);
}

/** Set the changes of the open record; the ones before can be had back. */
function put(list) {
  const article = state.data.article;
  if (same(list, changesOf(article))) return;
  undoable.set(article, [...(undoable.get(article) ?? []), changesOf(article)]);
  store(article, list);
}

function store(article, list) {
  if (list.length) corrections.set(article, list);
  else corrections.delete(article);
  kept.set(article, list.length ? list : null);
}

/** Take the last change of the open record back. */
function undo() {
  const article = state.data?.article;
  const earlier = undoable.get(article) ?? [];
  if (earlier.length) store(article, earlier.pop());
  else if (article && changesOf(article).length) store(article, changesOf(article).slice(0, -1));
  else return;
  say("Taken back.");
  redraw();
}

/** The reader has looked through the record, or takes that back. */
function review() {
  if (!state.view?.pieces) return;
  const list = ownChanges().filter((one) => one.kind !== "reviewed");
  const done = list.length === ownChanges().length;
  put(done ? [...list, { kind: "reviewed", old: null, new: null, when: new Date().toISOString() }] : list);
  redraw();
  say(done ? "Marked as reviewed." : "No longer marked as reviewed.");
}

/** A free id that begins like the others: `s14`, `p3`. */
function freeId(letter, items) {
  const taken = new Set(items.map((one) => one.id));
  let number = items.length + 1;
  while (taken.has(`${letter}${number}`)) number += 1;
  return `${letter}${number}`;
}
