// Says what is being done, how far it is and how long each step took.

/** A step that takes longer than this says that it is alive, and at what. */
const HEARTBEAT_MS = 30_000;

/** @param {number} since as `performance.now()` gave it */
export const seconds = (since) => {
  const passed = (performance.now() - since) / 1000;
  return passed < 10 ? passed.toFixed(1) : passed.toFixed(0);
};

export class Progress {
  #begun = 0;

  /**
   * @param {string} name what all of it is called
   * @param {number} steps how many there will be: known before the first begins, so that it can say `[1/5]`
   */
  constructor(name, steps) {
    this.name = name;
    this.steps = steps;
  }

  /**
   * @template T
   * @param {string} title
   * @param {(onLine: (line: string) => void) => Promise<T>} work `onLine` is told what is going on inside
   */
  async step(title, work) {
    const number = `${this.name} [${++this.#begun}/${this.steps}]`;
    const begin = performance.now();
    let last = "";
    console.log(`${number} ${title} …`);
    const heartbeat = setInterval(() => {
      console.log(`${number} … ${seconds(begin)} s${last && `: ${last.slice(0, 80)}`}`);
    }, HEARTBEAT_MS);
    try {
      const result = await work((line) => {
        last = line;
      });
      console.log(`${number} done in ${seconds(begin)} s: ${title.replace(/ \(about .*\)$/, "")}`);
      return result;
    } finally {
      clearInterval(heartbeat);
    }
  }
}
