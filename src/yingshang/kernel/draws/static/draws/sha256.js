// SHA-256 (FIPS 180-4) and HMAC (RFC 2104), written out: the browser's own are asynchronous.

const FIRST = new Int32Array(8);
const ROUND = new Int32Array(64);
// The first 32 bits of the fractions of the roots of the first primes.
for (let number = 2, found = 0; found < 64; number++) {
  let isPrime = true;
  for (let part = 2; part * part <= number; part++) if (number % part === 0) isPrime = false;
  if (!isPrime) continue;
  if (found < 8) FIRST[found] = (Math.sqrt(number) % 1) * 4294967296;
  ROUND[found++] = (Math.cbrt(number) % 1) * 4294967296;
}

const words = new Int32Array(64);

function compress(state, bytes, at) {
  for (let i = 0; i < 16; i++, at += 4) {
    words[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
  }
  for (let i = 16; i < 64; i++) {
    const x = words[i - 15], y = words[i - 2];
    const low = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const high = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    words[i] = (words[i - 16] + words[i - 7] + low + high) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i++) {
    const high = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const low = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const one = (h + high + ((e & f) ^ (~e & g)) + ROUND[i] + words[i]) | 0;
    const two = (low + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
  }
  state[0] += a; state[1] += b; state[2] += c; state[3] += d;
  state[4] += e; state[5] += f; state[6] += g; state[7] += h;
}

// Goes on from a state that has taken in `before` bytes (whole blocks), and ends.
function finish(from, before, bytes) {
  const state = from.slice(), whole = bytes.length & ~63, rest = bytes.length - whole;
  for (let at = 0; at < whole; at += 64) compress(state, bytes, at);
  const tail = new Uint8Array(rest < 56 ? 64 : 128), bits = (before + bytes.length) * 8;
  tail.set(bytes.subarray(whole));
  tail[rest] = 128;
  const end = new DataView(tail.buffer);
  end.setUint32(tail.length - 8, Math.floor(bits / 4294967296));
  end.setUint32(tail.length - 4, bits >>> 0);
  for (let at = 0; at < tail.length; at += 64) compress(state, tail, at);
  const result = new Uint8Array(32), view = new DataView(result.buffer);
  for (let i = 0; i < 8; i++) view.setInt32(4 * i, state[i]);
  return result;
}

export const sha256 = (bytes) => finish(FIRST, 0, bytes);

// Returns a function from messages to their HMAC under the key (at most 64 bytes).
export function hmacUnder(key) {
  const [inner, outer] = [0x36, 0x5c].map((pad) => {
    const state = FIRST.slice(), block = new Uint8Array(64).fill(pad);
    key.forEach((byte, i) => (block[i] ^= byte));
    compress(state, block, 0);
    return state;
  });
  return (bytes) => finish(outer, 64, finish(inner, 64, bytes));
}

// UTF-8 of a well-formed string.
export function utf8(text) {
  const bytes = new Uint8Array(text.length * 3);
  let size = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i) < 128 ? text.charCodeAt(i) : text.codePointAt(i);
    if (code < 0x80) bytes[size++] = code;
    else {
      if (code < 0x800) bytes[size++] = 0xc0 | (code >> 6);
      else {
        if (code < 0x10000) bytes[size++] = 0xe0 | (code >> 12);
        else {
          bytes[size++] = 0xf0 | (code >> 18);
          bytes[size++] = 0x80 | ((code >> 12) & 63);
          i++;
        }
        bytes[size++] = 0x80 | ((code >> 6) & 63);
      }
      bytes[size++] = 0x80 | (code & 63);
    }
  }
  return bytes.subarray(0, size);
}

const DIGITS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

export function hex(bytes) {
  let text = "";
  for (let i = 0; i < bytes.length; i++) text += DIGITS[bytes[i]];
  return text;
}

export const unhex = (text) => Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));

export function joined(...parts) {
  const result = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}
