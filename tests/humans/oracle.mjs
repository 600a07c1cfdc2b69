// Another implementation of Privacy Pass, as client and as verifier, over standard input and output: one JSON a line.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const { AuthorizationHeader, TOKEN_TYPES, WWWAuthenticateHeader, publicVerif } = await import(pathToFileURL(process.argv[2]));
const TYPE = TOKEN_TYPES.BLIND_RSA;
const MODE = publicVerif.BlindRSAMode.PSS;
const client = new publicVerif.Client(MODE);
const hex = (bytes) => Buffer.from(bytes).toString("hex");
const bytes = (text) => new Uint8Array(Buffer.from(text, "hex"));

const verbs = {
  ask: async ({ header }) => {
    const [asked] = WWWAuthenticateHeader.parse(header);
    const request = await client.createTokenRequest(asked.challenge, asked.tokenKey);
    return { request: hex(request.serialize()), maxAge: asked.maxAge };
  },
  finalize: async ({ response }) => {
    const token = await client.finalize(client.deserializeTokenResponse(bytes(response)));
    return { header: new AuthorizationHeader(token).toString(true) };
  },
  verify: async ({ header, plainKey }) => {
    const [sent] = AuthorizationHeader.parse(TYPE, header);
    const key = await crypto.subtle.importKey("spki", bytes(plainKey), TYPE.rsaParams, true, ["verify"]);
    return { good: await new publicVerif.Origin(MODE).verify(sent.token, key) };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const said = JSON.parse(line);
  console.log(JSON.stringify(await verbs[said.verb](said)));
}
