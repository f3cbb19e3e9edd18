/**
 * Answers lines of JSON on the standard input, [rule, arguments], each with what the page makes of
 * it.
 */
import { createInterface } from "node:readline";
import { decode, encode, RULES } from "./rules.js";

for await (const line of createInterface({ input: process.stdin })) {
  const [rule, args] = decode(line);
  let answer;
  try {
    answer = encode(RULES[rule](...args));
  } catch (error) {
    answer = encode({ error: String(error?.stack) });
  }
  process.stdout.write(`${answer}\n`);
}
