//! Whether a failed attempt is followed by another, and when: a pure function, without a clock.

/// Attempts after the first. Four attempts outlast the restart of a server; more only crowd one that is down.
pub const RETRIES: u32 = 3;
/// Milliseconds for one attempt, its answer's body included. Gateways give up (504) sooner.
pub const TIMEOUT_MS: u32 = 15_000;
/// Milliseconds for a call as a whole: queue, lock, token, attempts and waits. Nobody watches a spinner longer.
pub const TOTAL_TIMEOUT_MS: u32 = 60_000;
/// Milliseconds before the first retry; they double with every further one.
pub const FIRST_WAIT_MS: u32 = 500;
/// Milliseconds before any retry, unless the service asks for more.
pub const MOST_WAIT_MS: u32 = 8_000;
/// The least share of a wait that chance leaves, so that clients that failed together do not return together.
pub const LEAST_SHARE: f64 = 0.5;

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

/// What an attempt without a success came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// An answer with a status other than 2xx and 3xx.
    Status(u16),
    /// No connection was made.
    Refused,
    /// The connection failed before an answer came, or the browser withheld the answer.
    Lost,
    /// No answer came within the time of an attempt.
    TimedOut,
}

impl Fault {
    /// What the engine's code for a failed request means. Node has codes; browsers tell a page no more than that
    /// something failed.
    pub fn from_code(code: &str) -> Self {
        match code {
            "ECONNREFUSED" | "ENOTFOUND" | "EAI_AGAIN" | "UND_ERR_CONNECT_TIMEOUT" => Self::Refused,
            _ => Self::Lost,
        }
    }

    /// What became of the change that this attempt asked for.
    ///
    /// An error of the server, and of a gateway before it, may come after the change: only a refusal (4xx) and
    /// a connection that was never made are certain. 408 says that a request came late, not which part of it.
    pub fn outcome(self) -> Outcome {
        match self {
            Self::Status(408) => Outcome::Unknown,
            Self::Status(400..=499) | Self::Refused => Outcome::NotApplied,
            Self::Status(_) | Self::Lost | Self::TimedOut => Outcome::Unknown,
        }
    }

    /// Whether another attempt may fare better.
    fn is_passing(self) -> bool {
        matches!(
            self,
            Self::Status(408 | 429 | 500 | 502 | 503 | 504) | Self::Refused | Self::Lost | Self::TimedOut
        )
    }
}

/// What the decision depends on besides the fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SoFar {
    /// Retries made so far; the attempt after a new token is none.
    pub retries: u32,
    /// Retries allowed.
    pub max_retries: u32,
    /// Whether repeating the request is harmless; otherwise it is repeated only where it certainly took no effect.
    pub idempotent: bool,
    /// Whether there is a token function that has not been asked for a new token yet.
    pub may_refresh: bool,
    /// Milliseconds left of the time for the whole call.
    pub left_ms: u64,
    /// Milliseconds that the service asked to wait (`Retry-After`).
    pub retry_after_ms: Option<u64>,
}

/// What to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Wait so many milliseconds, then try again.
    Wait(u64),
    /// Get a new token, then try again at once.
    Refresh,
    /// Report the fault.
    Stop,
}

/// Decides what follows a failed attempt. `random` is drawn evenly from 0 to 1.
///
/// ```
/// use symbl_tracker::call::{Fault, Next, SoFar, next};
///
/// let so_far = SoFar {
///     retries: 0,
///     max_retries: 3,
///     idempotent: true,
///     may_refresh: false,
///     left_ms: 60_000,
///     retry_after_ms: None,
/// };
/// assert_eq!(next(Fault::Status(502), so_far, 1.0), Next::Wait(500));
/// assert_eq!(next(Fault::Status(404), so_far, 1.0), Next::Stop);
/// ```
pub fn next(fault: Fault, so_far: SoFar, random: f64) -> Next {
    if fault == Fault::Status(401) && so_far.may_refresh {
        return Next::Refresh;
    }
    let harmless = so_far.idempotent || fault.outcome() == Outcome::NotApplied;
    if !fault.is_passing() || !harmless || so_far.retries >= so_far.max_retries {
        return Next::Stop;
    }
    // Doubled more than five times it is beyond any maximum, and further on beyond the type.
    let most = (FIRST_WAIT_MS << so_far.retries.min(5)).min(MOST_WAIT_MS);
    let wait = (f64::from(most) * (LEAST_SHARE + random * (1.0 - LEAST_SHARE))) as u64;
    // Asked to wait not at all, or shorter than we would, a crowd of clients would still be a crowd.
    let wait = wait.max(so_far.retry_after_ms.unwrap_or(0));
    if wait < so_far.left_ms { Next::Wait(wait) } else { Next::Stop }
}

/// Reads `Retry-After`: whole seconds or a date, as milliseconds from `now_ms` (since 1970). `None` where it is
/// neither.
///
/// Of the three forms of a date only the one that may be written today (RFC 9110, section 5.6.7) is read. A
/// lenient date parser would take `7, 9` for a day in July.
pub fn retry_after_ms(value: &str, now_ms: u64) -> Option<u64> {
    match digits(value.as_bytes()) {
        Some(seconds) => Some(seconds.saturating_mul(1000)),
        None => Some(http_date_ms(value.as_bytes())?.saturating_sub(now_ms)),
    }
}

/// A number of digits alone. Beyond its type it is as large as it can be.
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

    const SO_FAR: SoFar = SoFar {
        retries: 0,
        max_retries: RETRIES,
        idempotent: true,
        may_refresh: false,
        left_ms: TOTAL_TIMEOUT_MS as u64,
        retry_after_ms: None,
    };

    /// Every fault: whether it is retried when repeating is harmless, and when it is not, and what is known.
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
            (Fault::Lost, true, false, Unknown),
            (Fault::TimedOut, true, false, Unknown),
        ] {
            let next = |idempotent| next(fault, SoFar { idempotent, ..SO_FAR }, 1.0);
            let expected = |retried| if retried { Next::Wait(500) } else { Next::Stop };
            assert_eq!(next(true), expected(harmless), "{fault:?}");
            assert_eq!(next(false), expected(harmful), "{fault:?} of a POST");
            assert_eq!(fault.outcome(), outcome, "{fault:?}");
        }
    }

    #[test]
    fn stops_after_the_last_retry() {
        let next = |retries, max_retries| next(Fault::Lost, SoFar { retries, max_retries, ..SO_FAR }, 1.0);
        assert_eq!(next(2, 3), Next::Wait(2000));
        assert_eq!(next(3, 3), Next::Stop);
        assert_eq!(next(0, 0), Next::Stop);
    }

    #[test]
    fn waits_double_up_to_eight_seconds_and_are_halved_at_most() {
        for (retries, most) in [(0, 500), (1, 1000), (2, 2000), (3, 4000), (4, 8000), (5, 8000), (1000, 8000)]
        {
            let next = |random| next(Fault::Lost, SoFar { retries, max_retries: u32::MAX, ..SO_FAR }, random);
            assert_eq!(next(1.0), Next::Wait(most));
            assert_eq!(next(0.5), Next::Wait(most * 3 / 4));
            assert_eq!(next(0.0), Next::Wait(most / 2));
        }
    }

    #[test]
    fn retry_after_is_never_shortened() {
        let next = |retry_after_ms, left_ms| {
            next(Fault::Status(429), SoFar { retry_after_ms: Some(retry_after_ms), left_ms, ..SO_FAR }, 1.0)
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
        let next = |fault, may_refresh| next(fault, SoFar { may_refresh, max_retries: 0, ..SO_FAR }, 1.0);
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
