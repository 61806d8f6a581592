// Forms that correct: words are those of the article, typed, or taken from what is selected there.
let form = null; // the open form, with the field that a selection goes to

/** A field of words: `span()` is their place; it throws where the article does not have them. */
function wordsField(label, span, near, { optional = true, area = false } = {}) {
  const id = `edit-${Math.random().toString(36).slice(2)}`;
  const input = make(area ? "textarea" : "input", { id, dir: "auto", rows: area ? 3 : null, "aria-describedby": `${id}-wrong` });
  const wrong = make("p", { id: `${id}-wrong`, class: "wrong" });
  let known = span;
  input.value = span?.text ?? "";
  const self = {
    label, input,
    element: make("div", { class: "part" }, make("label", { for: id }, label), input, wrong),
    take(taken) { known = taken; input.value = taken.text; },
    span() {
      wrong.textContent = "";
      input.removeAttribute("aria-invalid");
      const words = input.value.trim();
      if (!words && optional) return null;
      if (known && words === known.text) return known;
      const found = words ? located(words, known?.start ?? near) : null;
      if (!found) {
        wrong.textContent = words ? "The article does not have these words." : "Words of the article are needed here.";
        input.setAttribute("aria-invalid", "true");
        input.focus();
        throw new Error("not in the article");
      }
      return found;
    },
  };
  input.addEventListener("focus", () => { if (form) { form.target = self; drawSelection(); } });
  return self;
}

/** Someone of the record, nobody, or someone whom the article names and the record does not. */
function personField(chosen, near) {
  const select = make("select", { id: "edit-speaker" },
    make("option", { value: "" }, "the article does not tell"),
    state.view.persons.map((one) => make("option", { value: `=${one.id}`, selected: one.id === chosen }, short(one.line))),
    make("option", { value: "+" }, "someone else…"));
  const name = wordsField("Their name in the article", null, near, { optional: false });
  name.element.hidden = true;
  select.addEventListener("change", () => {
    name.element.hidden = select.value !== "+";
    if (!name.element.hidden) name.input.focus();
  });
  return {
    element: make("div", {}, make("div", { class: "part" }, make("label", { for: "edit-speaker" }, "Speaker"), select), name.element),
    id() {
      if (select.value !== "+") return select.value ? select.value.slice(1) : null;
      const span = name.span();
      const id = freeId("p", state.view.persons);
      enter({ kind: "add_person", id, old: null, new: { id, name: span } });
      return id;
    },
  };
}

function openForm(host, fields, submit, title, target) {
  closeForm();
  const back = document.activeElement;
  const element = make("form", { class: "edit", "aria-label": title, onsubmit: (event) => {
    event.preventDefault();
    try { submit(); } catch (error) {
      if (error.message !== "not in the article") throw error;
      return;
    }
    closeForm(false);
    redraw();
    say("Corrected. Nothing is saved until you save the corrections.");
  } }, fields, make("p", { class: "buttons" },
    make("button", { class: "main" }, "Done"),
    make("button", { type: "button", onclick: () => closeForm() }, "Cancel")));
  form = { element, back, target };
  host.append(element);
  reveal(element);
  element.querySelector("select, input, textarea").focus({ preventScroll: true });
  drawSelection();
}

function closeForm(focusBack = true) {
  if (!form) return;
  const { element, back } = form;
  form = null;
  const host = element.parentElement;
  element.remove();
  if (host?.classList.contains("new")) host.remove();
  if (focusBack) back?.focus?.();
  drawSelection();
}

/** Correct a statement; without a path, a new one from what is selected. */
function editStatement(path) {
  const one = state.view.statements.find((each) => each.path === path) ?? null;
  if (path !== null && !one) return;
  const near = one?.content[0].start ?? state.selection?.start ?? 0;
  const speaker = personField(one?.speaker, near);
  const first = one ? one.content : [state.selection];
  const parts = first.map((span) => wordsField("Words", span, near, { area: true, optional: first.length > 1 }));
  const more = make("button", { type: "button", class: "act", onclick: () => {
    const part = wordsField("Further words", null, near, { area: true });
    parts.push(part);
    more.before(part.element);
    part.input.focus();
  } }, "Further words (an interrupted statement)");
  const cue = wordsField("Cue: the word that reports it", one?.cue ?? null, near);
  const mention = wordsField("The speaker is named here as", one?.speaker_mention ?? null, near);
  const submit = () => {
    const content = parts.map((part) => part.span()).filter(Boolean).sort((a, b) => a.start - b.start);
    const found = { content, cue: cue.span(), speaker_mention: mention.span() };
    const whole = { speaker: speaker.id(), ...found };
    if (!one) {
      const id = freeId("s", state.view.statements);
      const meeting = state.view.meetings.length === 1 ? state.view.meetings[0].id : null;
      enter({ kind: "add_statement", old: null, new: { id, meeting, ...whole } });
      return;
    }
    for (const kind of ["speaker", "content", "cue", "speaker_mention"]) {
      if (!same(one[kind] ?? null, whole[kind])) enter({ kind, id: one.id, old: original(one, kind), new: whole[kind] });
    }
  };
  const hint = make("p", { class: "quiet" }, "Type words of the article, or select them there. The quotation marks decide whether it is direct, mixed or indirect.");
  const fields = [speaker.element, parts.map((part) => part.element), more, cue.element, mention.element, hint];
  openForm(one ? hostOf(path) : newHost(), fields, submit, one ? "Edit the statement" : "A new statement", parts[0]);
}

const hostOf = (path) => [...$("record").querySelectorAll("section:not(.looks) [data-item], section.meeting")]
  .find((item) => item.dataset.item === path);

function newHost() {
  const host = make("li", { class: "statement new" });
  $("statements").prepend(host);
  return host;
}

/** What stands in the record itself: the old value of a change. */
function original(item, kind) {
  const list = item.path.startsWith("meetings") ? state.data.meetings : state.data.statements;
  return list.find((one) => one.id === item.id)?.[kind] ?? null;
}

function editMeeting(path) {
  const one = state.view.meetings.find((each) => each.path === path);
  if (!one) return;
  const edtf = make("input", { id: "edit-date", placeholder: "2024-01-31, XXXX-01-31, 2024-02/2024-03" });
  edtf.value = one.date?.edtf ?? "";
  const words = wordsField("Its words in the article", one.date?.span ?? null, one.date?.span.start ?? 0);
  const boxes = state.view.persons.map((person) => {
    const box = make("input", { type: "checkbox", checked: one.participants.includes(person.id) });
    return { id: person.id, box, element: make("label", {}, box, " ", person.name) };
  });
  const wrong = make("p", { class: "wrong", id: "edit-date-wrong" });
  const submit = () => {
    const span = words.span();
    if (Boolean(edtf.value.trim()) !== Boolean(span)) {
      wrong.textContent = "A date needs both its EDTF and its words; leave both empty if the article gives none.";
      edtf.focus();
      throw new Error("not in the article");
    }
    const date = span ? { edtf: edtf.value.trim(), span } : null;
    if (!same(date, one.date)) enter({ kind: "date", id: one.id, old: original(one, "date"), new: date });
    const kept = one.participants.filter((id) => boxes.some((each) => each.id === id && each.box.checked));
    const added = boxes.filter((each) => each.box.checked && !kept.includes(each.id)).map((each) => each.id);
    const participants = [...kept, ...added];
    if (!same(participants, one.participants)) {
      enter({ kind: "participants", id: one.id, old: original(one, "participants"), new: participants });
    }
  };
  openForm(hostOf(path), [
    make("div", { class: "part" }, make("label", { for: "edit-date" }, "Date (EDTF)"), edtf, wrong), words.element,
    make("fieldset", {}, make("legend", {}, "Who took part"), boxes.map((each) => each.element)),
  ], submit, "Edit the meeting", words);
}

function toggleRemoved(path) {
  const one = state.view.statements.find((each) => each.path === path);
  if (!one) return;
  if (one.removed) put(ownChanges().filter((each) => !(each.kind === "remove_statement" && each.id === one.id)));
  else {
    if (!one.added) put(ownChanges().filter((each) => each.id !== one.id || each.kind === "add_person"));
    enter({ kind: "remove_statement", id: one.id, old: original(one, "content"), new: null });
  }
  redraw();
  say(one.removed ? "The statement is back." : "The statement is removed.");
  goTo(path);
}

/** What can be done with the words that are selected in the article. */
function drawSelection() {
  const bar = $("selection");
  const span = state.selection;
  bar.hidden = !span || !state.view?.pieces;
  if (bar.hidden) return;
  const use = (words, todo) => make("button", { type: "button", class: "main",
    onmousedown: (event) => event.preventDefault(), onclick: todo }, words);
  const target = form?.target;
  const chosen = !form && state.view.statements.find((each) => each.path === state.chosen && !each.removed);
  bar.replaceChildren(
    make("q", { dir: "auto" }, short(span.text, 60)),
    ...[target && use(`Use as “${target.label}”`, () => { target.take(span); done(); target.input.focus(); }),
      chosen && use("Set as content of the chosen statement", () => {
        enter({ kind: "content", id: chosen.id, old: original(chosen, "content"), new: [span] });
        done();
        redraw();
        goTo(chosen.path);
      }),
      !form && use("New statement", () => { editStatement(null); done(); })].filter(Boolean));
  function done() {
    state.selection = null;
    getSelection()?.removeAllRanges();
    drawSelection();
  }
}
