// The record: what to look at first, meetings, statements, people, summary.
const filter = { speaker: "", topic: "", doubt: false };

/** A part of the record that lights its places; `fields` may have none. */
function field(fields, words, look = "") {
  const button = make("button", { type: "button", class: `field ${look}`.trim(), dir: "auto" }, words);
  bind(button, fields, showsOf);
  return button;
}

const act = (words, label, todo, look = "") =>
  make("button", { type: "button", class: `act ${look}`.trim(), "aria-label": label, onclick: todo }, words);

function drawRecord() {
  const { view, data } = state;
  $("record").replaceChildren(
    ...[looksSection(data, view), ...view.meetings.map(meetingSection), statementsSection(view),
      peopleSection(view), summarySection(data)].filter(Boolean),
    make("p", { class: "made quiet" }, data.made,
      data.corrections ? ` · ${plural(data.corrections, "correction")} in its history` : null));
}

function section(title, id, ...inside) {
  return make("section", { class: id, "aria-labelledby": `${id}-title` },
    make("h2", { id: `${id}-title` }, title), ...inside);
}

function looksSection(data, view) {
  if (!data.looks.length) return null;
  const fixed = (look) => view.fitting.some((change) =>
    itemPath(view, change) !== null && itemPath(view, change) === look.item);
  const lines = data.looks.map((look) => make("li", { "data-item": look.item, class: look.severity },
    make("span", { class: "severity" }, look.severity),
    field(look.fields, sentence(look.message)),
    look.item && act(fixed(look) ? "corrected" : "Go to it", `Go to the item: ${look.message}`, () => goTo(look.item))));
  return section("Look here first", "looks", make("ul", {}, lines));
}

const sentence = (words) => words.charAt(0).toUpperCase() + words.slice(1);

function itemPath(view, change) {
  if (change.id === undefined) return null;
  const kinds = ["date", "participants"].includes(change.kind) ? view.meetings : view.statements;
  return kinds.find((one) => one.id === change.id)?.path ?? null;
}

/** Bring an item of the record into view, with the focus. */
function goTo(path) {
  if (path?.startsWith("statements")) widen(path);
  const item = [...$("record").querySelectorAll("section:not(.looks) [data-item]")]
    .find((one) => one.dataset.item === path);
  if (!item) return;
  reveal(item);
  item.querySelector(".field")?.focus({ preventScroll: true });
}

/** A filter that hides an item that is asked for is let go. */
function widen(path) {
  const one = state.view.statements.find((each) => each.path === path);
  if (one && !passes(one)) Object.assign(filter, { speaker: "", topic: "", doubt: false });
  if (one) showFilter();
}

function meetingSection(meeting, n) {
  const { view } = state;
  const who = meeting.participants.map((id) => {
    const at = view.persons.findIndex((one) => one.id === id);
    return make("li", {}, field([`persons[${at}].mentions`], view.persons[at]?.name ?? id),
      " ", make("span", { class: "quiet", dir: "auto" }, view.persons[at]?.about.map((one) => one.text).join("; ") ?? ""));
  });
  const [status, kind, mode] = ["status", "kind", "mode"].map((part) =>
    field([`${meeting.path}.evidence.${part}`], meeting[part], "chip"));
  const rows = [
    ["Who", who.length ? make("ul", {}, who) : "not given"],
    ["When", field([`${meeting.path}.date`], meeting.when)],
    ["Where", field([`${meeting.path}.place`], meeting.where)],
    ["How", make("span", { class: "chips" }, status, kind, mode)],
    ...[["Topics", "topics"], ["Outcomes", "outcomes"]].filter(([, part]) => meeting[part].length)
      .map(([label, part]) => [label, make("ul", {}, meeting[part].map((words, m) =>
        make("li", {}, field([`${meeting.path}.${part}[${m}]`], words))))]),
  ];
  return make("section", { class: "meeting", "data-item": meeting.path, "aria-labelledby": `meeting-${n}` },
    make("div", { class: "heading" },
      make("h2", { id: `meeting-${n}` }, state.view.meetings.length > 1 ? `Meeting ${n + 1}` : "Meeting"),
      ...badges(meeting),
      state.view.pieces && act("Edit", `Edit meeting ${n + 1}`, () => editMeeting(meeting.path))),
    make("dl", {}, rows.map(([label, value]) => make("div", {}, make("dt", {}, label), make("dd", {}, value)))));
}

const badges = (item) => [
  item.doubtful && make("span", { class: "badge doubtful" }, "doubtful"),
  item.added && make("span", { class: "badge" }, "added"),
  item.removed && make("span", { class: "badge" }, "removed"),
  !item.added && item.edited.length > 0 && make("span", { class: "badge" }, "corrected"),
].filter(Boolean);

function statementsSection(view) {
  if (!view.meetings.length) {
    const none = section("No meeting", "none", make("p", {}, "The article reports no meeting."));
    return make("div", {}, none, statementsOf(view));
  }
  return statementsOf(view);
}

function statementsOf(view) {
  const colours = tones(view);
  const list = make("ol", { id: "statements" }, view.statements.map((one, n) => statementItem(one, n, colours)));
  const heading = make("div", { class: "heading" }, make("h2", { id: "statements-title" }, "Statements"),
    make("output", { id: "shown", class: "quiet" }),
    view.pieces && act("Add", "Add a statement", () => editStatement(null)));
  const section_ = make("section", { class: "statements", "aria-labelledby": "statements-title" },
    heading, view.statements.length > 0 && filters(view), list);
  requestAnimationFrame(showFilter);
  return section_;
}

function statementItem(one, n, colours) {
  const at = state.view.persons.findIndex((person) => person.id === one.speaker);
  const tone = colours.get(one.speaker);
  const naming = one.speaker_mention ? [`${one.path}.speaker_mention`] : [`persons[${at}].mentions`];
  return make("li", { class: `statement ${tone === undefined ? "tone-none" : `tone-${tone}`}${one.removed ? " removed" : ""}`,
    "data-item": one.path },
  make("div", { class: "heading" },
    field(naming, speakerName(one.speaker), "speaker"),
    one.cue && field([`${one.path}.cue`], one.cue.text, "cue"),
    make("span", { class: `type ${one.type ?? "untyped"}` }, one.edited.includes("content") || !one.type ? "by its marks" : one.type),
    one.confidence !== null && make("span", { class: "sure", title: sentence(one.sureness ?? "") },
      `${Math.round(one.confidence * 100)} % sure`),
    ...badges(one),
    state.view.pieces && make("span", { class: "acts" },
      !one.removed && act("Edit", `Edit statement ${n + 1}`, () => editStatement(one.path)),
      act(one.removed ? "Put back" : "Remove", `${one.removed ? "Put back" : "Remove"} statement ${n + 1}`, () => toggleRemoved(one.path)))),
  field([`${one.path}.content_spans`, `${one.path}.spans`], one.said, "words"),
  one.topics.length > 0 && make("p", { class: "topics quiet", dir: "auto" }, one.topics.join(" · ")));
}

function filters(view) {
  const speakers = [...new Set(view.statements.map((one) => one.speaker))];
  const topics = [...new Set(view.statements.flatMap((one) => one.topics))];
  const choice = (id, label, key, options) => make("label", {}, label, " ",
    make("select", { id, onchange: (event) => { filter[key] = event.target.value; showFilter(); } },
      make("option", { value: "" }, "all"), options.map(([value, words]) =>
        make("option", { value, selected: filter[key] === value }, short(words, 40)))));
  return make("div", { class: "filters", role: "group", "aria-label": "Filter the statements" },
    choice("of-speaker", "Speaker", "speaker", speakers.map((id) => [id ?? "\u0000", speakerName(id)])),
    topics.length > 0 && choice("of-topic", "Topic", "topic", topics.map((one) => [one, one])),
    make("label", {}, make("input", { type: "checkbox", id: "of-doubt", checked: filter.doubt,
      onchange: (event) => { filter.doubt = event.target.checked; showFilter(); } }), " doubtful only"));
}

const passes = (one) => (!filter.speaker || (one.speaker ?? "\u0000") === filter.speaker)
  && (!filter.topic || one.topics.includes(filter.topic)) && (!filter.doubt || one.doubtful);

/** Hide the statements that the filter leaves out, and their colours in the article. */
function showFilter() {
  const { view } = state;
  const through = new Set(view.statements.filter(passes).map((one) => one.path));
  for (const item of document.querySelectorAll("#statements > li")) item.hidden = !through.has(item.dataset.item);
  for (const element of document.querySelectorAll("#text .said")) {
    const paths = fieldsOf.get(element).filter((each) => each.endsWith(".content_spans"));
    element.classList.toggle("out", !paths.some((each) => through.has(each.replace(".content_spans", ""))));
  }
  for (const [id, key] of [["of-speaker", "speaker"], ["of-topic", "topic"]]) {
    const select = $(id);
    if (select) select.value = filter[key];
  }
  if ($("of-doubt")) $("of-doubt").checked = filter.doubt;
  if ($("shown")) {
    $("shown").textContent = through.size === view.statements.length
      ? `${through.size}` : `${through.size} of ${view.statements.length}`;
  }
}

function peopleSection(view) {
  if (!view.persons.length) return null;
  const colours = tones(view);
  return section("People", "people", make("ul", {}, view.persons.map((person, n) => make("li", {
    class: colours.has(person.id) ? `tone-${colours.get(person.id)}` : "tone-none" },
  field([`persons[${n}].mentions`], person.name, "speaker"),
  person.about.map((one) => [" ", field([`persons[${n}].${one.part}`], one.text, "about")])))));
}

function summarySection(data) {
  if (!data.summary.length) return null;
  return section("Summary", "summary", make("p", {}, data.summary.map((words, n) =>
    [field([`summary.sentences[${n}]`], words), " "])));
}
