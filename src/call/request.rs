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
                ["/v1/manage/tracker/", &encode(tracker_id(id)?)].concat()
            }
            Self::Create => "/v1/manage/tracker".into(),
            Self::CreateMany | Self::List => "/v1/manage/trackers".into(),
            Self::FindByName { name } => ["/v1/manage/trackers?name=", &encode(name)].concat(),
        })
    }
}

/// A request but for its body. It has no `Debug`: its headers carry the token.
pub struct Request {
    /// The HTTP method.
    pub method: &'static str,
    /// The absolute URL, written as a WHATWG URL parser writes it.
    pub url: String,
    /// The part of the URL that names the service, as browsers compare it: `https://api.symbl.ai`.
    pub origin: String,
    /// Names in lower case, and values.
    pub headers: Vec<(&'static str, String)>,
}

impl Request {
    /// The request for `call`, without a token. `api_key` goes into `x-api-key`, which the service calls
    /// deprecated.
    ///
    /// ```
    /// use symbl_tracker::call::{BASE_URL, Call, Request};
    ///
    /// let call = Call::Update { id: "4476908732794496".into() };
    /// let mut request = Request::new(BASE_URL, &call, None)?;
    /// request.authorize("a token")?;
    /// assert_eq!(request.method, "PUT");
    /// assert_eq!(request.url, "https://api.symbl.ai/v1/manage/tracker/4476908732794496");
    /// # Ok::<(), symbl_tracker::call::InvalidOption>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Where the base URL, an id or the key is not safe to send.
    pub fn new(base_url: &str, call: &Call, api_key: Option<&str>) -> Result<Self, InvalidOption> {
        let BaseUrl { origin, prefix } = BaseUrl::parse(base_url)?;
        let mut headers = vec![("accept", "application/json".into())];
        if let Call::Update { .. } | Call::Create | Call::CreateMany = call {
            headers.push(("content-type", "application/json".into()));
        }
        if let Some(key) = api_key {
            if !fits_header(key) {
                return Err(InvalidOption("apiKey is blank, or has a character that a header cannot carry."));
            }
            headers.push(("x-api-key", key.into()));
        }
        let url = [origin.as_str(), &prefix, &call.path()?].concat();
        Ok(Self { method: call.method(), url, origin, headers })
    }

    /// Puts the token into `Authorization`, in place of another.
    ///
    /// # Errors
    ///
    /// Where the token is not safe to send.
    pub fn authorize(&mut self, token: &str) -> Result<(), InvalidOption> {
        if !fits_header(token) {
            return Err(InvalidOption(
                "accessToken is blank, or has a character that a header cannot carry.",
            ));
        }
        let bearer = ["Bearer ", token].concat();
        self.headers.retain(|header| header.0 != "authorization");
        self.headers.push(("authorization", bearer));
        Ok(())
    }

    /// Whether there is a token.
    pub fn is_authorized(&self) -> bool {
        self.headers.iter().any(|header| header.0 == "authorization")
    }

    /// Whether a text of the service's repeats the token or the key.
    pub(crate) fn has_secret_in(&self, text: &str) -> bool {
        let has = |secret: &str| text.as_bytes().windows(secret.len()).any(|part| part == secret.as_bytes());
        self.headers.iter().any(|(name, value)| match *name {
            "authorization" => value.strip_prefix("Bearer ").is_some_and(has),
            "x-api-key" => has(value),
            _ => false,
        })
    }
}

/// A sentence that says why an option cannot be used. It begins with the option's name and never repeats its
/// value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidOption(pub &'static str);

impl fmt::Display for InvalidOption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for InvalidOption {}

/// Where the service is.
#[derive(Debug, PartialEq, Eq)]
struct BaseUrl {
    /// Scheme, host and port as browsers compare them: `https://api.symbl.ai`.
    origin: String,
    /// The path that stands before the service's own, without a slash at its end.
    prefix: String,
}

impl BaseUrl {
    /// Reads the one plain form of a URL: everything that parsers are known to disagree about is refused.
    fn parse(url: &str) -> Result<Self, InvalidOption> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:/[]".contains(&byte);
        if !url.bytes().all(plain) {
            return Err(InvalidOption(
                "baseUrl has something other than a host and a path in plain characters: user info, a query, a fragment.",
            ));
        }
        let is_scheme =
            |scheme: &&str| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
        let Some(scheme) = ["https://", "http://"].into_iter().find(is_scheme) else {
            return Err(InvalidOption("baseUrl is not an absolute https URL."));
        };
        let rest = &url.as_bytes()[scheme.len()..];
        let mut parts = rest.split(|&byte| byte == b'/');
        let host = parts.next().unwrap_or_default().to_ascii_lowercase();
        let host = host
            .strip_suffix(if scheme == "https://" { b":443".as_slice() } else { b":80" })
            .unwrap_or(&host);
        if host.is_empty() || host[0] == b':' {
            return Err(InvalidOption("baseUrl has no host."));
        }
        if scheme == "http://" && !is_loopback(host) {
            return Err(InvalidOption("baseUrl is http, which is for loopback alone."));
        }
        let mut base = Self { origin: scheme.into(), prefix: String::new() };
        base.origin.extend(host.iter().map(|&byte| char::from(byte)));
        let mut slashes = 0;
        for segment in parts {
            slashes += 1;
            if segment.is_empty() {
                continue;
            }
            // Slashes at the end do not count, an empty segment does.
            if slashes > 1 || matches!(segment, b"." | b"..") {
                return Err(InvalidOption("baseUrl has a path with segments that could change it."));
            }
            slashes = 0;
            base.prefix.push('/');
            base.prefix.extend(segment.iter().map(|&byte| char::from(byte)));
        }
        Ok(base)
    }
}

/// What never leaves the machine; with any port.
fn is_loopback(host: &[u8]) -> bool {
    let end = host
        .iter()
        .rposition(|&byte| byte == b':')
        .filter(|&colon| host[colon..].iter().all(|&byte| byte != b']'));
    let name = &host[..end.unwrap_or(host.len())];
    matches!(name, b"localhost" | b"127.0.0.1" | b"[::1]") || name.ends_with(b".localhost")
}

fn tracker_id(id: &str) -> Result<&str, InvalidOption> {
    Err(InvalidOption(match id {
        "" => "trackerId is empty.",
        "." | ".." => "trackerId is \".\" or \"..\", which a URL takes for a folder.",
        _ if id.chars().any(char::is_control) => "trackerId has a control character.",
        _ => return Ok(id),
    }))
}

/// Whether an HTTP header can carry the text. An engine's own refusal would repeat it.
fn fits_header(text: &str) -> bool {
    !text.bytes().all(|byte| byte == b' ') && !text.chars().any(|char| char.is_control() || char > '\u{ff}')
}

/// What `encodeURIComponent` gives.
fn encode(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte) {
            encoded.push(byte.into());
        } else {
            for byte in [b'%', HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]] {
                encoded.push(byte.into());
            }
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn update(base_url: &str, id: &str) -> Result<String, String> {
        let call = Call::Update { id: id.into() };
        Request::new(base_url, &call, None).map(|request| request.url).map_err(|error| error.to_string())
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
            let mut request = Request::new(BASE_URL, &call, Some("k")).unwrap();
            request.authorize("old").unwrap();
            request.authorize("t").unwrap();
            assert_eq!((request.method, request.url), (method, format!("{BASE_URL}{path}")));
            let header =
                |name| request.headers.iter().find(|header| header.0 == name).map(|(_, value)| &**value);
            assert_eq!(header("authorization"), Some("Bearer t"));
            assert_eq!(header("x-api-key"), Some("k"));
            assert_eq!(header("content-type").is_some(), matches!(method, "PUT" | "POST"));
        }
        let request = Request::new(BASE_URL, &Call::List, None).unwrap();
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
            ("http://[::1]:3000", "http://[::1]:3000", ""),
        ] {
            let expected = BaseUrl { origin: origin.into(), prefix: prefix.into() };
            assert_eq!(BaseUrl::parse(base_url), Ok(expected), "{base_url}");
        }
        let request = Request::new("https://gateway.example/symbl/", &Call::List, None).unwrap();
        assert_eq!(request.url, "https://gateway.example/symbl/v1/manage/trackers");
    }

    #[test]
    fn refuses_what_is_not_plain_in_a_base_url() {
        let plain = "baseUrl has something other than a host and a path in plain characters: user info, a query, a fragment.";
        let path = "baseUrl has a path with segments that could change it.";
        for (base_url, sentence) in [
            ("", "baseUrl is not an absolute https URL."),
            ("api.symbl.ai", "baseUrl is not an absolute https URL."),
            ("//api.symbl.ai", "baseUrl is not an absolute https URL."),
            ("ftp://api.symbl.ai", "baseUrl is not an absolute https URL."),
            ("http://api.symbl.ai", "baseUrl is http, which is for loopback alone."),
            ("http://127.0.0.1.example.com", "baseUrl is http, which is for loopback alone."),
            ("http://127.1", "baseUrl is http, which is for loopback alone."),
            ("http://localhost.example.com:80", "baseUrl is http, which is for loopback alone."),
            ("http://[::2]", "baseUrl is http, which is for loopback alone."),
            ("https://", "baseUrl has no host."),
            ("https://:443", "baseUrl has no host."),
            ("https:///a", "baseUrl has no host."),
            (" https://api.symbl.ai", plain),
            ("https://user:secret@host", plain),
            ("https://host?a=b", plain),
            ("https://host/#", plain),
            ("https://bücher.example", plain),
            ("https://host\\evil", plain),
            ("https://ho\nst", plain),
            ("https://host/%2e%2e", plain),
            ("https://host/a/../b", path),
            ("https://host/..", path),
            ("https://host/./b", path),
            ("https://host/a//b", path),
        ] {
            assert_eq!(BaseUrl::parse(base_url).unwrap_err().to_string(), sentence, "{base_url}");
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
        let mut request = Request::new(BASE_URL, &Call::List, None).unwrap();
        let mut error = |token| request.authorize(token).unwrap_err().to_string();
        for token in ["", " ", "a\r\nx-evil: 1", "a\0", "a\u{7f}", "a\u{80}", "snow\u{2603}"] {
            assert_eq!(error(token), "accessToken is blank, or has a character that a header cannot carry.");
        }
        let api_key = Request::new(BASE_URL, &Call::List, Some("k\n")).err().unwrap();
        assert_eq!(api_key.to_string(), "apiKey is blank, or has a character that a header cannot carry.");
    }
}
