"use strict";
// Opens a note beside the page: a passage of the brief, a reason of a model. Without this script every reference is a link
// to its note at the end of the page. The dialog says what opens it (data-opens) and whether its notes have numbers.
(() => {
  const sheet = document.getElementById("sheet");
  if (!sheet || typeof sheet.showModal !== "function") return;
  const body = document.getElementById("sheet-body");
  const title = document.getElementById("sheet-title");
  const opens = sheet.dataset.opens;
  let opener = null;

  const reference = (event) =>
    event.target instanceof Element ? event.target.closest(opens) : null;

  const open = (link) => {
    const note = document.getElementById(link.getAttribute("href").slice(1));
    if (!note) return false;
    const copy = note.cloneNode(true);
    copy.querySelectorAll("[id]").forEach((part) => part.removeAttribute("id"));
    copy.querySelectorAll(".back").forEach((part) => part.remove());
    body.replaceChildren(...copy.childNodes);
    if ("numbered" in sheet.dataset) title.textContent = "Passage " + note.id.slice(1);
    opener = link;
    sheet.showModal();
    body.scrollTop = 0;
    const words = body.querySelector("mark");
    if (words) words.scrollIntoView({ block: "nearest" });
    return true;
  };

  document.addEventListener("click", (event) => {
    const link = reference(event);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    if (open(link)) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    const link = event.key === " " ? reference(event) : null;
    if (link && open(link)) event.preventDefault();
  });
  document.getElementById("sheet-close").addEventListener("click", () => sheet.close());
  sheet.addEventListener("click", (event) => {
    const inside = event.target !== sheet;
    const onward = event.target instanceof Element && event.target.closest("a[href^='#']");
    if (!inside || onward) sheet.close();
  });
  sheet.addEventListener("close", () => {
    if (opener) opener.focus({ preventScroll: true });
    opener = null;
  });
  // As cards on a phone, tables would no longer be told as tables.
  const roles = { table: "table", thead: "rowgroup", tbody: "rowgroup", tr: "row", td: "cell" };
  for (const [tag, role] of Object.entries(roles))
    document.querySelectorAll(tag).forEach((part) => part.setAttribute("role", role));
  document.querySelectorAll("th").forEach((head) =>
    head.setAttribute("role", head.scope === "col" ? "columnheader" : "rowheader"));
  document.querySelectorAll(`td ${opens}, li ${opens}`).forEach((link) => link.setAttribute("aria-haspopup", "dialog"));
})();
