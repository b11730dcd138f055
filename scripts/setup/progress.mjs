// Prints which step is running, how many there are and how long each one took.

/** How often a long step prints that it is still running. */
const HEARTBEAT_MS = 30_000;

/** The seconds that have passed, as text. @param {number} since a value of `performance.now()` */
export const seconds = (since) => {
  const passed = (performance.now() - since) / 1000;
  return passed < 10 ? passed.toFixed(1) : passed.toFixed(0);
};

export class Progress {
  #begun = 0;

  /**
   * @param {string} name printed before each step
   * @param {number} steps the total number of steps, printed as in `[1/5]`
   */
  constructor(name, steps) {
    this.name = name;
    this.steps = steps;
  }

  /**
   * Runs a step and prints when it starts and ends.
   * @template T
   * @param {string} title
   * @param {(onLine: (line: string) => void) => Promise<T>} work `onLine` takes the latest line of output
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
