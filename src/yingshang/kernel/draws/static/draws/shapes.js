// Reading a published file without trusting it: its shape, as tables.js says, and its one spelling.

import { hex, sha256, unhex, utf8 } from "./sha256.js";
import { SHAPE } from "./tables.js";

export const lines = (text) => text.split("\n").filter(Boolean).map((line) => line.split(" "));
const RECORDS = new Map(lines(SHAPE).map(([name, ...fields]) => [name, fields.map((field) => field.split(":"))]));
const LETTER = "0-9A-Za-z\\u4e00-\\u9fff", HEX = "[0-9a-f]";
const WORDS = new Map();
for (const [word, it] of Object.entries({
  hex: `(${HEX}${HEX})*`, hex32: `${HEX}{32}`, hex64: `${HEX}{64}`, id: "[!#-\\[\\]-`\\{\\}~\\u4e00-\\u9fff]{1,64}",
  name: `[${LETTER}][${LETTER}_.-]{0,39}`, text: "[^\\ud800-\\udfff]*",
})) {
  WORDS.set(word, new RegExp(`^(${it})$`, "u")).set(word + "?", new RegExp(`^(${it})?$`, "u"));
}

// Where a value first differs from its shape; empty when it does not.
export function wrong(shape, value, where) {
  if (shape[0] === "?") return value === null ? "" : wrong(shape.slice(1), value, where);
  if (shape[0] === "*") {
    const pattern = WORDS.get(shape.slice(1));
    if (!Array.isArray(value)) return where;
    if (pattern) return value.every((one) => typeof one === "string" && pattern.test(one)) ? "" : where;
    return first(value.map((one, i) => () => wrong(shape.slice(1), one, `${where}[${i}]`)));
  }
  if (shape[0] === "%" || RECORDS.has(shape)) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return where || "file";
    const keys = Object.keys(value).sort(), fields = RECORDS.get(shape) || keys.map((name) => [name, shape.slice(1)]);
    if (!same(fields.map(([name]) => name).sort(), keys)) return where || "file";
    const named = shape[0] === "%" && keys.some((name) => !WORDS.get("name").test(name)) ? where : "";
    return named || first(fields.map(([name, it]) => () => wrong(it, value[name], (where && where + ".") + name)));
  }
  if (WORDS.has(shape)) return typeof value === "string" && WORDS.get(shape).test(value) ? "" : where;
  if (shape === "int") return Number.isSafeInteger(value) ? "" : where;
  return shape === "any" || (shape === "bool" && typeof value === "boolean") ? "" : where;
}

function first(checks) {
  for (const check of checks) {
    const bad = check();
    if (bad) return bad;
  }
  return "";
}

export function kind(step) {
  const source = step.content !== null && typeof step.content === "object" ? step.content.source : undefined;
  if (step.does === "randomness_added") return ["drand", "dice", "party"].includes(source) ? source : "unknown";
  return ["committed", "drawn", "substituted", "revealed", "voided"].includes(step.does) ? step.does : "unknown";
}

export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
}

export const same = (one, other) => canonical(one) === canonical(other);
export const digest = (value) => hex(sha256(utf8(canonical(value))));
export const hashed = (text) => hex(sha256(unhex(text)));
