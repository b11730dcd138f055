import { TrackerError } from "./TrackerError.js";

/**
 * The service reported a success but the response cannot be used, or it redirects, or `fetch` returned something that
 * is not a response. Not a refusal, which is a {@link RejectedError}: the change may have been applied, see `outcome`.
 */
export class ProtocolError extends TrackerError {
  /** The name of the class, also in minified code. */
  override name = "ProtocolError";
  /** What is wrong with the response; stable. */
  declare readonly code:
    | "redirect"
    | "web_page"
    | "empty"
    | "not_json"
    | "cut_short"
    | "too_long"
    | "wrong_shape"
    | "wrong_tracker"
    | "unreadable_body"
    | "invalid_response";
}
