/**
 * What is shown in place of the names of series; where they are too long for their place, cut so
 * that they still differ from one another. The rules are those of zwsnb/painting/looks.py.
 */

/** Characters of a name that is shown beside others, and of one where there is hardly any room. */
const SHORT = 24;
const BRIEF = 12;

export class Labels {
  /** By the names of series. @type {Map<string, string>} */
  #whole = new Map();
  /** By what is shown as a whole. @type {Map<string, string>} */
  #short = new Map();
  /** @type {Map<string, string>} */
  #brief = new Map();

  /** @param {[name: string, shown: string][]} names */
  update(names) {
    this.#whole = new Map(names);
    this.#short = shortNames(this.#whole.values(), SHORT);
    this.#brief = shortNames(this.#whole.values(), BRIEF);
  }

  /** @param {string} name */
  of(name) {
    return this.#whole.get(name) ?? name;
  }

  /** Beside others. @param {string} name */
  shortOf(name) {
    const whole = this.of(name);
    return this.#short.get(whole) ?? whole;
  }

  /** Where there is hardly any room. @param {string} name */
  briefOf(name) {
    const whole = this.of(name);
    return this.#brief.get(whole) ?? whole;
  }
}

/**
 * What is shown in place of the name of a series, a run of what was published as `of`: its label,
 * with that of the run or its number; a name that the user has given it stays.
 * @param {{name: string, of: string, run: string, number: number}} series
 * @param {string | null} label
 */
export function shownName({ name, of, run, number }, label) {
  const given = [of, `${of} (${number})`, `${of} · ${run}`, `${of} · ${run} (${number})`];
  return label && given.includes(name) ? label + name.slice(of.length) : name;
}

/**
 * Names of at most so many characters, by the whole ones. They are cut in the middle, and those
 * that would be the same elsewhere, so that it shows where they differ.
 * @param {Iterable<string>} names
 * @param {number} most
 * @returns {Map<string, string>}
 */
export function shortNames(names, most) {
  const found = new Map(
    [...names].map((name) => [name, cut([...name], Math.floor((most - 1) / 2), most)]),
  );
  /** @type {Map<string, string[]>} */
  const alike = new Map();
  for (const [name, short] of found) {
    const group = alike.get(short);
    if (group) group.push(name);
    else alike.set(short, [name]);
  }
  const taken = new Set(
    [...alike].filter(([, { length }]) => length === 1).map(([short]) => short),
  );
  for (const group of alike.values()) {
    if (group.length < 2) continue;
    for (const [index, short] of toldApart(group, most, taken).entries()) {
      found.set(/** @type {string} */ (group[index]), short);
      taken.add(short);
    }
  }
  return found;
}

/**
 * Names that begin and end alike, with the word at which they begin to differ, in the first way that
 * tells them from one another and from those that are taken.
 * @param {string[]} names
 * @param {number} most
 * @param {Set<string>} taken
 */
function toldApart(names, most, taken) {
  const all = names.map((name) => [...name]);
  let begin = commonPrefix(all);
  const behind = commonPrefix(all.map((name) => name.slice(begin + 1).reverse()));
  while (begin > 0 && isOfAWord(all[0]?.[begin - 1])) begin -= 1;
  const longest = Math.max(...all.map(({ length }) => length));
  const ways = [all.map((name) => fromBoth(name, begin, most))];
  // Or the end would say nothing.
  if (longest - behind < most - Math.floor(most / 3))
    ways.unshift(all.map((name) => cut(name, name.length - behind, most)));
  if (longest - begin < most)
    ways.unshift(all.map((name) => cut(name, most - 1 - name.length + begin, most)));
  const isGood = (/** @type {string[]} */ way) =>
    new Set(way).size === way.length && !way.some((short) => taken.has(short));
  return ways.find(isGood) ?? /** @type {string[]} */ (ways.at(-1));
}

/**
 * The word at which a name begins to differ, and how it ends.
 * @param {string[]} name its characters
 * @param {number} begin
 * @param {number} most
 */
function fromBoth(name, begin, most) {
  const last = Math.min(name.length, begin + Math.floor((most - 2) / 2));
  let end = begin + 1;
  while (end < last && isOfAWord(name[end])) end += 1;
  const tail = name.slice(name.length - (most - 2 - end + begin));
  return `…${name.slice(begin, end).join("")}…${tail.join("")}`;
}

/** @param {string} [character] */
function isOfAWord(character = "") {
  return /[A-Za-z0-9]/.test(character);
}

/** How many characters all begin with. @param {string[][]} names */
function commonPrefix(names) {
  const [first = [], ...others] = names;
  const at = first.findIndex((one, index) => others.some((other) => other[index] !== one));
  return at < 0 ? first.length : at;
}

/** @param {string[]} name its characters @param {number} head how many stay at the beginning @param {number} most */
function cut(name, head, most) {
  if (name.length <= most) return name.join("");
  return `${name.slice(0, head).join("")}…${name.slice(name.length - (most - 1 - head)).join("")}`;
}
