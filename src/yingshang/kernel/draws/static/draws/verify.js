// The verifier: from the published file alone, was this draw honest?
//
// Plain, without network, twin of methods/draw/verifier.py: both must give the same findings, byte for byte. The
// format, the order of checks and the manipulations told by name stand in docs/methods/draw.md.

import { canonical, digest, hashed, kind, lines, same, wrong } from "./shapes.js";
import { hex, hmacUnder, unhex, utf8 } from "./sha256.js";
import { due, isSigned, isStrict, openProof } from "./signatures.js";
import { CHANGED, SAID } from "./tables.js";
import { Visits } from "./visits.js";

const changed = Object.fromEntries(lines(CHANGED));
const said = Object.fromEntries(lines(SAID));
const OUTCOMES = { revealed: "revealed", voided: "void", drawn: "drawn", substituted: "drawn" };
const TIME = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z$/;

// Returns what is wrong, [{name, said, where}]; nothing when it holds. key: the ledger's, as you know it from elsewhere.
export function verify(text, key = "") {
  const check = new Check(text, key);
  try {
    check.all();
  } catch (stop) {
    if (stop !== STOP) throw stop;
  }
  return check.found;
}

export function asJson(findings) {
  return canonical(findings);
}

const STOP = new Error("what follows would rest on what was found wrong");

class Check {
  constructor(text, key) {
    Object.assign(this, { text, pinned: key, found: [], last: [-1, ""] });
  }

  all() {
    this.read();
    this.inSequence();
    this.registered();
    this.steps.forEach((step, i) => this.proven(i, step, `steps[${i}].proof`));
    this.random();
    this.stopIfFound();
    if (!this.plan) return;
    this.sealed();
    this.stopIfFound();
    this.redraw();
  }

  say(name, where) {
    this.found.push({ name, said: said[name], where });
  }

  stopIfFound() {
    if (this.found.some((one) => one.name !== "unproven")) throw STOP;
  }

  stop(name, where) {
    this.say(name, where);
    throw STOP;
  }

  read() {
    let whole = null;
    try {
      whole = JSON.parse(this.text.replace(/^\ufeff/, ""));
    } catch { /* no JSON is told as a wrong shape */ }
    let bad = wrong("file", whole, "");
    const steps = bad ? [] : whole.steps, isRevealed = steps.some((step) => step.does === "revealed");
    steps.forEach((step, i) => {
      const isSealed = step.does === "substituted" && step.content === null && !isRevealed;
      bad = bad || (isSealed ? "" : wrong(kind(step), step.content, `steps[${i}].content`));
    });
    if (!bad) {
      const shown = [whole.plan !== null, whole.result !== null, whole.salt !== ""];
      bad = whole.format !== "draw/1" ? "format" : shown.every((one) => one === isRevealed) ? "" : "plan";
    }
    if (bad) this.stop("malformed", bad);
    Object.assign(this, { file: whole, serial: whole.serial, steps: whole.steps, plan: whole.plan });
  }

  inSequence() {
    const seen = [];
    this.steps.forEach((step, i) => {
      const what = kind(step) + (kind(step) === "party" ? " " + step.content.name : "");
      const drawn = seen.includes("drawn"), isOver = seen.includes("revealed") || seen.includes("voided");
      const isAgain = (seen.includes(what) && what !== "substituted") || (drawn && !(what in OUTCOMES));
      if (what === "committed" && i && !seen.includes("committed")) this.say("late_commitment", `steps[${i}]`);
      else if (what === "revealed" && !drawn) this.say("early_reveal", `steps[${i}]`);
      else if (what === "substituted" && !drawn) this.say("forged_substitution", `steps[${i}]`);
      else if (isAgain || isOver) this.say("re_run", `steps[${i}]`);
      seen.push(what);
    });
    if (!seen.includes("committed")) this.say("forged_commitment", "steps");
    this.stopIfFound();
    Object.assign(this, { seen, commitment: this.steps[0].content, rule: this.steps[0].content.rule });
  }

  registered() {
    const rows = this.file.register, heads = new Set(), n = this.serial;
    let previous = "0".repeat(64);
    rows.forEach((row, i) => {
      const one = row.commitment, where = `register[${i}]`;
      if (row.serial !== i + 1 || one.serial !== i + 1 || one.previous !== previous) this.stop("dropped_serial", where);
      if (heads.has(one.head)) this.say("reused_code", where);
      if (row.outcome === "void" && !row.reason) this.say("unexplained_void", where);
      if (!["committed", ...Object.values(OUTCOMES)].includes(row.outcome)) this.say("false_outcome", where);
      heads.add(one.head);
      previous = digest(one);
    });
    if (!(n > 0 && n <= rows.length)) this.stop("dropped_serial", "register");
    const own = rows[n - 1], where = `register[${n - 1}]`, end = this.seen[this.seen.length - 1];
    if (!same(own.commitment, this.commitment)) this.say("forged_commitment", where);
    if (own.outcome !== (OUTCOMES[end] || "committed")) this.say("false_outcome", where);
  }

  proven(i, step, where) {
    if (i === 0 && this.pinned && this.pinned !== this.file.key) this.say("foreign_key", "key");
    if (!step.proof) return this.say("unproven", where);
    let isOurs, index, at, facts;
    try {
      const proof = openProof(step.proof, this.pinned || this.file.key);
      ({ index, entry: { at, facts } } = proof);
      isOurs = proof.entry.kind === "draws." + step.does && facts.serial === this.serial && TIME.test(at);
      isOurs = isOurs && "step" in facts && "digest" in facts;
    } catch {
      isOurs = false;
    }
    if (!isOurs || !step.proof.split(/[ \n]/).every(isStrict)) return this.say("forged_proof", where);
    const [before, moment] = this.last, isReveal = step.does === "revealed";
    if (step.content !== null && facts.digest !== digest(step.content)) this.say(changed[kind(step)], `steps[${i}].content`);
    else if (facts.step !== i + 1) this.say("re_run", where);
    else if (index <= before || at < moment) {
      this.say(i === 1 ? "late_commitment" : isReveal ? "early_reveal" : "re_run", where);
    }
    const round = this.rule.drand ? due(this.rule.drand.chain, this.rule.drand.round) : "";
    if (round && (i === 0 ? at >= round : at < round && isReveal)) {
      this.say(i === 0 ? "late_commitment" : "early_reveal", where);
    }
    this.last = [index, at];
  }

  random() {
    const rule = this.rule, values = new Map();
    const parties = new Map(rule.parties.map((one) => ["party " + one.name, one.commitment]));
    const wanted = [...(rule.drand ? ["drand"] : []), ...(rule.dice === 20 ? ["dice"] : []), ...parties.keys()];
    if (wanted.length === parties.size || ![0, 20].includes(rule.dice)) {
      this.say("other_randomness", "steps[0].content.rule");
    }
    this.steps.forEach((step, i) => {
      if (step.does !== "randomness_added") return;
      const part = step.content, what = this.seen[i], where = `steps[${i}].content`;
      if (!wanted.includes(what) || (what === "drand" && part.round !== rule.drand.round)) {
        this.say("other_randomness", where);
      } else if (what === "drand") {
        values.set(what, hashed(part.signature));
        if (!isSigned(rule.drand.chain, part.round, part.signature, part.previous)) this.say("forged_beacon", where);
      } else if (what === "dice") {
        values.set(what, part.digits);
        if (!/^[0-9]{20}$/.test(part.digits)) this.say("forged_dice", where);
      } else {
        values.set(what, part.value || "refused");
        if (part.value && hashed(part.value) !== parties.get(what)) this.say("forged_reveal", where);
      }
    });
    if (this.seen.includes("drawn") && values.size < wanted.length) this.say("other_randomness", "steps");
    this.randomness = wanted.map((what) => `${what}=${values.get(what)}/`).join("");
  }

  sealed() {
    const plan = this.plan, end = this.steps.length - 1, seal = hmacUnder(unhex(this.file.salt));
    if (hashed(this.steps[end].content.code) !== this.commitment.head) this.say("wrong_code", `steps[${end}].content.code`);
    for (const name of Object.keys(plan).sort()) {
      const sealed = hex(seal(utf8(name + "\n" + canonical(plan[name]))));
      if (sealed !== this.commitment.sections[name]) this.say(changed[name], `plan.${name}`);
    }
    const fits = (one) => one.num <= one.den && one.den < 2 ** 31 && one.num >= 0 && one.count >= 0;
    const classes = Object.keys(plan.targets).sort();
    if (!same(plan.strata.map((one) => one.class).sort(), classes) || !plan.strata.every(fits)) {
      this.say("malformed", "plan.strata");
    }
    if (!["target", "person"].includes(plan.role)) this.say("malformed", "plan.role");
    const lists = classes.map((name) => ["targets." + name, plan.targets[name]]);
    for (const name of ["exclusions", "inspectors"]) lists.push([name, plan[name].map((one) => one.id)]);
    for (const [name, ids] of [...lists, ["conflicts", plan.conflicts]]) {
      if (ids.some((id, i) => i && ids[i - 1] >= id)) this.say("duplicate_id", `plan.${name}`);
    }
    const all = [].concat(...Object.values(plan.targets));
    if (new Set(all).size !== all.length) this.say("duplicate_id", "plan.targets");
  }

  redraw() {
    const drawn = this.file.result.drawn, out = new Set(this.plan.exclusions.map((one) => one.id));
    this.under = hmacUnder(hmacUnder(unhex(this.steps[this.steps.length - 1].content.code))(utf8(this.randomness)));
    this.orders = new Map();
    this.shares = new Map();
    for (const one of this.plan.strata) {
      const ids = this.plan.targets[one.class].filter((id) => !out.has(id));
      const product = ids.length * one.num, over = product % one.den;
      const share = one.den ? (product - over) / one.den + (over ? 1 : 0) : Math.min(one.count, ids.length);
      this.orders.set(one.class, this.inOrder(`${this.plan.role}|${one.class}`, ids));
      this.shares.set(one.class, share);
    }
    if (!same(Object.keys(drawn).sort(), [...this.orders.keys()].sort())) this.stop("changed_result", "result.drawn");
    for (const [name, order] of this.orders) {
      const expected = order.slice(0, this.shares.get(name));
      if (!same(drawn[name], expected)) this.say(this.misdrawn(name, drawn[name], expected, out), `result.drawn.${name}`);
    }
    this.stopIfFound();
    new Visits(this).check(this.file.result);
  }

  ticket(label) {
    return hex(this.under(utf8(`${this.serial}|${label}\x01`)));
  }

  inOrder(prefix, ids) {
    return ids.map((id) => this.ticket(`${prefix}|${id}`) + id).sort().map((one) => one.slice(64));
  }

  misdrawn(name, given, expected, out) {
    const others = new Set([].concat(...Object.entries(this.plan.targets).filter(([key]) => key !== name).map(([, ids]) => ids)));
    if (new Set(given).size < given.length) return "duplicate_id";
    if (given.some((id) => out.has(id))) return "hidden_exclusion";
    if (given.some((id) => others.has(id))) return "wrong_stratum";
    if (same([...given].sort(), [...expected].sort())) return "reordered_results";
    const missing = expected.filter((id) => !given.includes(id)).length;
    const next = new Set(this.orders.get(name).slice(0, expected.length + missing));
    return given.length === expected.length && given.every((id) => next.has(id)) ? "undisclosed_skip" : "changed_result";
  }
}
