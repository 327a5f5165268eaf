// Lets the verifier look at a file: chosen by the reader, or fetched from this site. Nothing is sent anywhere.

import { verify } from "./verify.js";

const place = document.querySelector("[data-verify]");
const answer = place.querySelector("[data-verify-answer]");
const key = place.querySelector("#draw-key");

function show(text) {
  answer.textContent = "";
  let findings;
  try {
    findings = verify(text, key.value.trim());
  } catch {
    say(answer.dataset.broken, "error", []);
    return;
  }
  if (findings.length) say(answer.dataset.bad, "error", findings);
  else say(answer.dataset.good, "success", []);
}

function say(sentence, tone, findings) {
  const told = document.createElement("div");
  told.className = `ml-notice ml-notice--${tone}`;
  const strong = document.createElement("p");
  strong.className = "ml-notice__title";
  strong.textContent = sentence;
  told.append(strong);
  answer.append(told);
  const list = document.createElement("ul");
  list.className = "govuk-list govuk-list--bullet";
  for (const { name, said, where } of findings) {
    const line = document.createElement("li");
    line.textContent = `${said}（${name}${where ? "，" + where : ""}）`;
    list.append(line);
  }
  if (findings.length) told.append(list);
}

place.querySelector("#draw-file").addEventListener("change", async (event) => {
  const [file] = event.target.files;
  if (file) show(await file.text());
});
const button = place.querySelector("[data-verify-fetch]");
if (button) {
  button.addEventListener("click", async () => show(await (await fetch(place.dataset.file)).text()));
}
