import assert from "node:assert/strict";
import { test } from "node:test";
import { questionTo, times } from "../../../static/embed/exchange.js";

/** Bytes in hexadecimal, the lowest first as RFC 7748 writes them. @param {string} text */
const number = (text) => BigInt(`0x${text.match(/../g).reverse().join("")}`);

/** @param {string} secret */
const clamped = (secret) => BigInt.asUintN(254, number(secret) & -8n) | (1n << 254n);

for (const [secret, point, answer] of [
  [
    "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
    "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c",
    "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552",
  ],
  [
    "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
    "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a413",
    "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957",
  ],
])
  test(`the standard's answer for ${secret.slice(0, 4)}`, () =>
    assert.equal(times(clamped(secret), number(point)), number(answer).toString(16)));

test("only who has the secret of a key answers, and each question has another answer", () => {
  const secret = clamped("77".repeat(32));
  const key = times(secret, 9n);
  const [one, two] = [questionTo(key), questionTo(key)];
  for (const { point, answer } of [one, two])
    assert.equal(times(secret, BigInt(`0x${point}`)), answer);
  assert.notEqual(one.point, two.point);
  assert.notEqual(one.answer, two.answer);
  assert.notEqual(times(clamped("78".repeat(32)), BigInt(`0x${one.point}`)), one.answer);
});
