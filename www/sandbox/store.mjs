// What the service knows: tokens, accounts and their trackers. All in memory; no HTTP here.

import { randomBytes } from "node:crypto";
import { Refusal } from "./refusal.mjs";

/** @import { Settings } from "./settings.mjs" */

/**
 * @typedef {object} Tracker
 * @property {string} id
 * @property {string} name
 * @property {string[]} vocabulary
 */

/** @typedef {Pick<Tracker, "name" | "vocabulary">} NewTracker */

const TRACKERS_PER_ACCOUNT = 500;

// The vendor's documented sample: a PUT of three phrases is answered with those three and these four.
/** @type {Tracker} */
const SAMPLE = {
  id: "4476908732794496",
  name: "Promotion Mention",
  vocabulary: [
    "We have a special promotion going on if you book this before",
    "I can offer you a discount of 10 20 percent you being a new customer for us",
    "We have our month special this month",
    "We have a sale right now on",
  ],
};

/** One account: its trackers, and who is calling right now. */
export class Account {
  /** @type {Map<string, Tracker>} */
  #trackers = new Map([[SAMPLE.id, SAMPLE]]);
  /** @type {Map<string, string>} name → id */
  #names = new Map([[SAMPLE.name, SAMPLE.id]]);
  #lastId = Number(SAMPLE.id);
  /** @type {object | null} the call that is being served */
  #serving = null;
  #inFlight = 0;
  /** The most calls that were ever under way at once, refused ones included. */
  maxConcurrent = 0;

  /**
   * A call arrives. Whatever the answer, `leave` has to follow.
   *
   * @param {object} call
   * @returns {boolean} whether it may go on: only one call at a time does
   */
  enter(call) {
    this.#inFlight++;
    this.maxConcurrent = Math.max(this.maxConcurrent, this.#inFlight);
    if (this.#serving) return false;
    this.#serving = call;
    return true;
  }

  /** @param {object} call one that entered */
  leave(call) {
    this.#inFlight--;
    if (this.#serving === call) this.#serving = null;
  }

  /**
   * @param {string} id
   * @returns {Tracker}
   */
  get(id) {
    const tracker = this.#trackers.get(id);
    if (!tracker) throw new Refusal(404);
    return tracker;
  }

  /**
   * @param {string} [name] exact and case-sensitive; default: every tracker
   * @returns {Tracker[]}
   */
  list(name) {
    if (name === undefined) return [...this.#trackers.values()];
    const id = this.#names.get(name);
    return id === undefined ? [] : [this.get(id)];
  }

  /**
   * @param {Tracker} sent
   * @param {Settings["update"]} how
   * @returns {Tracker} as it is stored now
   */
  update(sent, how) {
    const before = this.get(sent.id);
    const owner = this.#names.get(sent.name);
    if (owner !== undefined && owner !== sent.id) throw new Refusal(409);
    const phrases = how === "merge" ? new Set([...sent.vocabulary, ...before.vocabulary]) : sent.vocabulary;
    const after = { id: sent.id, name: sent.name, vocabulary: [...phrases] };
    this.#names.delete(before.name);
    this.#put(after);
    return after;
  }

  /**
   * All or nothing.
   *
   * @param {NewTracker[]} sent
   * @returns {Tracker[]} the same with their ids
   */
  create(sent) {
    // The contract names the maximum but no status for it. 400, as it is about what was sent: 409 and 429
    // would make a client rename or wait, which does not help.
    if (this.#trackers.size + sent.length > TRACKERS_PER_ACCOUNT) {
      throw new Refusal(400, `An account holds at most ${TRACKERS_PER_ACCOUNT} trackers: delete one first.`);
    }
    const names = new Set(sent.map(({ name }) => name));
    if (names.size < sent.length) throw new Refusal(409, "Two of the trackers sent have the same name.");
    if (sent.some(({ name }) => this.#names.has(name))) throw new Refusal(409);
    return sent.map(({ name, vocabulary }) => {
      this.#lastId++;
      return this.#put({ id: String(this.#lastId), name, vocabulary });
    });
  }

  /** @param {string} id */
  remove(id) {
    this.#names.delete(this.get(id).name);
    this.#trackers.delete(id);
  }

  /**
   * @param {Tracker} tracker
   * @returns {Tracker}
   */
  #put(tracker) {
    this.#trackers.set(tracker.id, tracker);
    this.#names.set(tracker.name, tracker.id);
    return tracker;
  }
}

/** Tokens and accounts. An account exists from its first call on, and starts with the documented sample. */
export class Store {
  /** @type {Map<string, Account>} by key, which is the appId */
  #accounts = new Map();
  /** @type {Map<string, { key: string, expires: number }>} */
  #tokens = new Map();

  /**
   * @param {string} key the account's appId
   * @returns {Account}
   */
  account(key) {
    let account = this.#accounts.get(key);
    if (!account) {
      account = new Account();
      this.#accounts.set(key, account);
    }
    return account;
  }

  /**
   * @param {string} key the account's appId
   * @param {number} lifetime in seconds
   * @returns {string}
   */
  issueToken(key, lifetime) {
    const token = randomBytes(32).toString("base64url");
    this.#tokens.set(token, { key, expires: Date.now() + lifetime * 1000 });
    return token;
  }

  /**
   * @param {string} token
   * @returns {string | null} the key of its account, or null where the token is not valid (any more)
   */
  keyOf(token) {
    const found = this.#tokens.get(token);
    return found && Date.now() < found.expires ? found.key : null;
  }

  /** @param {string} [key] default: the tokens of every account */
  expireTokens(key) {
    for (const [token, { key: owner }] of this.#tokens) {
      if (key === undefined || key === owner) this.#tokens.delete(token);
    }
  }

  /**
   * Back to the documented sample. Tokens stay valid, so that a test need not fetch another.
   *
   * @param {string} [key] default: every account
   */
  reset(key) {
    if (key === undefined) this.#accounts.clear();
    else this.#accounts.delete(key);
  }

  /**
   * @param {string} [key] default: every account
   * @returns {Record<string, number>} by key
   */
  maxConcurrent(key) {
    /** @type {Record<string, number>} */
    const most = Object.create(null);
    for (const [owner, account] of this.#accounts) {
      if (key === undefined || key === owner) most[owner] = account.maxConcurrent;
    }
    return most;
  }
}
