//! Whether a failed attempt is followed by another, and when: a pure function, without a clock.

/// Attempts after the first. Four attempts outlast the restart of a server; more only crowd one that is down.
pub const RETRIES: u32 = 3;
/// Milliseconds for one attempt, including the response body. Gateways give up (504) sooner.
pub const TIMEOUT_MS: u32 = 15_000;
/// Milliseconds for the call as a whole: queue, lock, token, attempts and waits. No one watches a spinner for longer.
pub const TOTAL_TIMEOUT_MS: u32 = 60_000;
/// Milliseconds before the first retry. Doubles with every further one.
pub const BACKOFF_BASE_MS: u32 = 500;
/// The most milliseconds before any retry, unless the service asks for more.
pub const BACKOFF_CAP_MS: u32 = 8_000;
/// The least share of the backoff that jitter leaves, so that clients that failed together do not retry together.
pub const JITTER_MIN: f64 = 0.5;

/// Whether a change took place at the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It did.
    Applied,
    /// It certainly did not.
    NotApplied,
    /// It may have.
    Unknown,
}

impl Outcome {
    /// As errors name it: `applied`, `not_applied`, `unknown`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::NotApplied => "not_applied",
            Self::Unknown => "unknown",
        }
    }

    /// What is known after one more attempt that failed.
    pub fn after(self, fault: Fault) -> Self {
        if fault.outcome() == Self::Unknown { Self::Unknown } else { self }
    }
}

/// Why an attempt failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// A response with a status of 400 or more.
    Status(u16),
    /// No connection was made: refused, no route, or an unknown host.
    Refused,
    /// The server's certificate or its TLS is not acceptable, so that no request was sent.
    Insecure,
    /// The port is one of those that `fetch` blocks.
    BlockedPort,
    /// The connection failed before a response arrived, or the browser withheld the response.
    Lost,
    /// No response arrived within the time of an attempt.
    TimedOut,
}

impl Fault {
    /// Classifies a failed request by the engine's codes for it, separated by spaces. The first known code decides.
    ///
    /// Node, Bun and Deno have codes; a browser only tells a page that something failed. `connect` and `getaddrinfo`
    /// are system calls that fail before anything can be sent, whatever the code.
    ///
    /// ```
    /// use symbl_tracker::call::Fault;
    ///
    /// assert_eq!(Fault::from_codes("UND_ERR CERT_HAS_EXPIRED"), Fault::Insecure);
    /// assert_eq!(Fault::from_codes("ECONNRESET"), Fault::Lost);
    /// ```
    pub fn from_codes(codes: &str) -> Self {
        words(codes).find_map(Self::from_code).unwrap_or(Self::Lost)
    }

    fn from_code(code: &[u8]) -> Option<Self> {
        const REFUSED: &str = "ECONNREFUSED ENOTFOUND EAI_AGAIN ENETUNREACH EHOSTUNREACH ENETDOWN EADDRNOTAVAIL \
            UND_ERR_CONNECT_TIMEOUT ConnectionRefused FailedToOpenSocket connect getaddrinfo";
        const INSECURE: &str = "SELF_SIGNED_CERT_IN_CHAIN DEPTH_ZERO_SELF_SIGNED_CERT HOSTNAME_MISMATCH \
            INVALID_CA INVALID_PURPOSE PATH_LENGTH_EXCEEDED";
        const INSECURE_STARTS: &str = "CERT_ UNABLE_TO_ CRL_ ERR_TLS_CERT_ ERR_SSL_ ERROR_IN_CERT_";
        // These also occur after a request was sent.
        const LATE_ENDS: &str = "BAD_RECORD_MAC EOF CLOSE_NOTIFY";
        let is_in = |list| words(list).any(|known| known == code);
        if is_in(REFUSED) {
            return Some(Self::Refused);
        }
        if code == b"blocked-port" {
            return Some(Self::BlockedPort);
        }
        let is_late = words(LATE_ENDS).any(|end| code.ends_with(end));
        let is_tls = is_in(INSECURE) || words(INSECURE_STARTS).any(|start| code.starts_with(start));
        (is_tls && !is_late).then_some(Self::Insecure)
    }

    /// Whether the change of this attempt took place.
    ///
    /// A server, or a gateway in front of it, may fail after the change: only a refusal (4xx) and a connection that
    /// was never made are certain. 408 says that part of a request arrived late, but not which part.
    pub fn outcome(self) -> Outcome {
        match self {
            Self::Status(408) => Outcome::Unknown,
            Self::Status(400..=499) | Self::Refused | Self::Insecure | Self::BlockedPort => {
                Outcome::NotApplied
            }
            Self::Status(_) | Self::Lost | Self::TimedOut => Outcome::Unknown,
        }
    }

    /// Whether another attempt may succeed.
    fn is_transient(self) -> bool {
        matches!(
            self,
            Self::Status(408 | 429 | 500 | 502 | 503 | 504) | Self::Refused | Self::Lost | Self::TimedOut
        )
    }
}

/// The words of a text, which are separated by spaces. As bytes: splitting a `str` adds 1 kB of code to wasm.
fn words(text: &str) -> impl Iterator<Item = &[u8]> {
    text.as_bytes().split(|&byte| byte == b' ').filter(|word| !word.is_empty())
}

/// What the decision depends on, besides the fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryState {
    /// Retries made so far. The attempt after a new token does not count.
    pub retries: u32,
    /// Retries allowed.
    pub max_retries: u32,
    /// Whether repeating the request is harmless. Otherwise it is repeated only if it certainly had no effect.
    pub idempotent: bool,
    /// Whether a token function can still be asked for a new token.
    pub may_refresh: bool,
    /// Milliseconds left of the time for the whole call.
    pub left_ms: u64,
    /// Milliseconds that the service asked to wait (`Retry-After`).
    pub retry_after_ms: Option<u64>,
}

/// What to do after a failed attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Wait this many milliseconds, then try again.
    Wait(u64),
    /// Get a new token, then try again at once.
    Refresh,
    /// Report the fault.
    Stop,
}

/// Decides what follows a failed attempt. `random` is uniformly distributed between 0 and 1.
///
/// ```
/// use symbl_tracker::call::{Fault, Next, RetryState, next};
///
/// let state = RetryState {
///     retries: 0,
///     max_retries: 3,
///     idempotent: true,
///     may_refresh: false,
///     left_ms: 60_000,
///     retry_after_ms: None,
/// };
/// assert_eq!(next(Fault::Status(502), state, 1.0), Next::Wait(500));
/// assert_eq!(next(Fault::Status(404), state, 1.0), Next::Stop);
/// ```
pub fn next(fault: Fault, state: RetryState, random: f64) -> Next {
    if fault == Fault::Status(401) && state.may_refresh {
        return Next::Refresh;
    }
    let harmless = state.idempotent || fault.outcome() == Outcome::NotApplied;
    if !fault.is_transient() || !harmless || state.retries >= state.max_retries {
        return Next::Stop;
    }
    // Even if the service asks for a shorter wait: jitter keeps many clients apart.
    let wait = backoff_ms(state.retries, random).max(state.retry_after_ms.unwrap_or(0));
    if wait < state.left_ms { Next::Wait(wait) } else { Next::Stop }
}

/// Milliseconds before the next attempt: exponential backoff with jitter.
pub(crate) fn backoff_ms(retries: u32, random: f64) -> u64 {
    // Doubled five times, it is beyond the cap. The shift must not overflow.
    let most = (BACKOFF_BASE_MS << retries.min(5)).min(BACKOFF_CAP_MS);
    (f64::from(most) * (JITTER_MIN + random * (1.0 - JITTER_MIN))) as u64
}

/// Reads `Retry-After`, whole seconds or a date, as milliseconds from `now_ms` (since 1970). `None` if it is neither.
///
/// Of the three forms of a date only the one that may be written today (RFC 9110, section 5.6.7) is read. A
/// lenient date parser would take `7, 9` for a day in July.
pub fn retry_after_ms(value: &str, now_ms: u64) -> Option<u64> {
    match digits(value.as_bytes()) {
        Some(seconds) => Some(seconds.saturating_mul(1000)),
        None => Some(http_date_ms(value.as_bytes())?.saturating_sub(now_ms)),
    }
}

/// A number of digits only. Saturates.
fn digits(text: &[u8]) -> Option<u64> {
    let mut number = 0u64;
    for byte in text {
        if !byte.is_ascii_digit() {
            return None;
        }
        number = number.saturating_mul(10).saturating_add(u64::from(byte - b'0'));
    }
    if text.is_empty() { None } else { Some(number) }
}

/// `Sun, 06 Nov 1994 08:49:37 GMT` as milliseconds since 1970.
fn http_date_ms(value: &[u8]) -> Option<u64> {
    const MONTHS: &[u8] = b"JanFebMarAprMayJunJulAugSepOctNovDec";
    let &[_, _, _, b',', b' ', ref date @ ..] = value else { return None };
    let [d1, d2, b' ', month @ .., b':', m1, m2, b':', s1, s2, b' ', b'G', b'M', b'T'] = date else {
        return None;
    };
    let [month @ .., b' ', y1, y2, y3, y4, b' ', h1, h2] = month else { return None };
    let month = MONTHS.chunks(3).position(|name| name == month)? as u64 + 1;
    let (day, year) = (digits(&[*d1, *d2])?, digits(&[*y1, *y2, *y3, *y4])?);
    let (hour, minute, second) = (digits(&[*h1, *h2])?, digits(&[*m1, *m2])?, digits(&[*s1, *s2])?);
    if year < 1970 || !(1..=31).contains(&day) || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    // Days since 1 March of the year 0, so that the leap day comes last.
    let (y, m) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1;
    const DAYS_TO_1970: u64 = 719_468;
    let seconds = (days.checked_sub(DAYS_TO_1970)? * 24 + hour) * 3600 + minute * 60 + second;
    Some(seconds * 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATE: RetryState = RetryState {
        retries: 0,
        max_retries: RETRIES,
        idempotent: true,
        may_refresh: false,
        left_ms: TOTAL_TIMEOUT_MS as u64,
        retry_after_ms: None,
    };

    /// Each fault: whether it is retried if repeating is harmless, whether it is if not, and the outcome.
    #[test]
    fn policy() {
        use Outcome::{NotApplied, Unknown};
        for (fault, harmless, harmful, outcome) in [
            (Fault::Status(400), false, false, NotApplied),
            (Fault::Status(401), false, false, NotApplied),
            (Fault::Status(403), false, false, NotApplied),
            (Fault::Status(404), false, false, NotApplied),
            (Fault::Status(408), true, false, Unknown),
            (Fault::Status(409), false, false, NotApplied),
            (Fault::Status(413), false, false, NotApplied),
            (Fault::Status(422), false, false, NotApplied),
            (Fault::Status(429), true, true, NotApplied),
            (Fault::Status(500), true, false, Unknown),
            (Fault::Status(501), false, false, Unknown),
            (Fault::Status(502), true, false, Unknown),
            (Fault::Status(503), true, false, Unknown),
            (Fault::Status(504), true, false, Unknown),
            (Fault::Status(599), false, false, Unknown),
            (Fault::Refused, true, true, NotApplied),
            (Fault::Insecure, false, false, NotApplied),
            (Fault::BlockedPort, false, false, NotApplied),
            (Fault::Lost, true, false, Unknown),
            (Fault::TimedOut, true, false, Unknown),
        ] {
            let next = |idempotent| next(fault, RetryState { idempotent, ..STATE }, 1.0);
            let expected = |retried| if retried { Next::Wait(500) } else { Next::Stop };
            assert_eq!(next(true), expected(harmless), "{fault:?}");
            assert_eq!(next(false), expected(harmful), "{fault:?} of a POST");
            assert_eq!(fault.outcome(), outcome, "{fault:?}");
        }
    }

    #[test]
    fn engines_codes() {
        use Fault::{BlockedPort, Insecure, Lost, Refused};
        for (codes, fault) in [
            ("", Lost),
            ("ECONNRESET", Lost),
            ("UND_ERR_SOCKET", Lost),
            ("ECONNREFUSED", Refused),
            ("ENOTFOUND getaddrinfo", Refused),
            ("ETIMEDOUT", Lost),
            ("ETIMEDOUT connect", Refused),
            ("ConnectionRefused", Refused),
            ("UND_ERR_CONNECT_TIMEOUT", Refused),
            ("DEPTH_ZERO_SELF_SIGNED_CERT", Insecure),
            ("CERT_HAS_EXPIRED", Insecure),
            ("ERR_TLS_CERT_ALTNAME_INVALID", Insecure),
            ("UNABLE_TO_VERIFY_LEAF_SIGNATURE", Insecure),
            ("EPROTO ERR_SSL_WRONG_VERSION_NUMBER", Insecure),
            ("ERR_SSL_SSLV3_ALERT_BAD_RECORD_MAC", Lost),
            ("blocked-port", BlockedPort),
        ] {
            assert_eq!(Fault::from_codes(codes), fault, "{codes}");
        }
    }

    #[test]
    fn stops_after_the_last_retry() {
        let next =
            |retries, max_retries| next(Fault::Lost, RetryState { retries, max_retries, ..STATE }, 1.0);
        assert_eq!(next(2, 3), Next::Wait(2000));
        assert_eq!(next(3, 3), Next::Stop);
        assert_eq!(next(0, 0), Next::Stop);
    }

    #[test]
    fn waits_double_up_to_eight_seconds_and_are_halved_at_most() {
        for (retries, most) in [(0, 500), (1, 1000), (2, 2000), (3, 4000), (4, 8000), (5, 8000), (1000, 8000)]
        {
            let next =
                |random| next(Fault::Lost, RetryState { retries, max_retries: u32::MAX, ..STATE }, random);
            assert_eq!(next(1.0), Next::Wait(most));
            assert_eq!(next(0.5), Next::Wait(most * 3 / 4));
            assert_eq!(next(0.0), Next::Wait(most / 2));
        }
    }

    #[test]
    fn retry_after_is_never_shortened() {
        let next = |retry_after_ms, left_ms| {
            next(
                Fault::Status(429),
                RetryState { retry_after_ms: Some(retry_after_ms), left_ms, ..STATE },
                1.0,
            )
        };
        assert_eq!(next(2000, 60_000), Next::Wait(2000));
        assert_eq!(next(59_999, 60_000), Next::Wait(59_999));
        assert_eq!(next(60_000, 60_000), Next::Stop, "beyond what is left");
        assert_eq!(next(u64::MAX, 60_000), Next::Stop);
        assert_eq!(next(0, 60_000), Next::Wait(500), "waiting longer is allowed");
        assert_eq!(next(0, 400), Next::Stop, "no time is left for an attempt");
    }

    #[test]
    fn one_new_token_is_no_retry() {
        let next = |fault, may_refresh| next(fault, RetryState { may_refresh, max_retries: 0, ..STATE }, 1.0);
        assert_eq!(next(Fault::Status(401), true), Next::Refresh);
        assert_eq!(next(Fault::Status(401), false), Next::Stop);
        assert_eq!(next(Fault::Status(403), true), Next::Stop);
    }

    #[test]
    fn one_attempt_of_unknown_fate_makes_the_whole_unknown() {
        let after =
            |faults: &[Fault]| faults.iter().fold(Outcome::NotApplied, |known, &fault| known.after(fault));
        assert_eq!(after(&[]), Outcome::NotApplied, "nothing was sent");
        assert_eq!(after(&[Fault::Status(409)]), Outcome::NotApplied);
        assert_eq!(after(&[Fault::Status(429), Fault::Status(409)]), Outcome::NotApplied);
        assert_eq!(after(&[Fault::Status(504), Fault::Status(409)]), Outcome::Unknown);
        assert_eq!(after(&[Fault::Lost, Fault::Refused, Fault::Refused]), Outcome::Unknown);
        assert_eq!(after(&[Fault::Refused; 4]), Outcome::NotApplied);
    }

    #[test]
    fn reads_retry_after() {
        let now = 784_111_777_000; // Sun, 06 Nov 1994 08:49:37 GMT
        for (value, expected) in [
            ("0", Some(0)),
            ("2", Some(2000)),
            ("120", Some(120_000)),
            (" 120", None),
            ("99999999999999999999999", Some(u64::MAX)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(0)),
            ("Sun, 06 Nov 1994 08:49:40 GMT", Some(3000)),
            ("Sun, 06 Nov 1994 08:49:36 GMT", Some(0)),
            ("Thu, 29 Feb 1996 00:00:00 GMT", Some(825_552_000_000 - now)),
            ("Thu, 01 Jan 1970 00:00:00 GMT", Some(0)),
            ("7, 9", None),
            ("", None),
            ("-1", None),
            ("1.5", None),
            ("soon", None),
            ("Sun, 6 Nov 1994 08:49:37 GMT", None),
            ("Sun, 06 Nov 1994 08:49:37 CET", None),
            ("Sun, 06 Nov 1994 24:49:37 GMT", None),
            ("Sun Nov  6 08:49:37 1994", None),
        ] {
            assert_eq!(retry_after_ms(value, now), expected, "{value:?}");
        }
    }
}
