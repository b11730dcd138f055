import { TrackerError } from "./TrackerError.js";

/**
 * The service, or a gateway in front of it, responded with an error status. If no response arrived, the error is a
 * {@link NetworkError} or a {@link TimeoutError}.
 */
export class RejectedError extends TrackerError {
  /** The name of the class, also in minified code. */
  override name = "RejectedError";
  /**
   * The reason, by the status; stable. `rejected` is any other status below 500, `server_error` any other one from 500.
   */
  declare readonly code:
    | "bad_request"
    | "unauthorized"
    | "forbidden"
    | "not_found"
    | "request_timeout"
    | "conflict"
    | "too_large"
    | "too_many_requests"
    | "server_error"
    | "bad_gateway"
    | "unavailable"
    | "gateway_timeout"
    | "rejected";
  /** The status of the last response. */
  declare readonly status: number;
}
