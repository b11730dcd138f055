import { TrackerError } from "./TrackerError.js";

/**
 * The connection failed, or the browser withheld the answer from this page (CORS). Not that an answer took too
 * long, which is a {@link TimeoutError}, nor that it broke off after a success, which is a {@link ProtocolError}.
 */
export class NetworkError extends TrackerError {
  override name = "NetworkError";
  declare readonly code: "connection_refused" | "connection_lost";
}
