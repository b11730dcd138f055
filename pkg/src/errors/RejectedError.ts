import { TrackerError } from "./TrackerError.js";

/**
 * The service, or a gateway before it, answered with an error status. Not that no answer came, which is a
 * {@link NetworkError} or a {@link TimeoutError}.
 */
export class RejectedError extends TrackerError {
  override name = "RejectedError";
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
  declare readonly status: number;
}
