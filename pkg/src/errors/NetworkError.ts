import { TrackerError } from "./TrackerError.js";

/**
 * The connection failed, or the browser withheld the response from this page (CORS). Not a response that took
 * too long, which is a {@link TimeoutError}, nor one that broke off, which is a {@link ProtocolError}.
 */
export class NetworkError extends TrackerError {
  /** The name of the class, also in minified code. */
  override name = "NetworkError";
  /**
   * The reason; stable. Browsers do not tell a page why a connection failed: there it is `connection_lost`. In Node.js it is
   * also `connection_refused` for a connection that could not be made, `insecure_connection` for a problem with TLS or a
   * certificate, and `blocked_port` for a port that `fetch` does not connect to.
   */
  declare readonly code: "connection_refused" | "connection_lost" | "insecure_connection" | "blocked_port";
}
