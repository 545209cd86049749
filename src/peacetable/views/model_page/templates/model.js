"use strict";
// Opens a reason beside the page. Without this script every letter is a link to its reason at the end of the page.
(() => {
  const sheet = document.getElementById("sheet");
  if (!sheet || typeof sheet.showModal !== "function") return;
  const body = document.getElementById("sheet-body");
  let opener = null;
  const reference = (event) =>
    event.target instanceof Element ? event.target.closest("a.why") : null;
  const open = (link) => {
    const note = document.getElementById(link.getAttribute("href").slice(1));
    if (!note) return false;
    const copy = note.cloneNode(true);
    body.replaceChildren(...copy.childNodes);
    opener = link;
    sheet.showModal();
    body.scrollTop = 0;
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
    if (event.target === sheet) sheet.close();
  });
  sheet.addEventListener("close", () => {
    if (opener) opener.focus({ preventScroll: true });
    opener = null;
  });
  // As cards on a phone, tables would no longer be told as tables.
  const roles = { table: "table", thead: "rowgroup", tbody: "rowgroup", tr: "row", td: "cell" };
  for (const [tag, role] of Object.entries(roles))
    document.querySelectorAll(tag).forEach((part) => part.setAttribute("role", role));
  document.querySelectorAll("th").forEach((head) => head.setAttribute("role", "columnheader"));
  document.querySelectorAll("a.why").forEach((link) => link.setAttribute("aria-haspopup", "dialog"));
})();
