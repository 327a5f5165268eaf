// An interviewer's page: sheets are kept in this device and sent when the network is back.
// A batch bears a random number, so that sending it again stores nothing twice.

const root = document.querySelector("[data-field]");
const form = root.querySelector("form");
const said = root.querySelector("[data-said]");
const summary = root.querySelector("[data-summary]");
const list = root.querySelector("[data-list]");
const sender = root.querySelector("[data-send]");
const cleaner = root.querySelector("[data-clean]");
const words = root.dataset;
const STORE = "surveys-field";
const RETRY_SECONDS = 10;
let editing = null;

function open() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("surveys", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("sheets", { keyPath: "id", autoIncrement: true });
      asked.result.createObjectStore("drafts");
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function store(name, mode, deed) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const moved = database.transaction(name, mode);
    const asked = deed(moved.objectStore(name));
    moved.oncomplete = () => resolve(asked.result);
    moved.onerror = () => reject(moved.error);
  }).finally(() => database.close());
}

const put = (sheet) => store("sheets", "readwrite", (sheets) => sheets.put(sheet));
const remove = (id) => store("sheets", "readwrite", (sheets) => sheets.delete(id));
const all = async () => (await store("sheets", "readonly", (sheets) => sheets.getAll())).filter((one) => one.survey === words.field);
const plain = (code) => code.toUpperCase().replaceAll("O", "0").replace(/[IL]/g, "1").replace(/[^0-9A-Z]/g, "");

// Luhn's algorithm in base 32, as rules/codes.py has it: every wrong letter shows.
function isCode(typed) {
  const numbers = [...plain(typed)].reverse().map((letter) => words.letters.indexOf(letter));
  const base = words.letters.length;
  const sum = numbers.reduce((found, number, place) => {
    const turned = number * (place % 2 ? 2 : 1);
    return found + Math.floor(turned / base) + (turned % base);
  }, 0);
  return !numbers.includes(-1) && sum % base === 0;
}

const say = (text) => { said.textContent = text; };
const filled = (text, number) => text.replace("{}", number);

function typed() {
  return [...new FormData(form)].filter(([name, value]) => name.startsWith("f.") && value !== "");
}

function show(code, fields) {
  form.elements.code.value = code;
  for (const input of form.elements) {
    if (!input.name.startsWith("f.")) continue;
    const values = fields.filter(([name]) => name === input.name).map(([, value]) => value);
    if (input.type === "radio" || input.type === "checkbox") input.checked = values.includes(input.value);
    else input.value = values[0] || "";
  }
}

async function wrong(code, fields) {
  const found = [];
  const length = plain(code).length;
  if (length !== Number(words.codeLength)) found.push([filled(words.saysLength, length), form.elements.code]);
  else if (!isCode(code)) found.push([words.saysTypo, form.elements.code]);
  else if ((await all()).some((one) => plain(one.code) === plain(code) && one.id !== editing)) found.push([words.saysTwice, form.elements.code]);
  for (const key of words.required.split(" ").filter(Boolean)) {
    if (fields.some(([name]) => name === `f.${key}`)) continue;
    const input = form.querySelector(`[name="f.${key}"]`);
    const title = input.closest(".govuk-form-group").querySelector("legend, label").textContent.trim();
    found.push([words.saysMissing + title, input]);
  }
  return found;
}

function listFaults(found) {
  const rows = summary.querySelector("ul");
  rows.replaceChildren(...found.map(([text, input]) => {
    const row = document.createElement("li");
    const link = document.createElement(input ? "a" : "span");
    link.textContent = text;
    if (input) {
      link.href = `#${input.id}`;
      link.addEventListener("click", (event) => { event.preventDefault(); input.focus(); });
    }
    row.append(link);
    return row;
  }));
  summary.hidden = !found.length;
  if (found.length) summary.focus();
}

function button(text, deed) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "govuk-button govuk-button--secondary";
  made.textContent = text;
  made.addEventListener("click", deed);
  return made;
}

async function draw() {
  const sheets = await all();
  list.replaceChildren(...sheets.map((one, place) => {
    const row = document.createElement("li");
    const title = document.createElement("p");
    title.className = "govuk-body";
    title.textContent = filled(words.saysSheet, place + 1) + plain(one.code).slice(-4);
    row.append(title);
    for (const text of one.faults || []) {
      const fault = document.createElement("p");
      fault.className = "govuk-error-message";
      fault.textContent = text;
      row.append(fault);
    }
    if (one.attempt) {
      title.append(`　${words.saysWaiting}`);
    } else {
      const buttons = document.createElement("div");
      buttons.className = "govuk-button-group";
      buttons.append(
        button(words.saysEdit, () => { editing = one.id; show(one.code, one.fields); form.elements.code.focus(); }),
        button(words.saysDelete, async () => { if (confirm(words.saysSure)) { await remove(one.id); draw(); } }),
      );
      row.append(buttons);
    }
    return row;
  }));
  sender.parentElement.hidden = !sheets.length;
  sender.textContent = filled(words.saysSend, sheets.length);
  cleaner.parentElement.hidden = Boolean(sheets.length);
}

async function save() {
  const code = form.elements.code.value;
  const fields = typed();
  const found = await wrong(code, fields);
  listFaults(found);
  if (found.length) return;
  const sheet = { survey: words.field, code, fields, attempt: null, faults: [] };
  await put(editing === null ? sheet : { ...sheet, id: editing });
  await store("drafts", "readwrite", (drafts) => drafts.delete(words.field));
  editing = null;
  form.reset();
  await draw();
  say(words.saysKept);
  said.focus();
}

// The token of the form: from the server, for the page in the device may be days old.
async function token() {
  const answer = await fetch(location.pathname, { credentials: "same-origin", cache: "no-store" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return answer.ok && page.querySelector("[data-field] [name=csrfmiddlewaretoken]")?.value;
}

async function batch() {
  const sheets = await all();
  const waiting = sheets.filter((one) => one.attempt);
  if (waiting.length) return waiting.filter((one) => one.attempt === waiting[0].attempt);
  const attempt = crypto.randomUUID();
  const chosen = sheets.slice(0, Number(words.most)).map((one) => ({ ...one, attempt, faults: [] }));
  for (const one of chosen) await put(one);
  return chosen;
}

function packed(sheets, key) {
  const body = new URLSearchParams({ csrfmiddlewaretoken: key, attempt: sheets[0].attempt });
  sheets.forEach((one, place) => {
    body.append(`${place + 1}/code`, one.code);
    one.fields.forEach(([name, value]) => body.append(`${place + 1}/${name}`, value));
  });
  return body;
}

async function release(sheets, faults) {
  for (const [place, one] of sheets.entries()) {
    const own = faults.filter((fault) => fault.row === place + 1).map((fault) => `${fault.column}：${fault.words}`);
    await put({ ...one, attempt: null, faults: own });
  }
}

let sending = false;

async function send() {
  if (sending) return;
  sending = true;
  say(words.saysSending);
  try {
    let sheets = await batch();
    const key = await token();
    if (!key) { say(words.saysLogin); return; }
    for (; sheets.length; sheets = await batch()) {
      const answer = await fetch(location.pathname, { method: "POST", body: packed(sheets, key), credentials: "same-origin" });
      const told = await answer.json();
      if (!answer.ok) {
        await release(sheets, told.faults || []);
        say(`${words.saysRefused}${told.reason}`);
        break;
      }
      for (const one of sheets) await remove(one.id);
      say(filled(words.saysSent, told.stored));
      if (!(await all()).length) break;
    }
  } catch {
    say(words.saysOffline);
  } finally {
    sending = false;
    await draw();
    said.focus();
  }
}

async function keepPage() {
  const own = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]")].map((one) => one.href || one.src);
  const kept = await caches.open(STORE);
  await kept.addAll([location.pathname, ...own]);
  await navigator.serviceWorker.register(words.worker, { scope: location.pathname });
  await navigator.serviceWorker.ready;
}

async function clean() {
  const kept = await caches.open(STORE);
  await kept.delete(location.pathname);
  await (await navigator.serviceWorker.getRegistration(location.pathname))?.unregister();
  await store("drafts", "readwrite", (drafts) => drafts.delete(words.field));
  say(words.saysCleaned);
}

async function begin() {
  const draft = await store("drafts", "readonly", (drafts) => drafts.get(words.field));
  if (draft) show(draft.code, draft.fields);
  form.addEventListener("input", () => {
    const half = { code: form.elements.code.value, fields: typed() };
    store("drafts", "readwrite", (drafts) => drafts.put(half, words.field));
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); save(); });
  sender.addEventListener("click", send);
  cleaner.addEventListener("click", clean);
  await draw();
  root.hidden = false;
  const again = async () => { if (navigator.onLine && (await all()).some((one) => one.attempt)) send(); };
  addEventListener("online", again);
  setInterval(again, RETRY_SECONDS * 1000);
  try {
    await keepPage();
    say(draft ? words.saysRestored : words.saysReady);
  } catch {
    say(navigator.onLine ? words.saysCannot : words.saysReady);
  }
}

if (window.indexedDB && window.caches && navigator.serviceWorker) begin();
