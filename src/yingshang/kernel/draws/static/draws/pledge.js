// Makes a random value and its digest in the browser; the value is never sent.

const place = document.querySelector("[data-pledge]");
const spelled = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

if (place && window.crypto && crypto.subtle) {
  place.hidden = false;
  place.querySelector("[data-pledge-make]").addEventListener("click", async () => {
    const value = crypto.getRandomValues(new Uint8Array(32));
    const digest = await crypto.subtle.digest("SHA-256", value);
    place.querySelector("[data-pledge-value]").textContent = spelled(value);
    document.querySelector("[name=commitment]").value = spelled(new Uint8Array(digest));
  });
}
