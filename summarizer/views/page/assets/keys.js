// Every key with what it does; the list of the dialog is made of the same.
const KEYS = [
  ["j", "next item of the record", () => step("#record [data-item]:not([hidden]) .field.words, #record .looks .field, #record .meeting .field", 1)],
  ["k", "previous item of the record", () => step("#record [data-item]:not([hidden]) .field.words, #record .looks .field, #record .meeting .field", -1)],
  ["n", "next marked words of the article", () => step("#text mark", 1)],
  ["p", "previous marked words of the article", () => step("#text mark", -1)],
  ["Enter", "from a field to its words, and back", null],
  ["Escape", "close a form; from the article back to the record", null],
  ["e", "edit the chosen item", () => edit()],
  ["a", "add a statement", () => state.view?.pieces && editStatement(null)],
  ["x", "remove the chosen statement, or put it back", () => state.view?.pieces && toggleRemoved(state.chosen)],
  ["r", "mark the record as reviewed, or not", () => review()],
  ["u", "undo the last correction", () => undo()],
  ["s", "save the corrections", () => !$("saving").hidden && save()],
  ["d", "show the doubtful statements only, or all", () => { if (state.view) { filter.doubt = !filter.doubt; showFilter(); say(`${$("shown").textContent} statements`); } }],
  ["/", "search the records, or filter the statements", () => ($("of-speaker") ?? $("search")).focus()],
  ["]", "next record", () => state.number && state.number < entries.length && go(state.number + 1)],
  ["[", "previous record", () => state.number > 1 && go(state.number - 1)],
  ["i", "the list of all records", () => entries.length > 1 && go(null)],
  ["?", "this list", () => $("keys").showModal()],
];

function edit() {
  if (!state.view?.pieces || !state.chosen) return;
  if (state.chosen.startsWith("meetings")) editMeeting(state.chosen);
  else editStatement(state.chosen);
}

/** Move the focus to the next or previous of some elements, from where it is. */
function step(selector, by) {
  if (!state.view) return;
  const elements = [...document.querySelectorAll(selector)].filter((one) => !one.closest("[hidden]"));
  if (!elements.length) return;
  const at = elements.indexOf(document.activeElement);
  const chosen = elements.findIndex((one) => one.tabIndex === 0 && one.closest("#text"));
  const from = at >= 0 ? at + by : chosen > 0 ? chosen : by > 0 ? 0 : elements.length - 1;
  const next = elements[Math.min(Math.max(from, 0), elements.length - 1)];
  stop(next);
  next.focus({ preventScroll: true });
  reveal(next);
  const other = next.closest("#record") ? all(marksOf, ordered(fieldsOf.get(next)))[0] : all(showsOf, ordered(fieldsOf.get(next)))[0];
  if (other) reveal(other);
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || $("keys").open) return;
  const inText = event.target.closest?.("input, textarea, select");
  if (event.key === "Escape") {
    if (form) closeForm();
    else if (event.target.closest?.("#article") && cameFrom?.isConnected) cameFrom.focus();
    else if (inText) event.target.blur();
    return;
  }
  if (inText) return;
  const onMark = event.target.closest?.(".seg");
  if (onMark && event.key === "Enter") { event.preventDefault(); cross(onMark, true); return; }
  if (onMark && (event.key === "ArrowRight" || event.key === "ArrowLeft")) {
    event.preventDefault();
    step("#text mark", event.key === "ArrowRight" ? 1 : -1);
    return;
  }
  if (!$("single").checked) return;
  const [, , todo] = KEYS.find(([key]) => key === event.key) ?? [];
  if (!todo) return;
  event.preventDefault();
  todo();
}
