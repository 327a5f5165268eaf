// What pages do more conveniently with script; every deed works without it.

const summary = document.querySelector("[data-focus]");
if (summary) summary.focus();

// A form is sent once: a second click while the answer is on its way does nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || (form.method || "").toLowerCase() !== "post") return;
  if (event.submitter?.formTarget === "_blank") return; // a preview beside the page: the page itself is not sent
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  setTimeout(() => { delete form.dataset.sent; }, 10000);
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => { delete form.dataset.sent; });
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
