/**
 * A question that only the service answers of whose key an output knows: X25519, as
 * zwsnb/server/doors/exchange.py has it. Who has a copy of the output can ask it too, but has no
 * answer to what another asks. `crypto.subtle` is there for secure origins only.
 */

const PRIME = 2n ** 255n - 19n;
const BASE = 9n;
const TOP = 254n;
const A24 = 121665n;

/**
 * @param {string} key of the service
 * @returns {{point: string, answer: string}} what is asked, and what only the service answers
 */
export function questionTo(key) {
  const secret = randomSecret();
  return { point: times(secret, BASE), answer: times(secret, BigInt(`0x${key}`)) };
}

/** A multiple of 8, of which no point tells a remainder. */
function randomSecret() {
  const words = crypto.getRandomValues(new BigUint64Array(4));
  const number = words.reduce((sum, word) => (sum << 64n) | word);
  return (BigInt.asUintN(251, number) << 3n) | (1n << TOP);
}

/**
 * So many times a point; of all points one coordinate (RFC 7748, 5).
 * @param {bigint} number
 * @param {bigint} point
 * @returns {string} in hexadecimal
 */
export function times(number, point) {
  let [x2, z2, x3, z3] = [1n, 0n, point, 1n];
  for (let bit = TOP; bit >= 0n; bit--) {
    const swap = () => {
      if ((number >> bit) & 1n) [x2, z2, x3, z3] = [x3, z3, x2, z2];
    };
    swap();
    const [plus, minus] = [(x2 + z2) ** 2n % PRIME, (x2 - z2) ** 2n % PRIME];
    const [far, near] = [(x3 - z3) * (x2 + z2), (x3 + z3) * (x2 - z2)];
    const both = plus - minus;
    [x3, z3] = [(far + near) ** 2n % PRIME, (point * (far - near) ** 2n) % PRIME];
    [x2, z2] = [(plus * minus) % PRIME, (both * (plus + A24 * both)) % PRIME];
    swap();
  }
  return ((((x2 * inverse(z2)) % PRIME) + PRIME) % PRIME).toString(16);
}

/** By Fermat's little theorem: of the bits of the prime less 2 two are none. @param {bigint} number */
function inverse(number) {
  let found = 1n;
  for (let bit = TOP; bit >= 0n; bit--)
    found = (found ** 2n * (bit === 2n || bit === 4n ? 1n : number)) % PRIME;
  return found;
}
