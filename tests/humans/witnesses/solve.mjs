// Solves the challenge on standard input with ALTCHA's own solver, and writes the payload that its widget would send.
import { pathToFileURL } from "node:url";

const altcha = await import(pathToFileURL(`${process.argv[2]}/altcha/dist/lib/index.js`));
let text = "";
for await (const part of process.stdin) text += part;
const challenge = JSON.parse(text);
const { deriveKey } = challenge.parameters.algorithm === "ARGON2ID" ? altcha.argon2id : altcha.pbkdf2;
const solution = await altcha.solveChallenge({ challenge, deriveKey });
process.stdout.write(Buffer.from(JSON.stringify({ challenge, solution })).toString("base64"));
