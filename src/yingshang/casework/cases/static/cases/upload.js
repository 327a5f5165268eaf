// Files go up piece by piece. A connection may break at any byte: the server
// says how much it has, and the next piece begins there. Without this script
// the page's own file field sends the files whole.

const PIECE = 512 * 1024;
const WAITS = [1, 2, 5, 10, 20, 30];

for (const box of document.querySelectorAll("[data-uploads]")) {
  const input = box.querySelector("input[type=file]");
  const list = box.querySelector("[data-upload-list]");
  const form = input.form;
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const words = box.dataset;
  let running = 0;
  form.querySelector("button[name=more]")?.remove();

  const send = (address, options) =>
    fetch(address, { credentials: "same-origin", ...options, headers: { "X-CSRFToken": token, Accept: "application/json", ...options.headers } });
  const later = (seconds) => new Promise((resolve) => { setTimeout(resolve, seconds * 1000); });

  function shown(file) {
    const row = document.createElement("li");
    row.className = "ml-upload";
    const name = document.createElement("span");
    name.textContent = `${file.name} `;
    const bar = document.createElement("progress");
    bar.max = file.size;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    const said = document.createElement("span");
    said.setAttribute("role", "status");
    row.append(name, bar, " ", said);
    list.append(row);
    return { row, bar, say: (text) => { said.textContent = text; } };
  }

  async function refused(answer) {
    const said = await answer.json().catch(() => ({}));
    throw Object.assign(new Error(`${said.reason || words.failed}${said.remedy || ""}`), { final: true });
  }

  // Announce, then push pieces until the server has all of it. Each failure waits and asks where to go on.
  async function upload(file) {
    const line = shown(file);
    let address = "";
    let offset = 0;
    let failures = 0;
    while (offset < file.size || !address) {
      try {
        if (!address) {
          const body = new URLSearchParams({ [words.where]: words.whose, material: words.material, name: file.name, size: file.size, type: file.type });
          const answer = await send(words.announce, { method: "POST", body });
          if (answer.status >= 500) throw new Error(words.failed);
          if (!answer.ok) await refused(answer);
          ({ address, offset } = await answer.json());
        } else if (failures) {
          const answer = await send(address, { method: "HEAD" });
          if (answer.status === 404) throw Object.assign(new Error(words.failed), { final: true });
          if (!answer.ok) throw new Error(words.failed);
          offset = Number(answer.headers.get("Upload-Offset"));
        }
        const answer = await send(address, {
          method: "PATCH",
          body: file.slice(offset, offset + PIECE),
          headers: { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(offset) },
        });
        if (answer.ok) offset = Number(answer.headers.get("Upload-Offset"));
        else if (answer.headers.has("Upload-Offset")) offset = Number(answer.headers.get("Upload-Offset"));
        else if (answer.status >= 500) throw new Error(words.failed);
        else await refused(answer);
        failures = 0;
        line.bar.value = offset;
        line.say(`${Math.floor((offset / file.size) * 100)}%`);
      } catch (trouble) {
        if (trouble.final) {
          line.bar.remove();
          line.say(trouble.message);
          line.row.classList.add("govuk-error-message");
          return false;
        }
        line.say(words.waiting);
        await later(WAITS[Math.min(failures, WAITS.length - 1)]);
        failures += 1;
      }
    }
    line.say(words.done);
    return true;
  }

  input.addEventListener("change", async () => {
    const files = [...input.files];
    input.value = "";
    const way = form.querySelector("input[name=way][value=file]");
    if (way) way.checked = true;
    for (const file of files) {
      running += 1;
      const good = await upload(file);
      running -= 1;
      if (!good) return;
    }
    // The page is drawn again with what is there now, unless something else was typed on it.
    if (running === 0 && files.length && "redraw" in words) location.assign(location.href);
  });

  window.addEventListener("beforeunload", (event) => { if (running) event.preventDefault(); });
}
