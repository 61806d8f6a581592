// The page begins.
readEntries();
listen();
document.addEventListener("keydown", pressed);
document.addEventListener("selectionchange", () => {
  const focus = getSelection()?.anchorNode;
  if (!state.view?.pieces || !focus || !$("text").contains(focus)) return;
  state.selection = selected();
  drawSelection();
});
addEventListener("hashchange", follow);
$("search").addEventListener("input", drawIndex);
$("to-index").addEventListener("click", () => go(null));
$("before").addEventListener("click", () => go(state.number - 1));
$("after").addEventListener("click", () => go(state.number + 1));
$("reviewed").addEventListener("click", review);
$("undo").addEventListener("click", undo);
$("save").addEventListener("click", save);
$("show-keys").addEventListener("click", () => $("keys").showModal());
$("open-file").addEventListener("click", () => $("file").click());
$("file").addEventListener("change", (event) => {
  if (event.target.files[0]) openFile(event.target.files[0]);
  event.target.value = "";
});
$("by").value = kept.get("by") ?? "";
$("by").addEventListener("change", () => kept.set("by", $("by").value));
$("single").checked = kept.get("single") ?? true;
$("single").addEventListener("change", () => kept.set("single", $("single").checked));
$("key-list").append(...KEYS.flatMap(([key, words]) => [make("dt", {}, make("kbd", {}, key)), make("dd", {}, words)]));
follow();
