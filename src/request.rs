//! An operation → the method, URL and headers that ask the service for it.
//!
//! What is not plainly safe is refused rather than repaired: nothing in here reaches a URL parser that could
//! read it differently.

use std::fmt;

/// The host that the service's documentation names.
pub const BASE_URL: &str = "https://api.symbl.ai";

/// What the service is asked to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Call {
    /// `PUT /v1/manage/tracker/{id}`
    Update {
        /// The tracker to update.
        id: String,
    },
    /// `POST /v1/manage/tracker`
    Create,
    /// `POST /v1/manage/trackers`
    CreateMany,
    /// `GET /v1/manage/tracker/{id}`
    Get {
        /// The tracker to read.
        id: String,
    },
    /// `GET /v1/manage/trackers`
    List,
    /// `GET /v1/manage/trackers?name={name}`
    FindByName {
        /// The exact name.
        name: String,
    },
    /// `DELETE /v1/manage/tracker/{id}`
    Delete {
        /// The tracker to delete.
        id: String,
    },
}

impl Call {
    /// The HTTP method.
    pub fn method(&self) -> &'static str {
        match self {
            Self::Update { .. } => "PUT",
            Self::Create | Self::CreateMany => "POST",
            Self::Get { .. } | Self::List | Self::FindByName { .. } => "GET",
            Self::Delete { .. } => "DELETE",
        }
    }

    /// Whether asking twice comes to the same as asking once (RFC 9110, section 9.2.2).
    pub fn is_idempotent(&self) -> bool {
        self.method() != "POST"
    }

    /// Whether it changes anything at the service.
    pub fn is_change(&self) -> bool {
        self.method() != "GET"
    }

    fn path(&self) -> Result<String, InvalidOption> {
        Ok(match self {
            Self::Update { id } | Self::Get { id } | Self::Delete { id } => {
                format!("/v1/manage/tracker/{}", encode(tracker_id(id)?))
            }
            Self::Create => "/v1/manage/tracker".into(),
            Self::CreateMany | Self::List => "/v1/manage/trackers".into(),
            Self::FindByName { name } => format!("/v1/manage/trackers?name={}", encode(name)),
        })
    }
}

/// A request but for its body. It has no `Debug`: its headers carry the token.
pub struct Request {
    /// The HTTP method.
    pub method: &'static str,
    /// The absolute URL, written as a WHATWG URL parser writes it.
    pub url: String,
    /// Names in lower case, and values.
    pub headers: Vec<(&'static str, String)>,
}

impl Request {
    /// The request for `call`.
    ///
    /// `token` goes into `Authorization`; `api_key`, which the service calls deprecated, into `x-api-key`.
    ///
    /// ```
    /// use symbl_tracker::{BASE_URL, Call, Request};
    ///
    /// let call = Call::Update { id: "4476908732794496".into() };
    /// let request = Request::new(BASE_URL, &call, "a token", None)?;
    /// assert_eq!(request.method, "PUT");
    /// assert_eq!(request.url, "https://api.symbl.ai/v1/manage/tracker/4476908732794496");
    /// # Ok::<(), symbl_tracker::InvalidOption>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Where the base URL, an id, the token or the key is not safe to send.
    pub fn new(
        base_url: &str,
        call: &Call,
        token: &str,
        api_key: Option<&str>,
    ) -> Result<Self, InvalidOption> {
        let base = BaseUrl::parse(base_url)?;
        let mut headers = vec![
            ("accept", "application/json".into()),
            ("authorization", format!("Bearer {}", header_value("accessToken", token)?)),
        ];
        if let Call::Update { .. } | Call::Create | Call::CreateMany = call {
            headers.push(("content-type", "application/json".into()));
        }
        if let Some(key) = api_key {
            headers.push(("x-api-key", header_value("apiKey", key)?.into()));
        }
        Ok(Self { method: call.method(), url: base.origin + &base.prefix + &call.path()?, headers })
    }
}

/// An option that cannot be used. It names the option and never repeats its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidOption {
    /// The option's name.
    pub option: &'static str,
    /// What is wrong with it, as the sentence goes on after the name.
    pub why: &'static str,
}

impl InvalidOption {
    pub(crate) fn new<T>(option: &'static str, why: &'static str) -> Result<T, Self> {
        Err(Self { option, why })
    }
}

impl fmt::Display for InvalidOption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}.", self.option, self.why)
    }
}

impl std::error::Error for InvalidOption {}

/// Where the service is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct BaseUrl {
    /// Scheme, host and port as browsers compare them: `https://api.symbl.ai`.
    pub origin: String,
    /// The path that stands before the service's own, without a slash at its end.
    prefix: String,
}

impl BaseUrl {
    /// Reads the one plain form of a URL: everything that parsers are known to disagree about is refused.
    pub fn parse(url: &str) -> Result<Self, InvalidOption> {
        let wrong = |why| InvalidOption::new("baseUrl", why);
        let Some((scheme, rest)) = url.split_once("://") else {
            return wrong("is not an absolute https URL");
        };
        let scheme = scheme.to_ascii_lowercase();
        let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        if rest.contains(['?', '#']) {
            return wrong("has a query or a fragment");
        }
        if authority.contains('@') {
            return wrong("has user info");
        }
        let Some((host, port)) = host_and_port(authority) else {
            return wrong("has no plain host; an international one is written in its xn-- form");
        };
        let default_port = match scheme.as_str() {
            "https" => 443,
            "http" if is_loopback(&host) => 80,
            "http" => return wrong("is http, which is for loopback alone"),
            _ => return wrong("is not an absolute https URL"),
        };
        let prefix = path.trim_end_matches('/');
        if !prefix.is_empty() && !prefix[1..].split('/').all(is_plain_segment) {
            return wrong("has a path with characters or segments that could change it");
        }
        let mut origin = format!("{scheme}://{host}");
        if port.is_some_and(|port| port != default_port) {
            origin.push(':');
            origin.push_str(&port.unwrap_or_default().to_string());
        }
        Ok(Self { origin, prefix: prefix.into() })
    }
}

/// The host in lower case, and the port where there is one.
fn host_and_port(authority: &str) -> Option<(String, Option<u16>)> {
    let ends_host = |index: usize| if index == 0 { None } else { Some(index) };
    let host_end = match authority.strip_prefix('[') {
        Some(rest) => rest.find(']')? + 2,
        None => ends_host(authority.find(':').unwrap_or(authority.len()))?,
    };
    let (host, port) = authority.split_at(host_end);
    let plain = match host.strip_prefix('[') {
        Some(_) => host == "[::1]",
        None => host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte)),
    };
    let port = match port.strip_prefix(':') {
        Some(port) if port.bytes().all(|byte| byte.is_ascii_digit()) => Some(port.parse().ok()?),
        Some(_) => return None,
        None => None,
    };
    plain.then(|| (host.to_ascii_lowercase(), port))
}

/// `localhost` and its subdomains, 127.0.0.0/8 and `::1`: what never leaves the machine.
fn is_loopback(host: &str) -> bool {
    let is_127 = || {
        let parts: Vec<_> = host.split('.').collect();
        parts.len() == 4
            && parts[0] == "127"
            && parts.iter().all(|part| part.parse::<u8>().is_ok() && (*part == "0" || !part.starts_with('0')))
    };
    host == "localhost" || host.ends_with(".localhost") || host == "[::1]" || is_127()
}

/// Whether a path segment stays as it is in any URL parser.
fn is_plain_segment(segment: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@".contains(&byte);
    !matches!(segment, "" | "." | "..") && segment.bytes().all(plain)
}

fn tracker_id(id: &str) -> Result<&str, InvalidOption> {
    let wrong = |why| InvalidOption::new("trackerId", why);
    match id {
        "" => wrong("is empty"),
        "." | ".." => wrong("is \".\" or \"..\", which a URL takes for a folder"),
        _ if id.chars().any(char::is_control) => wrong("has a control character"),
        _ => Ok(id),
    }
}

/// A text that an HTTP header can carry. An engine's own refusal would repeat it.
fn header_value<'a>(option: &'static str, text: &'a str) -> Result<&'a str, InvalidOption> {
    if text.trim().is_empty() {
        return InvalidOption::new(option, "is empty");
    }
    if text.chars().any(|char| char.is_control() || char > '\u{ff}') {
        return InvalidOption::new(option, "has a character that a header cannot carry");
    }
    Ok(text)
}

/// What `encodeURIComponent` gives.
fn encode(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte) {
            encoded.push(byte.into());
        } else {
            encoded.extend(['%', HEX[usize::from(byte >> 4)].into(), HEX[usize::from(byte & 15)].into()]);
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn update(base_url: &str, id: &str) -> Result<String, String> {
        let call = Call::Update { id: id.into() };
        Request::new(base_url, &call, "token", None)
            .map(|request| request.url)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn builds_every_call() {
        let id = || "4476908732794496".to_string();
        for (call, method, path) in [
            (Call::Update { id: id() }, "PUT", "/v1/manage/tracker/4476908732794496"),
            (Call::Create, "POST", "/v1/manage/tracker"),
            (Call::CreateMany, "POST", "/v1/manage/trackers"),
            (Call::Get { id: id() }, "GET", "/v1/manage/tracker/4476908732794496"),
            (Call::List, "GET", "/v1/manage/trackers"),
            (
                Call::FindByName { name: "Sale & more?".into() },
                "GET",
                "/v1/manage/trackers?name=Sale%20%26%20more%3F",
            ),
            (Call::Delete { id: id() }, "DELETE", "/v1/manage/tracker/4476908732794496"),
        ] {
            let request = Request::new(BASE_URL, &call, "t", Some("k")).unwrap();
            assert_eq!((request.method, request.url), (method, format!("{BASE_URL}{path}")));
            let header =
                |name| request.headers.iter().find(|header| header.0 == name).map(|(_, value)| &**value);
            assert_eq!(header("authorization"), Some("Bearer t"));
            assert_eq!(header("x-api-key"), Some("k"));
            assert_eq!(header("content-type").is_some(), matches!(method, "PUT" | "POST"));
        }
        let request = Request::new(BASE_URL, &Call::List, "t", None).unwrap();
        assert!(request.headers.iter().all(|header| header.0 != "x-api-key"), "never sent by default");
    }

    #[test]
    fn keeps_what_is_plain_in_a_base_url() {
        for (base_url, origin, prefix) in [
            ("https://api.symbl.ai", "https://api.symbl.ai", ""),
            ("https://api.symbl.ai/", "https://api.symbl.ai", ""),
            ("HTTPS://API.symbl.ai:443", "https://api.symbl.ai", ""),
            ("https://host:8443/a/b//", "https://host:8443", "/a/b"),
            ("http://localhost:8080", "http://localhost:8080", ""),
            ("http://a.localhost", "http://a.localhost", ""),
            ("http://127.0.0.1:80/api", "http://127.0.0.1", "/api"),
            ("http://127.1.2.3", "http://127.1.2.3", ""),
            ("http://[::1]:3000", "http://[::1]:3000", ""),
        ] {
            let expected = BaseUrl { origin: origin.into(), prefix: prefix.into() };
            assert_eq!(BaseUrl::parse(base_url), Ok(expected), "{base_url}");
        }
        let request = Request::new("https://gateway.example/symbl/", &Call::List, "t", None).unwrap();
        assert_eq!(request.url, "https://gateway.example/symbl/v1/manage/trackers");
    }

    #[test]
    fn refuses_what_is_not_plain_in_a_base_url() {
        let host = "has no plain host; an international one is written in its xn-- form";
        let path = "has a path with characters or segments that could change it";
        for (base_url, why) in [
            ("", "is not an absolute https URL"),
            ("api.symbl.ai", "is not an absolute https URL"),
            ("//api.symbl.ai", "is not an absolute https URL"),
            ("ftp://api.symbl.ai", "is not an absolute https URL"),
            (" https://api.symbl.ai", "is not an absolute https URL"),
            ("http://api.symbl.ai", "is http, which is for loopback alone"),
            ("http://127.0.0.1.example.com", "is http, which is for loopback alone"),
            ("http://127.1", "is http, which is for loopback alone"),
            ("http://127.0.0.01", "is http, which is for loopback alone"),
            ("http://localhost.example.com", "is http, which is for loopback alone"),
            ("https://user:secret@host", "has user info"),
            ("https://host?a=b", "has a query or a fragment"),
            ("https://host/#", "has a query or a fragment"),
            ("https://", host),
            ("https://:443", host),
            ("https://host:port", host),
            ("https://host:99999", host),
            ("https://bücher.example", host),
            ("https://a b", host),
            ("https://host\\evil", host),
            ("https://[::2]", host),
            ("https://ho\nst", host),
            ("https://host/a/../b", path),
            ("https://host/./b", path),
            ("https://host/a//b", path),
            ("https://host/%2e%2e", path),
            ("https://host/a\\b", path),
            ("https://host/a b", path),
        ] {
            assert_eq!(BaseUrl::parse(base_url), InvalidOption::new("baseUrl", why), "{base_url}");
        }
    }

    #[test]
    fn an_id_cannot_leave_its_place() {
        assert_eq!(
            update(BASE_URL, "a/b?c#d").unwrap(),
            format!("{BASE_URL}/v1/manage/tracker/a%2Fb%3Fc%23d")
        );
        assert_eq!(update(BASE_URL, "%2e%2e").unwrap(), format!("{BASE_URL}/v1/manage/tracker/%252e%252e"));
        assert_eq!(
            update(BASE_URL, "é😀").unwrap(),
            format!("{BASE_URL}/v1/manage/tracker/%C3%A9%F0%9F%98%80")
        );
        assert_eq!(update(BASE_URL, "...").unwrap(), format!("{BASE_URL}/v1/manage/tracker/..."));
        for (id, sentence) in [
            ("", "trackerId is empty."),
            (".", "trackerId is \".\" or \"..\", which a URL takes for a folder."),
            ("..", "trackerId is \".\" or \"..\", which a URL takes for a folder."),
            ("1\n2", "trackerId has a control character."),
            ("\u{85}", "trackerId has a control character."),
        ] {
            assert_eq!(update(BASE_URL, id).unwrap_err(), sentence);
        }
    }

    #[test]
    fn a_token_cannot_leave_its_header() {
        let error = |token| Request::new(BASE_URL, &Call::List, token, None).err().unwrap().to_string();
        for token in ["a\r\nx-evil: 1", "a\0", "a\u{7f}", "a\u{80}", "snow\u{2603}"] {
            assert_eq!(error(token), "accessToken has a character that a header cannot carry.");
        }
        assert_eq!(error(""), "accessToken is empty.");
        assert_eq!(error(" "), "accessToken is empty.");
        let api_key = Request::new(BASE_URL, &Call::List, "é", Some("k\n")).err().unwrap();
        assert_eq!(api_key.to_string(), "apiKey has a character that a header cannot carry.");
    }
}
