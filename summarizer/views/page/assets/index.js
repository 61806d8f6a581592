// The list of all records, and opening one: only the open record is in the document.
function drawIndex() {
  const wanted = $("search").value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const found = entries.filter((entry) => wanted.every((word) => entry.searched.includes(word)));
  $("found").textContent = wanted.length ? `${found.length} of ${entries.length}` : plural(entries.length, "record");
  $("list").replaceChildren(...found.map((entry) => make("li", {},
    make("a", { href: `#r${entry.number}`, dir: "auto" }, entry.title),
    make("p", { class: "facts" },
      entry.dates.map((date) => make("span", { class: "date" }, date)),
      entry.status.map((status) => make("span", { class: "chip" }, status)),
      !entry.status.length && make("span", { class: "chip" }, "no meeting"),
      make("span", {}, plural(entry.statements, "statement")),
      entry.doubts > 0 && make("span", { class: "badge doubtful" }, `${entry.doubts} to look at`),
      changesOf(entry.article).length > 0 && make("span", { class: "badge" }, plural(changesOf(entry.article).length, "correction"))),
    make("p", { class: "quiet", dir: "auto" }, entry.people.join(", ") || entry.source))));
}

function readEntries() {
  document.querySelectorAll("script.entry").forEach((block, n) => {
    const entry = JSON.parse(block.textContent);
    entry.number = n + 1;
    entry.searched = [entry.title, entry.source, entry.about, ...entry.people, ...entry.dates, ...entry.status]
      .join(" ").toLocaleLowerCase();
    entries.push(entry);
    const list = kept.get(entry.article);
    if (Array.isArray(list)) corrections.set(entry.article, list);
  });
}

/** Open a record by its number, from 1; none shows the index. */
function openRecord(number) {
  closeForm(false);
  const entry = entries[number - 1];
  state.number = entry ? number : null;
  state.selection = null;
  $("index").hidden = Boolean(entry);
  $("opened").hidden = !entry;
  $("to-index").hidden = !entry || entries.length < 2;
  $("stepping").hidden = !entry || entries.length < 2;
  for (const link of document.querySelectorAll(".of-record")) link.hidden = !entry;
  Object.assign(filter, { speaker: "", topic: "", doubt: false });
  if (!entry) {
    state.data = null;
    state.view = null;
    $("title").textContent = "Records of meetings";
    $("source").textContent = "";
    $("article").querySelector("#text").replaceChildren();
    $("record").replaceChildren();
    document.title = "Records of meetings";
    drawIndex();
    drawSaving();
    drawSelection();
    return;
  }
  state.data = JSON.parse(document.querySelectorAll("script.record")[number - 1].textContent);
  state.chosen = null;
  $("title").textContent = state.data.title;
  $("title").dir = "auto";
  $("source").textContent = state.data.source;
  $("position").textContent = `${number} of ${entries.length}`;
  $("before").disabled = number === 1;
  $("after").disabled = number === entries.length;
  document.title = `${state.data.title} – record`;
  redraw();
  $("article").scrollTop = 0;
  $("record").scrollTop = 0;
}

/** Draw the open record anew, where the reader is. */
function redraw() {
  if (!state.data) return drawSaving();
  const at = [$("article").scrollTop, $("record").scrollTop];
  const changes = ownChanges();
  state.view = corrected(state.data, changes);
  state.letters = null;
  if (state.view.fitting.length < changes.length) {
    store(state.data.article, state.view.fitting);
    say(`${plural(changes.length - state.view.fitting.length, "correction")} did not fit this record and was left out.`);
    tell(`${plural(changes.length - state.view.fitting.length, "correction")} of an earlier record did not fit this one and was left out.`);
  }
  const chosen = state.chosen;
  forget();
  drawArticle();
  drawRecord();
  drawSaving();
  drawSelection();
  choose([...document.querySelectorAll("section:not(.looks) [data-item], section.meeting")].find((one) => one.dataset.item === chosen) ?? null);
  [$("article").scrollTop, $("record").scrollTop] = at;
}

const go = (number) => { location.hash = number ? `#r${number}` : "#all"; };

function follow() {
  const found = /^#r(\d+)$/.exec(location.hash);
  if (found) openRecord(Number(found[1]));
  else if (location.hash === "#all" || !location.hash) openRecord(entries.length === 1 ? 1 : null);
}
