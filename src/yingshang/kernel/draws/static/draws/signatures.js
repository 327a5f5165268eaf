// Whose word it is: beacons of drand, and proofs of the county's ledger (C2SP tlog-proof, signed-note; RFC 6962).

import { bls12_381, ed25519 } from "./noble.js";
import { hex, joined, sha256, unhex, utf8 } from "./sha256.js";

// Chain information of drand: https://api.drand.sh/v2/beacons/quicknet/info and https://api.drand.sh/info
export const CHAINS = {
  quicknet: {
    key:
      "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451" +
      "0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a",
    genesis: 1692803367, period: 3, isChained: false,
  },
  default: {
    key: "868f005eb8e6e4ca0a47c8a77ceaa5309a47978a7c71bc5cce96366b5d7a569937c529eeda66c7293784a9402801af31",
    genesis: 1595431050, period: 30, isChained: true,
  },
};
const known = new Map();

function once(label, find) {
  if (!known.has(label)) known.set(label, find());
  return known.get(label);
}

const chainOf = (name) => (Object.keys(CHAINS).includes(name) ? CHAINS[name] : null);

// Whether the chain signed this round; anything malformed is false.
export function isSigned(name, round, signature, previous) {
  const chain = chainOf(name);
  if (!chain || !(round > 0) || chain.isChained !== Boolean(previous)) return false;
  return once(["beacon", name, round, signature, previous].join(" "), () => {
    const number = new Uint8Array(8);
    new DataView(number.buffer).setBigUint64(0, BigInt(round));
    const message = sha256(joined(unhex(previous), number));
    const scheme = chain.isChained ? bls12_381.longSignatures : bls12_381.shortSignatures;
    const tag = `BLS_SIG_BLS12381G${chain.isChained ? 2 : 1}_XMD:SHA-256_SSWU_RO_NUL_`;
    try {
      return scheme.verify(unhex(signature), scheme.hash(message, tag), unhex(chain.key));
    } catch {
      return false;
    }
  });
}

// When a round is due, as the ledger spells moments; empty for an unknown chain.
export function due(name, round) {
  const chain = chainOf(name);
  if (!chain) return "";
  const seconds = Math.max(0, Math.min(chain.genesis + (round - 1) * chain.period, 253402300799));
  return new Date(seconds * 1000).toISOString().replace("Z", "000Z");
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function base64(text) {
  if (!/^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) throw new Error("not base64");
  const plain = text.replace(/=+$/, ""), bytes = new Uint8Array((plain.length * 3) >> 2);
  for (let i = 0, bits = 0, size = 0; i < plain.length; i++) {
    bits = ((bits << 6) | LETTERS.indexOf(plain[i])) & 0xffff;
    if (i % 4) bytes[size++] = bits >> (6 - 2 * (i % 4));
  }
  return bytes;
}

// Whether a word is the only spelling of what it says in base64; words without padding are.
export function isStrict(word) {
  if (!/^[A-Za-z0-9+/]+={1,2}$/.test(word) || word.length % 4) return true;
  const plain = word.replace(/=+$/, "");
  return LETTERS.indexOf(plain[plain.length - 1]) % (word.endsWith("==") ? 16 : 4) === 0;
}

function cutAt(text, mark, place) {
  if (place < 0) throw new Error("incomplete");
  return [text.slice(0, place), text.slice(place + mark.length)];
}

// Reads a checkpoint signed with the key: its size and root. Throws when it is not.
function openCheckpoint(note, key) {
  const [name, rest] = cutAt(key.trim(), "+", key.trim().indexOf("+"));
  const [id, encoded] = cutAt(rest, "+", rest.indexOf("+"));
  const kindAndKey = base64(encoded);
  const said = hex(sha256(joined(utf8(name + "\n"), kindAndKey)).subarray(0, 4));
  if (kindAndKey.length !== 33 || kindAndKey[0] !== 1 || said !== id) throw new Error("not a key");
  const [text, tail] = cutAt(note, "\n\n", note.lastIndexOf("\n\n"));
  const signatures = tail.split("\n").filter((line) => line.startsWith(`— ${name} `));
  const signed = signatures.map((line) => base64(line.slice(name.length + 3))).filter((one) => hex(one.subarray(0, 4)) === id);
  const message = utf8(text + "\n");
  const holds = (one) => ed25519.verify(one.subarray(4), message, kindAndKey.subarray(1), { zip215: false });
  if (!signed.length || !signed.every(holds)) throw new Error("not signed");
  const [, size, root] = text.split("\n");
  if (!/^(0|[1-9][0-9]{0,14})$/.test(size)) throw new Error("not a checkpoint");
  return { size: Number(size), root: hex(base64(root)) };
}

export const leafHash = (bytes) => sha256(joined(Uint8Array.of(0), bytes));
const nodeHash = (left, right) => sha256(joined(Uint8Array.of(1), left, right));

// The root over leaf hashes (RFC 6962 section 2.1).
export function rootOf(leaves) {
  if (leaves.length < 2) return leaves[0] || sha256(new Uint8Array());
  let half = 1;
  while (half * 2 < leaves.length) half *= 2;
  return nodeHash(rootOf(leaves.slice(0, half)), rootOf(leaves.slice(half)));
}

// Reads a proof file and checks it: returns the leaf's index and the entry. Throws when it does not hold.
export function openProof(text, key) {
  const [head, note] = cutAt(text, "\n\n", text.indexOf("\n\n"));
  const [first, extra, index, ...path] = head.split("\n");
  if (first !== "c2sp.org/tlog-proof@v1" || !extra.startsWith("extra ") || !/^index (0|[1-9][0-9]{0,14})$/.test(index)) {
    throw new Error("not a proof");
  }
  const { size, root } = once(`note ${key} ${note}`, () => openCheckpoint(note, key));
  const entry = base64(extra.slice(6)), place = Number(index.slice(6));
  let here = place, last = size - 1, hashed = leafHash(entry);
  if (here > last) throw new Error("beyond the tree");
  for (const sibling of path.map(base64)) {
    if (last === 0 || sibling.length !== 32) throw new Error("too long a path");
    if (here % 2 || here === last) {
      hashed = nodeHash(sibling, hashed);
      while (here && here % 2 === 0) [here, last] = [Math.floor(here / 2), Math.floor(last / 2)];
    } else hashed = nodeHash(hashed, sibling);
    [here, last] = [Math.floor(here / 2), Math.floor(last / 2)];
  }
  if (last !== 0 || hex(hashed) !== root) throw new Error("the path leads elsewhere");
  const escaped = Array.from(entry, (byte) => "%" + byte.toString(16).padStart(2, "0")).join("");
  return { index: place, entry: JSON.parse(decodeURIComponent(escaped)) };
}
