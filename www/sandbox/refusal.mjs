// What the contract says when it says no: one error class and one sentence a status.
// The sentences are the sandbox's own, and never quote what the caller sent.

/** @type {Record<number, string>} */
const SENTENCES = {
  400: "The body or a parameter has a wrong key or a value of the wrong type.",
  401: "A valid access token is required: it is missing, unknown or expired.",
  403: "Forbidden.",
  404: "No tracker has this id.",
  409: "Another tracker of this account has this name.",
  413: "The request body is over 1 MB (1,048,576 bytes).",
  415: "Content-Type must be application/json.",
  429: "More than one API call at a time: wait until the call before has been answered.",
  500: "The server failed.",
  502: "The server did not acknowledge the request.",
  503: "The service is unavailable.",
  504: "The server did not answer in time.",
};

/**
 * The sentence that an answer of this status carries unless something more exact is known.
 *
 * @param {number} status an HTTP status code
 * @returns {string}
 */
export function sentenceFor(status) {
  return SENTENCES[status] ?? `Status ${status}.`;
}

/** The contract refuses a call: `statusCode` is where Fastify looks for the status. */
export class Refusal extends Error {
  /**
   * @param {number} statusCode
   * @param {string} [message] default: the sentence of the status
   */
  constructor(statusCode, message = sentenceFor(statusCode)) {
    super(message);
    this.name = "Refusal";
    this.statusCode = statusCode;
  }
}
