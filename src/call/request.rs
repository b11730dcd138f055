//! Turns an endpoint into a request: method, URL and headers.
//!
//! What is not plainly safe is refused rather than repaired, so that no URL parser can read it differently.

use super::base_url::{BaseUrl, Transport};
use super::invalid_option::InvalidOption;

/// What the service is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Endpoint {
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

impl Endpoint {
    /// The HTTP method.
    pub fn method(&self) -> &'static str {
        match self {
            Self::Update { .. } => "PUT",
            Self::Create | Self::CreateMany => "POST",
            Self::Get { .. } | Self::List | Self::FindByName { .. } => "GET",
            Self::Delete { .. } => "DELETE",
        }
    }

    /// Whether repeating the request has the same effect as sending it once (RFC 9110, section 9.2.2).
    pub fn is_idempotent(&self) -> bool {
        self.method() != "POST"
    }

    /// Whether it changes anything on the service.
    pub fn is_change(&self) -> bool {
        self.method() != "GET"
    }

    /// Whether the request has a body.
    pub fn has_body(&self) -> bool {
        matches!(self, Self::Update { .. } | Self::Create | Self::CreateMany)
    }

    fn write_path(&self, url: &mut String) -> Result<(), InvalidOption> {
        let (path, subject) = match self {
            Self::Update { id } | Self::Get { id } | Self::Delete { id } => {
                ("/v1/manage/tracker/", tracker_id(id)?)
            }
            Self::Create => ("/v1/manage/tracker", ""),
            Self::CreateMany | Self::List => ("/v1/manage/trackers", ""),
            Self::FindByName { name } => ("/v1/manage/trackers?name=", name.as_str()),
        };
        url.push_str(path);
        encode(subject, url);
        Ok(())
    }
}

/// A request without its body. Has no `Debug`, because the headers carry the token.
pub struct Request {
    /// The HTTP method.
    pub method: &'static str,
    /// The absolute URL, written as a WHATWG URL parser writes it.
    pub url: String,
    /// Names in lower case, and values.
    pub headers: Vec<(&'static str, String)>,
    /// The length of the base URL within `url`, and of the origin within that.
    base: usize,
    origin: usize,
}

impl Request {
    /// The request for an endpoint, without a token.
    ///
    /// ```
    /// use symbl_tracker::call::{BASE_URL, Endpoint, Request};
    ///
    /// let endpoint = Endpoint::Update { id: "4476908732794496".into() };
    /// let mut request = Request::new(BASE_URL, &endpoint)?;
    /// request.authorize("a token")?;
    /// assert_eq!(request.method, "PUT");
    /// assert_eq!(request.url, "https://api.symbl.ai/v1/manage/tracker/4476908732794496");
    /// # Ok::<(), symbl_tracker::call::InvalidOption>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the base URL or an id is not safe to send.
    pub fn new(base_url: &str, endpoint: &Endpoint) -> Result<Self, InvalidOption> {
        Self::over(Transport::Secure, base_url, endpoint)
    }

    /// The same with a choice of [`Transport`].
    ///
    /// # Errors
    ///
    /// If the base URL or an id is not safe to send.
    pub fn over(transport: Transport, base_url: &str, endpoint: &Endpoint) -> Result<Self, InvalidOption> {
        let BaseUrl { url, origin } = BaseUrl::parse(base_url, transport)?;
        let headers = vec![("accept", "application/json".into())];
        let mut request = Self { method: "GET", base: url.len(), url, origin, headers };
        request.set_endpoint(endpoint)?;
        Ok(request)
    }

    /// Makes it a request to another endpoint of the same service, with the same token.
    pub(crate) fn set_endpoint(&mut self, endpoint: &Endpoint) -> Result<(), InvalidOption> {
        self.method = endpoint.method();
        self.url.truncate(self.base);
        endpoint.write_path(&mut self.url)?;
        self.set_header("content-type", endpoint.has_body().then(|| "application/json".into()));
        Ok(())
    }

    fn set_header(&mut self, name: &'static str, value: Option<String>) {
        self.headers.retain(|header| header.0 != name);
        self.headers.extend(value.map(|value| (name, value)));
    }

    /// The part of the URL that names the service, as browsers compare it: `https://api.symbl.ai`.
    pub fn origin(&self) -> &str {
        self.url.get(..self.origin).unwrap_or_default()
    }

    /// Sets `x-api-key`, which the service calls deprecated.
    ///
    /// # Errors
    ///
    /// If the key is not safe to send.
    pub fn set_api_key(&mut self, key: &str) -> Result<(), InvalidOption> {
        if !fits_header(key) {
            return Err(InvalidOption("apiKey is blank, or has a character that a header cannot carry."));
        }
        self.set_header("x-api-key", Some(key.into()));
        Ok(())
    }

    /// Sets `Authorization`, replacing an earlier token.
    ///
    /// # Errors
    ///
    /// If the token is not safe to send.
    pub fn authorize(&mut self, token: &str) -> Result<(), InvalidOption> {
        if !fits_header(token) {
            return Err(InvalidOption(
                "accessToken is blank, or has a character that a header cannot carry.",
            ));
        }
        if token.as_bytes().get(..7).is_some_and(|start| start.eq_ignore_ascii_case(b"Bearer ")) {
            return Err(InvalidOption(
                "accessToken begins with \"Bearer \", which is added to it: leave it out.",
            ));
        }
        self.set_header("authorization", Some(["Bearer ", token].concat()));
        Ok(())
    }

    /// Whether there is a token.
    pub fn is_authorized(&self) -> bool {
        self.headers.iter().any(|header| header.0 == "authorization")
    }

    /// Whether a text of the service repeats the token or the key.
    pub(crate) fn has_secret_in(&self, text: &str) -> bool {
        self.headers.iter().any(|(name, value)| {
            let secret = match *name {
                "authorization" => value.as_bytes().get("Bearer ".len()..).unwrap_or_default(),
                "x-api-key" => value.as_bytes(),
                _ => return false,
            };
            text.as_bytes().windows(secret.len()).any(|part| part == secret)
        })
    }
}

fn tracker_id(id: &str) -> Result<&str, InvalidOption> {
    Err(InvalidOption(match id {
        "" => "trackerId is empty.",
        "." | ".." => "trackerId is \".\" or \"..\", which a URL takes for a folder.",
        _ if id.chars().any(char::is_control) => "trackerId has a control character.",
        _ => return Ok(id),
    }))
}

/// Whether an HTTP header can carry the text. An engine's own error message would repeat it.
fn fits_header(text: &str) -> bool {
    !text.bytes().all(|byte| byte == b' ') && !text.chars().any(|char| char.is_control() || char > '\u{ff}')
}

/// Appends what `encodeURIComponent` returns.
fn encode(text: &str, url: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte) {
            url.push(byte.into());
        } else {
            for byte in [b'%', HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]] {
                url.push(byte.into());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::BASE_URL;

    fn update(base_url: &str, id: &str) -> Result<String, String> {
        let endpoint = Endpoint::Update { id: id.into() };
        Request::new(base_url, &endpoint).map(|request| request.url).map_err(|error| error.to_string())
    }

    #[test]
    fn builds_a_request_for_every_endpoint() {
        let id = || "4476908732794496".to_string();
        for (endpoint, method, path) in [
            (Endpoint::Update { id: id() }, "PUT", "/v1/manage/tracker/4476908732794496"),
            (Endpoint::Create, "POST", "/v1/manage/tracker"),
            (Endpoint::CreateMany, "POST", "/v1/manage/trackers"),
            (Endpoint::Get { id: id() }, "GET", "/v1/manage/tracker/4476908732794496"),
            (Endpoint::List, "GET", "/v1/manage/trackers"),
            (
                Endpoint::FindByName { name: "Sale & more?".into() },
                "GET",
                "/v1/manage/trackers?name=Sale%20%26%20more%3F",
            ),
            (Endpoint::Delete { id: id() }, "DELETE", "/v1/manage/tracker/4476908732794496"),
        ] {
            let mut request = Request::new(BASE_URL, &endpoint).unwrap();
            request.set_api_key("k").unwrap();
            request.authorize("old").unwrap();
            request.authorize("t").unwrap();
            assert_eq!((request.method, request.url), (method, format!("{BASE_URL}{path}")));
            let header =
                |name| request.headers.iter().find(|header| header.0 == name).map(|(_, value)| &**value);
            assert_eq!(header("authorization"), Some("Bearer t"));
            assert_eq!(header("x-api-key"), Some("k"));
            assert_eq!(header("content-type").is_some(), matches!(method, "PUT" | "POST"));
        }
        let request = Request::new("https://gateway.example/symbl/", &Endpoint::List).unwrap();
        assert_eq!(request.url, "https://gateway.example/symbl/v1/manage/trackers");
        assert_eq!(request.origin(), "https://gateway.example");
        assert!(request.headers.iter().all(|header| header.0 != "x-api-key"), "never sent by default");
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
        let mut request = Request::new(BASE_URL, &Endpoint::List).unwrap();
        let mut error = |token| request.authorize(token).unwrap_err().to_string();
        for token in ["", " ", "a\r\nx-evil: 1", "a\0", "a\u{7f}", "a\u{80}", "snow\u{2603}"] {
            assert_eq!(error(token), "accessToken is blank, or has a character that a header cannot carry.");
        }
        assert!(error("bearer a-token").starts_with("accessToken begins with \"Bearer \""));
        let api_key = request.set_api_key("k\n").unwrap_err();
        assert_eq!(api_key.to_string(), "apiKey is blank, or has a character that a header cannot carry.");
    }
}
