import { TrackerError } from "./TrackerError.js";

/**
 * The connection failed, or the browser withheld the response from this page (CORS). Not a response that took
 * too long, which is a {@link TimeoutError}, nor one that broke off, which is a {@link ProtocolError}.
 */
export class NetworkError extends TrackerError {
  override name = "NetworkError";
  declare readonly code: "connection_refused" | "connection_lost" | "insecure_connection" | "blocked_port";
}
