// An unfinished sheet survives a lost connection and a phone call: it is kept in this phone alone, for a day.

const KEPT = "surveys.unfinished";
const DAY = 24 * 60 * 60 * 1000;

function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(KEPT));
    return found && Date.now() - found.since < DAY ? found : null;
  } catch {
    return null;
  }
}

const forget = () => localStorage.removeItem(KEPT);

function keep(form) {
  const { code, page, so_far: soFar } = form.elements;
  const found = { code: code.value, page: page.value, soFar: soFar.value, since: Date.now() };
  localStorage.setItem(KEPT, JSON.stringify(found));
}

// Without network the page stays as it is, and says so.
function wait(form) {
  form.addEventListener("submit", (event) => {
    const said = form.querySelector("[data-offline]");
    said.hidden = navigator.onLine;
    if (!navigator.onLine) { event.preventDefault(); said.focus(); }
  });
}

// Showing the page before the next one is how "back" works, so that nothing is taken as answered.
function offer(panel, { code, page, soFar }) {
  const form = panel.querySelector("form");
  form.elements.code.value = code;
  form.elements.page.value = Number(page) + 1;
  form.elements.so_far.value = soFar;
  panel.querySelector("[data-forget]").addEventListener("click", () => { forget(); panel.hidden = true; });
  panel.hidden = false;
}

const asking = document.querySelector("form[data-unfinished]");
const panel = document.querySelector("[data-continue]");
if (asking) { keep(asking); wait(asking); }
if (document.querySelector("[data-received]") || (!asking && !kept())) forget();
if (panel && kept()) offer(panel, kept());
