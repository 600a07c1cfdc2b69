// Argon2id (RFC 9106) with one lane, around the WebAssembly kernels of npm's argon2id: the block function G, and the choice
// of a block's reference. The rest is done here without an object for each block, which takes half the time.
import blake2b from "argon2id/lib/blake2b.js";

const BLOCK = 1024;
const [ZEROS_IN_WORK, ADDRESSES, COUNTED, ZERO, CHOSEN, NEW, FIRST] = [0, 1, 2, 3, 4, 5, 6].map((place) => place * BLOCK);
const [VERSION, TYPE, SLICES, ADDRESSES_PER_BLOCK] = [0x13, 2, 4, 128];
const PAGES = 1040; // of 64 KiB: what the kernels were built to import; a page costs nothing before it is written to

const words = (...numbers) => new Uint8Array(Uint32Array.from(numbers).buffer);

const hash = (length, ...parts) => {
  const hasher = blake2b(length);
  parts.forEach((part) => hasher.update(part));
  return new Uint8Array(hasher.digest());
};

/** Hash to any length: H' of RFC 9106, 3.3. */
const longHash = (length, ...parts) => {
  const out = new Uint8Array(length);
  let last = hash(Math.min(64, length), words(length), ...parts);
  let done = 0;
  for (; length - done > 64; last = hash(Math.min(64, length - done), last)) {
    out.set(last.subarray(0, 32), done);
    done += 32;
  }
  out.set(last, done);
  return out;
};

/** Return a function that derives a key. Rejects where there is no WebAssembly, or no memory for it. */
export default async function loadArgon2id(withSimd, withoutSimd) {
  const memory = new WebAssembly.Memory({ initial: PAGES, maximum: 65536 });
  const load = (code) => WebAssembly.instantiate(code, { env: { memory } });
  const { instance } = await load(withSimd).catch(() => load(withoutSimd));
  const { G, G2, xor, getLZ } = instance.exports;
  const bytes = new Uint8Array(memory.buffer);
  const numbers = new Uint32Array(memory.buffer);

  /** Return *length* bytes derived from *password* and *salt* in so many *passes* over *kibibytes* of memory. */
  return (password, salt, kibibytes, passes, length) => {
    const blocks = SLICES * Math.floor(kibibytes / SLICES);
    const segment = blocks / SLICES;
    if (FIRST + blocks * BLOCK > bytes.length) throw new Error("too much memory");
    const place = (index) => FIRST + index * BLOCK;
    const seed = hash(
      64,
      words(1, length, kibibytes, passes, VERSION, TYPE, password.length), password,
      words(salt.length), salt, words(0, 0),
    );
    for (const index of [0, 1]) bytes.set(longHash(BLOCK, seed, words(index, 0)), place(index));
    bytes.fill(0, 0, FIRST);

    const fillSegment = (pass, slice) => {
      const isDataIndependent = pass === 0 && slice < 2;
      bytes.fill(0, COUNTED, ZERO);
      // Six numbers of 64 bits, and the count of what is made from them.
      numbers.set([pass, 0, 0, 0, slice, 0, blocks, 0, passes, 0, TYPE, 0, 0], COUNTED / 4);
      for (let step = 0; step < segment; step++) {
        if (isDataIndependent && step % ADDRESSES_PER_BLOCK === 0) {
          numbers[COUNTED / 4 + 12]++;
          G2(ZERO, COUNTED, ADDRESSES, ZEROS_IN_WORK);
        }
        const index = slice * segment + step;
        if (pass === 0 && index < 2) continue;
        const before = place(index ? index - 1 : blocks - 1);
        const address = isDataIndependent ? ADDRESSES + (step % ADDRESSES_PER_BLOCK) * 8 : before;
        getLZ(CHOSEN, address, 0, 1, pass, slice, step, SLICES, segment);
        const reference = place(numbers[CHOSEN / 4 + 1]);
        if (pass === 0) G(before, reference, place(index), ZEROS_IN_WORK);
        else {
          G(before, reference, NEW, ZEROS_IN_WORK);
          xor(place(index), NEW, place(index));
        }
      }
    };

    for (let pass = 0; pass < passes; pass++) for (let slice = 0; slice < SLICES; slice++) fillSegment(pass, slice);
    return longHash(length, bytes.slice(place(blocks - 1), place(blocks)));
  };
}
