// Keys of the desk: / search, n next case, a accept, b correction, ? help. Each only presses what the page
// already offers as a link or a field, so that nothing works by key alone; off where focus is in a field.

const FIELDS = "input, textarea, select, [contenteditable]";
const KEYS = ["/", "n", "a", "b", "?"];

function press(target) {
  if (target.matches(FIELDS)) target.focus();
  else if (target.matches("details")) {
    target.open = !target.open;
    target.querySelector("summary").focus();
  } else target.click();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
  if (event.target.closest(FIELDS) || !KEYS.includes(event.key)) return;
  const target = document.querySelector(`[data-key="${event.key}"]`);
  if (!target) return;
  event.preventDefault();
  press(target);
});
