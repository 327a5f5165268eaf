// The verifier's second half: were the right people sent, and was nothing swapped afterwards?

import { canonical, same } from "./shapes.js";
import { hex, sha256, utf8 } from "./sha256.js";
import { leafHash, rootOf } from "./signatures.js";

// verifier: knows plan, steps, the order of each class by ticket and how many of it were drawn.
export class Visits {
  constructor(verifier) {
    Object.assign(this, { verifier, plan: verifier.plan });
    this.fields = new Map(this.plan.strata.map((one) => [one.class, one.field]));
  }

  check(result) {
    const opened = this.opened(result.opened, "result.opened");
    const [queue, teams] = this.walk(opened);
    const expected = teams.filter((one) => one.team.length);
    const alone = teams.filter((one) => !one.team.length && this.plan.pairs.wanted).map((one) => one.target);
    if (!same(result.unassignable, alone)) this.verifier.say("hidden_unassignable", "result.unassignable");
    else if (!same(result.assignments, expected)) {
      this.verifier.say(this.misassigned(result.assignments, expected, opened), "result.assignments");
    } else if (queue.used.size !== opened.size) this.verifier.say("padded_conflicts", "result.opened");
    this.verifier.stopIfFound();
    const leaves = teams.map((one) => {
      const salt = this.verifier.ticket(`opening|${one.target}`).slice(0, 32);
      return leafHash(utf8(canonical({ ...one, salt, serial: this.verifier.serial })));
    });
    const place = this.verifier.seen.indexOf("drawn");
    if (!same(this.verifier.steps[place].content, { root: hex(rootOf(leaves)), size: leaves.length })) {
      this.verifier.say("changed_after_draw", `steps[${place}].content`);
    }
    const now = new Map(teams.map((one) => [one.target, one]));
    this.verifier.steps.forEach((step, i) => {
      if (step.does === "substituted") this.substituted(step.content, queue, now, `steps[${i}].content`);
    });
  }

  substituted(step, queue, now, where) {
    const { stratum, out } = step, before = now.get(step.target), opened = this.opened(step.opened, where + ".opened");
    const field = this.fields.get(stratum), known = queue.opened;
    queue.opened = new Set([...queue.opened, ...opened]);
    queue.used = new Set();
    let target = step.target, expected = null;
    if (before && before.stratum === stratum && step.role === "target" && out === target) {
      now.delete(target);
      target = this.verifier.orders.get(stratum)[this.verifier.shares.get(stratum)] || "";
      this.verifier.shares.set(stratum, this.verifier.shares.get(stratum) + 1);
      expected = [target, target && this.plan.pairs.wanted ? queue.team(target, field) : []];
    } else if (before && before.stratum === stratum && step.role === "inspector" && before.team.includes(out)) {
      const seat = before.team.indexOf(out), stays = before.team[1 - seat];
      const came = queue.beside(target, seat ? "" : field, stays, out);
      expected = [came, came ? (seat ? [stays, came] : [came, stays]) : []];
    }
    const used = [...queue.used].filter((pair) => !known.has(pair));
    if (!same(expected, [step.in, step.team]) || !same(used.sort(), [...opened].sort())) {
      this.verifier.stop("forged_substitution", where);
    }
    now.set(target, { stratum, target, team: expected[1] });
  }

  walk(opened) {
    const queue = new Queue(this.plan, (prefix, ids) => this.verifier.inOrder(prefix, ids), opened), teams = [];
    for (const [stratum, field] of this.fields) {
      for (const target of this.verifier.orders.get(stratum).slice(0, this.verifier.shares.get(stratum))) {
        teams.push({ stratum, target, team: this.plan.pairs.wanted ? queue.team(target, field) : [] });
      }
    }
    return [queue, teams];
  }

  opened(openings, where) {
    const committed = new Set(this.plan.conflicts);
    openings.forEach((one, i) => {
      const text = [one.salt, one.inspector, one.target].join("|");
      if (!committed.has(hex(sha256(utf8(text))))) this.verifier.say("padded_conflicts", `${where}[${i}]`);
    });
    return new Set(openings.map((one) => `${one.inspector}|${one.target}`));
  }

  misassigned(given, expected, opened) {
    if (new Set(given.map((one) => one.target)).size < given.length) return "duplicate_id";
    if (same(given.map(canonical).sort(), expected.map(canonical).sort())) return "reordered_results";
    for (let tries = 0; tries < 8; tries++) {
      const at = expected.findIndex((one, i) => i < given.length && !same(one, given[i]));
      const skipped = at < 0 ? [] : expected[at].team.filter((one) => !given[at].team.includes(one));
      if (!skipped.length) break;
      opened = new Set([...opened, `${skipped[0]}|${expected[at].target}`]);
      expected = this.walk(opened)[1].filter((one) => one.team.length);
      if (same(expected, given)) return "undisclosed_skip";
    }
    return "swapped_inspector";
  }
}

// The inspectors who wait; everybody may join again when nobody fits.
class Queue {
  constructor(plan, inOrder, opened) {
    Object.assign(this, { inOrder, opened, used: new Set(), waiting: [], round: 0, gone: new Set() });
    this.people = new Map(plan.inspectors.map((one) => [one.id, one]));
    this.apart = plan.pairs.different_units;
  }

  team(target, field) {
    return this.take(() => this.two(target, field));
  }

  beside(target, field, stays, out) {
    this.gone.add(`${out}|${target}`);
    return this.take(() => this.one(target, field, stays)).join("");
  }

  take(find) {
    let found = find();
    if (!found.length) {
      const turns = (id) => this.waiting.filter((one) => one.id === id).length;
      const back = [...this.people.keys()].filter((id) => turns(id) < 2);
      this.round += 1;
      for (const id of this.inOrder(`inspector|${this.round}`, back)) this.waiting.push(this.people.get(id));
      found = find();
    }
    for (const one of found) this.waiting.splice(this.waiting.indexOf(one), 1);
    return found.map((one) => one.id);
  }

  two(target, field) {
    const tried = new Set();
    for (const lead of this.waiting) {
      if ((field && !lead.fields.includes(field)) || this.bars(lead, target) || tried.has(lead.unit)) continue;
      for (const other of this.waiting) if (other !== lead && this.goes(other, target, lead)) return [lead, other];
      tried.add(lead.unit);
    }
    return [];
  }

  one(target, field, stays) {
    const partner = this.people.get(stays);
    for (const one of this.waiting) {
      const isFree = one !== partner && !this.gone.has(`${one.id}|${target}`) && (!field || one.fields.includes(field));
      if (isFree && this.goes(one, target, partner)) return [one];
    }
    return [];
  }

  goes(one, target, partner) {
    return !(this.apart && one.unit === partner.unit) && !this.bars(one, target);
  }

  bars(one, target) {
    const pair = `${one.id}|${target}`, isBarred = this.opened.has(pair);
    if (isBarred) this.used.add(pair);
    return isBarred;
  }
}
