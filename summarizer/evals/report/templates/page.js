"use strict";
const form = document.getElementById("filter");
const which = document.getElementById("which");
const words = document.getElementById("words");
const count = document.getElementById("count");
const articles = [...document.querySelectorAll("details.article")];

function show() {
  const wanted = words.value.trim().toLowerCase();
  let shown = 0;
  for (const article of articles) {
    const kind = which.value === "all" || Number(article.dataset[which.value]) > 0;
    const held = !wanted || article.textContent.toLowerCase().includes(wanted);
    article.hidden = !(kind && held);
    shown += kind && held ? 1 : 0;
  }
  count.textContent = `${shown} of ${articles.length}`;
}

function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target && target.matches("details.article")) {
    target.hidden = false;
    target.open = true;
    target.scrollIntoView();
  }
}

form.hidden = false;
form.addEventListener("submit", (event) => event.preventDefault());
which.addEventListener("change", show);
words.addEventListener("input", show);
window.addEventListener("hashchange", openTarget);
show();
openTarget();
