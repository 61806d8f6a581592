// The corrections file: saved as a download, and opened again.
const FORMAT = "summarizer-corrections";

function drawSaving() {
  const count = [...corrections.values(), ...elsewhere.values()].reduce((sum, list) => sum + (list.changes ?? list).length, 0);
  $("saving").hidden = count === 0;
  $("count").textContent = plural(count, "correction");
  $("reviewed").hidden = !state.view?.pieces;
  $("reviewed").setAttribute("aria-pressed", Boolean(state.view?.reviewed));
  $("undo").disabled = !state.data || (!ownChanges().length && !(undoable.get(state.data.article) ?? []).length);
}

function correctionsFile() {
  const articles = entries.filter((entry, n) => changesOf(entry.article).length
    && entries.findIndex((other) => other.article === entry.article) === n)
    .map((entry) => ({ article: entry.article, title: entry.title, changes: changesOf(entry.article).map(written) }));
  return { format: FORMAT, version: 1, by: $("by").value.trim() || null, saved: new Date().toISOString(),
    articles: [...articles, ...elsewhere.values()] };
}

/** A change as the file has it: what is added has its id in `new`. */
function written(change) {
  const { id, ...rest } = change;
  return change.kind.startsWith("add_") ? rest : change;
}

function save() {
  const text = `${JSON.stringify(correctionsFile(), null, 1)}\n`;
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = make("a", { href: address, download: "corrections.json", hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
  say("Saved as corrections.json.");
}

async function openFile(file) {
  let content;
  try {
    content = JSON.parse(await file.text());
    if (content.format !== FORMAT || !Array.isArray(content.articles)) throw new Error("another format");
    if (!content.articles.every((one) => typeof one.article === "string" && Array.isArray(one.changes))) throw new Error("another form");
  } catch {
    tell("This is no corrections file.");
    return;
  }
  if (content.by) $("by").value = content.by;
  let here = 0;
  for (const one of content.articles) {
    const known = entries.some((entry) => entry.article === one.article);
    here += known ? 1 : 0;
    if (known) store(one.article, one.changes.map((each) => ({ ...each, id: each.id ?? each.new?.id })));
    else elsewhere.set(one.article, one);
  }
  tell(`Opened: corrections of ${plural(here, "record")} of this page${here < content.articles.length ? `, and of ${content.articles.length - here} elsewhere` : ""}.`);
  if (state.data) redraw();
  else { drawIndex(); drawSaving(); }
}

/** A line at the top that can be seen, and heard. */
function tell(words) {
  document.querySelector(".told")?.remove();
  const line = make("p", { class: "notice told" }, words, " ",
    make("button", { type: "button", class: "act", onclick: () => line.remove() }, "Close"));
  $("main").before(line);
  say(words);
}
