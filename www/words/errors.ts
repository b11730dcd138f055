/** Why something failed, in sentences for people who edit trackers. Keyed by the codes of the package's errors. */
import { isTrackerError, type TrackerError } from "symbl-tracker";

interface Words {
  /** What happened. */
  what: string;
  /** What to do next. Only shown if nothing was changed. */
  next: string;
}

const AGAIN = "Try again in a minute. If it happens again, tell the people who run this dashboard.";
const HOSTS = "Tell the people who run this dashboard.";

export const SENTENCES: Readonly<Record<string, Words>> = {
  bad_request: {
    what: "The service did not accept the tracker.",
    next: "Change what it names, then send it again.",
  },
  unauthorized: {
    what: "The service did not accept your sign-in.",
    next: "Reload the page, or sign in again.",
  },
  forbidden: {
    what: "You do not have permission to do this in this account.",
    next: "Ask someone who has it, or sign in as someone else.",
  },
  not_found: {
    what: "The service no longer has this tracker.",
    next: "Someone may have deleted it. You can create it again.",
  },
  request_timeout: { what: "The service did not receive everything in time.", next: AGAIN },
  conflict: { what: "Another tracker has this name.", next: "Choose another name, or edit that tracker." },
  too_large: {
    what: "The tracker is over the size limit.",
    next: "Remove phrases, or split it into several trackers.",
  },
  too_many_requests: {
    what: "The service is busy with another change to this account.",
    next: "Wait a moment, then try again.",
  },
  bad_gateway: { what: "The service did not confirm it.", next: AGAIN },
  unavailable: { what: "The service is not available.", next: AGAIN },
  gateway_timeout: { what: "The service did not answer in time.", next: AGAIN },
  rejected: { what: "The service refused it.", next: HOSTS },
  server_error: { what: "The service failed.", next: AGAIN },
  redirect: { what: "The answer came from an address that is not the service’s.", next: HOSTS },
  web_page: {
    what: "A web page came back instead of the service’s answer, perhaps the sign-in page of your network.",
    next: "Open a website in another tab to see whether the network asks you to sign in.",
  },
  empty: { what: "The service’s answer is empty.", next: AGAIN },
  not_json: { what: "The service’s answer cannot be read.", next: AGAIN },
  cut_short: { what: "The service’s answer broke off.", next: AGAIN },
  too_long: { what: "The service’s answer is far too long.", next: HOSTS },
  wrong_shape: { what: "The service’s answer does not have the expected form.", next: HOSTS },
  wrong_tracker: { what: "The service’s answer is about another tracker.", next: HOSTS },
  unreadable_body: { what: "The service’s answer cannot be read.", next: HOSTS },
  invalid_response: { what: "The service’s answer cannot be read.", next: HOSTS },
  invalid_option: { what: "This dashboard is not set up correctly.", next: HOSTS },
  token_unavailable: { what: "You could not be signed in.", next: "Reload the page, or sign in again." },
  crash: { what: "This page failed while it was sending.", next: "Reload the page. What you typed is kept." },
  connection_refused: {
    what: "The service cannot be reached.",
    next: "Check your connection, then try again.",
  },
  insecure_connection: {
    what: "No secure connection to the service could be made.",
    next: "Check the clock of this device, then try again.",
  },
  blocked_port: { what: "The browser does not connect to the service’s address.", next: HOSTS },
  connection_lost: {
    what: "The connection to the service failed.",
    next: "Check your connection, then try again.",
  },
  attempt_timeout: { what: "The service did not answer in time.", next: AGAIN },
  total_timeout: { what: "It took too long.", next: AGAIN },
  stale_tracker: {
    what: "Someone else changed this tracker since you opened it.",
    next: "Compare the two versions, and choose what to keep.",
  },
  invalid_tracker: { what: "The tracker has issues.", next: "Fix them, then send it again." },
  unsupported_environment: {
    what: "This browser cannot send trackers.",
    next: "Use a current version of your browser.",
  },
};

const OTHER_TAB: Words = {
  what: "Another tab of this dashboard kept the service busy.",
  next: "Wait until it is done there, then try again.",
};

/** What happened and what to do. */
export function reason(error: unknown): string {
  const cause = tokenProblem(error);
  if (cause !== undefined) return cause;
  if (!isTrackerError(error)) return error instanceof Error ? error.message : String(error);
  const { what, next } = wordsOf(error);
  // The advice is to send it again, which is only right if it was certainly not applied.
  return error.outcome === "not_applied" ? `${what}${quote(error)} ${next}` : `${what}${quote(error)}`;
}

/** If the page got no access token, the reason, which `Service` words for people. */
function tokenProblem(error: unknown): string | undefined {
  const hasCause =
    isTrackerError(error) && error.code === "token_unavailable" && error.cause instanceof Error;
  return hasCause ? (error.cause as Error).message : undefined;
}

function wordsOf({ code, attempts }: TrackerError): Words {
  if (code === "total_timeout" && attempts.length === 0) return OTHER_TAB;
  return SENTENCES[code] ?? { what: "It failed.", next: AGAIN };
}

/** The service's own message, unless it is written for programmers, such as "/vocabulary/3 must be string". */
function quote({ serverMessage }: TrackerError): string {
  if (serverMessage === undefined || /(^|\s)(body)?\/\w/.test(serverMessage)) return "";
  return ` It says: “${serverMessage}”`;
}
