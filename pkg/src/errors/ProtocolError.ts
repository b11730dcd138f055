import { TrackerError } from "./TrackerError.js";

/**
 * The service reported a success and its answer cannot be used, or it redirects. Not that it refused, which is a
 * {@link RejectedError}: here the change may well have been applied, see `outcome`.
 */
export class ProtocolError extends TrackerError {
  override name = "ProtocolError";
  declare readonly code:
    | "redirect"
    | "web_page"
    | "empty"
    | "not_json"
    | "cut_short"
    | "too_long"
    | "wrong_shape"
    | "wrong_tracker";
}
