/**
 * Trackers to measure with. The phrases resemble those that people write; they are distinct and the same in every
 * run.
 *
 * @typedef {"ASCII" | "ASCII, many escapes" | "non-ASCII" | "non-ASCII, many escapes"} Kind
 */

/** @type {Kind[]} */
export const KINDS = ["ASCII", "ASCII, many escapes", "non-ASCII", "non-ASCII, many escapes"];

/** Maximum size of the JSON in bytes. The largest is the limit of the service. */
export const SIZES = { "1 KB": 1024, "10 KB": 10_240, "100 KB": 102_400, "1 MB": 1_048_576 };

const ASCII =
  "a the your our this that customer discount sale offer price month special today right now available promotion booking refund cancel plan upgrade contract renew don't what's call back manager delivery order late broken screen twenty percent free trial card details".split(
    " ",
  );
const BEYOND =
  "客户 折扣 促销 可以 取消 合同 今日 特別な 割引 をお願いします préavis réduction à côté déjà señor mañana descuento über größer für Rückgabe žádost příští скидка сегодня договор заказ छूट आज ग्राहक الخصم العميل 😀 🎉 할인 고객".split(
    " ",
  );

const encoder = new TextEncoder();

/** @param {number} seed */
function random(seed) {
  let state = seed;
  /** @param {number} below */
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/**
 * Returns JSON texts of trackers of `size` bytes, about a megabyte in total. One sample parses and validates each of
 * them once, which takes long enough for a timer with a resolution of 5 µs, whatever the size.
 *
 * @param {number} size
 * @param {Kind} kind
 */
export function trackers(size, kind) {
  return Array.from({ length: Math.round(SIZES["1 MB"] / size) }, (_, i) => tracker(size, kind, i + 1));
}

/**
 * @param {number} size
 * @param {Kind} kind
 * @param {number} [seed]
 */
export function tracker(size, kind, seed = 1) {
  const next = random(seed);
  const words = kind.startsWith("non") ? [...BEYOND, ...ASCII.slice(0, 20)] : ASCII;
  const many = kind.endsWith("escapes");
  /** @type {Set<string>} */
  const vocabulary = new Set();
  let room = size - JSON.stringify(named([])).length;
  for (;;) {
    let phrase = "";
    for (let count = 5 + next(6); count > 0; count--) {
      const word = String(words[next(words.length)]);
      phrase += (phrase && " ") + (next(many ? 3 : 700) === 0 ? escaped(word, next(many ? 4 : 1)) : word);
    }
    if (vocabulary.has(phrase)) continue;
    room -= encoder.encode(JSON.stringify(phrase)).length + 1;
    if (room < 0) return JSON.stringify(named([...vocabulary]));
    vocabulary.add(phrase);
  }
}

/**
 * Returns a word with a character that JSON has to escape. With few escapes, about one phrase in a hundred has a
 * quoted word. With many, every third word has an escape of some kind.
 *
 * @param {string} word
 * @param {number} way
 */
function escaped(word, way) {
  return [`"${word}"`, `${word}\n`, `\\${word}`, `\t${word}`][way];
}

/** @param {string[]} vocabulary */
function named(vocabulary) {
  return { id: "4476908732794496", name: "Promotion Mention", vocabulary };
}
