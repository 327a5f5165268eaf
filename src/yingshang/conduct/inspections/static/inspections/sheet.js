// A check sheet that survives a cellar without network: every change is kept on
// the phone, photos too, and what could not be sent is sent when the network is
// back. The hidden "attempt" names the sending: the server stores it once.

const form = document.querySelector("form[data-draft]");
const state = document.querySelector("[data-draft-state]");
const RETRY_SECONDS = 20;

function open() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("inspections", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("drafts");
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function store(mode, deed) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const asked = deed(database.transaction("drafts", mode).objectStore("drafts"));
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  }).finally(() => database.close());
}

const key = form.dataset.draft;
const say = (which) => { state.textContent = state.dataset[which]; };

function filled() {
  const fields = [];
  const photos = [];
  for (const [name, value] of new FormData(form)) {
    if (name === "csrfmiddlewaretoken") continue;
    if (value instanceof File) { if (value.size) photos.push([name, value]); } else fields.push([name, value]);
  }
  return { fields, photos };
}

const keep = (waiting) => store("readwrite", (drafts) => drafts.put({ ...filled(), waiting }, key));
const forget = () => store("readwrite", (drafts) => drafts.delete(key));

function fill({ fields, photos }) {
  for (const input of form.elements) {
    const values = fields.filter(([name]) => name === input.name).map(([, value]) => value);
    if (input.type === "radio" || input.type === "checkbox") input.checked = values.includes(input.value);
    else if (input.type !== "file" && input.name !== "csrfmiddlewaretoken" && values.length) input.value = values[0];
    else if (input.type === "file") {
      const files = new DataTransfer();
      photos.filter(([name]) => name === input.name).forEach(([, file]) => files.items.add(file));
      input.files = files.files;
    }
  }
}

let sending = false;

async function send() {
  if (sending) return;
  sending = true;
  say("sending");
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin" });
    if (answer.redirected) {
      await forget();
      location.assign(answer.url);
      return;
    }
    // Something does not fit: the server says what, and the form with its photos stays as it is.
    await keep(false);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const said = page.querySelector(".govuk-error-summary") || page.querySelector("main");
    document.querySelector(".govuk-error-summary")?.remove();
    said.classList.add("govuk-error-summary");
    form.before(said);
    say("kept");
    said.setAttribute("tabindex", "-1");
    said.focus();
  } catch {
    await keep(true);
    say("offline");
  } finally {
    sending = false;
  }
}

async function begin() {
  const reading = store("readonly", (drafts) => drafts.get(key));
  // Listening begins at once: what is typed while the draft is being read is kept after it was read.
  form.addEventListener("input", () => reading.then(() => keep(false)).then(() => say("kept")));
  form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
  const draft = await reading;
  if (draft) {
    fill(draft);
    say("restored");
    if (draft.waiting && navigator.onLine) await send();
  }
  const again = async () => {
    const waiting = await store("readonly", (drafts) => drafts.get(key));
    if (waiting?.waiting && navigator.onLine) send();
  };
  addEventListener("online", again);
  setInterval(again, RETRY_SECONDS * 1000);
}

if (form && window.indexedDB) begin();
