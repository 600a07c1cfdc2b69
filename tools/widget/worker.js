// Solves a proof of work of ALTCHA's (protocol v2) beside the page: argon2id in WebAssembly, or PBKDF2 where there is none.
import simd from "argon2id/dist/simd.wasm";
import plain from "argon2id/dist/no-simd.wasm";
import loadArgon2id from "./argon2id.js";

const fromHex = (text) => Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));
const toHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

const pbkdf2 = async (password, salt, iterations, length) => {
  const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, length * 8));
};

const ask = async (address) => {
  const response = await fetch(address, { credentials: "omit", cache: "no-store" });
  if (!response.ok) throw new Error(`${response.status}`);
  return response.json();
};

/** Return the counter and the key that *challenge* looks for. */
const solve = async ({ parameters }, argon2id) => {
  const { algorithm, cost, keyLength, keyPrefix, memoryCost } = parameters;
  const nonce = fromHex(parameters.nonce);
  const salt = fromHex(parameters.salt);
  const password = new Uint8Array(nonce.length + 4);
  password.set(nonce);
  for (let counter = 0; ; counter++) {
    new DataView(password.buffer).setUint32(nonce.length, counter);
    const key =
      algorithm === "ARGON2ID"
        ? argon2id(password, salt, memoryCost, cost, keyLength)
        : await pbkdf2(password, salt, cost, keyLength);
    const derivedKey = toHex(key);
    if (derivedKey.startsWith(keyPrefix)) return { counter, derivedKey };
  }
};

const work = async (address) => {
  const argon2id = await loadArgon2id(simd, plain).catch(() => null);
  const challenge = await ask(argon2id ? address : `${address}&without=wasm`);
  const began = performance.now();
  const solution = await solve(challenge, argon2id);
  solution.time = Math.round(performance.now() - began);
  return btoa(JSON.stringify({ challenge, solution }));
};

onmessage = ({ data }) => work(data).then(postMessage, () => postMessage(""));
