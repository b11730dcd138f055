//! The address of the service.

use super::invalid_option::InvalidOption;

/// The host that the service's documentation names.
pub const BASE_URL: &str = "https://api.symbl.ai";

/// Which schemes a base URL may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Transport {
    /// `https`, or `http` to a loopback address.
    #[default]
    Secure,
    /// `http` to any host as well: the token can be read on the way.
    Insecure,
}

/// A base URL in two parts.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct BaseUrl {
    /// Origin and path prefix, without a slash at the end: `https://gateway.example/symbl`.
    pub url: String,
    /// The length of the origin within it, as browsers compare origins: `https://gateway.example`.
    pub origin: usize,
}

impl BaseUrl {
    /// Reads the one plain form of a URL. Everything that parsers are known to disagree about is refused.
    pub fn parse(text: &str, transport: Transport) -> Result<Self, InvalidOption> {
        let bytes = text.as_bytes();
        let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:/[]".contains(byte);
        if !bytes.iter().all(is_plain) {
            return Err(InvalidOption(
                "baseUrl may only have a host and a path in plain characters: no user info, query or fragment.",
            ));
        }
        let has =
            |scheme: &[u8]| bytes.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
        let (scheme, port) = if has(b"https://") {
            ("https://", b":443".as_slice())
        } else if has(b"http://") {
            ("http://", b":80".as_slice())
        } else {
            return Err(InvalidOption("baseUrl is not an absolute https URL."));
        };
        let mut rest = bytes.get(scheme.len()..).unwrap_or_default();
        let host = next_segment(&mut rest).unwrap_or_default();
        let host = host.strip_suffix(port).unwrap_or(host);
        if matches!(host, [] | [b':', ..]) {
            return Err(InvalidOption("baseUrl has no host."));
        }
        let mut url = String::from(scheme);
        push(&mut url, host);
        url.make_ascii_lowercase();
        if scheme == "http://"
            && transport == Transport::Secure
            && !is_loopback(&url.as_bytes()[scheme.len()..])
        {
            return Err(InvalidOption("baseUrl is http, which is only allowed for a loopback address."));
        }
        let origin = url.len();
        let (mut is_empty, mut last) = (false, b"".as_slice());
        while let Some(segment) = next_segment(&mut rest) {
            // Slashes at the end are ignored, an empty segment is not.
            if is_empty && !segment.is_empty() || matches!(segment, b"." | b"..") {
                return Err(InvalidOption("baseUrl has a path with segments that could change it."));
            }
            is_empty = segment.is_empty();
            if !is_empty {
                url.push('/');
                push(&mut url, segment);
                last = segment;
            }
        }
        if last == b"v1" {
            return Err(InvalidOption("baseUrl ends with /v1, which is added to it: leave it out."));
        }
        Ok(Self { url, origin })
    }
}

/// Takes the bytes up to the next slash; `None` at the end.
fn next_segment<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    if rest.is_empty() {
        return None;
    }
    let end = rest.iter().position(|&byte| byte == b'/').unwrap_or(rest.len());
    let (segment, after) = rest.split_at_checked(end)?;
    *rest = after.get(1..).unwrap_or_default();
    Some(segment)
}

fn push(url: &mut String, ascii: &[u8]) {
    for &byte in ascii {
        url.push(byte.into());
    }
}

/// Whether requests to the host stay on this machine, on any port.
fn is_loopback(host: &[u8]) -> bool {
    let colon = host.iter().rposition(|&byte| byte == b':' || byte == b']');
    let name = match colon {
        Some(colon) if host[colon] == b':' => &host[..colon],
        _ => host,
    };
    matches!(name, b"localhost" | b"127.0.0.1" | b"[::1]") || name.ends_with(b".localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(url: &str) -> Result<BaseUrl, InvalidOption> {
        BaseUrl::parse(url, Transport::Secure)
    }

    #[test]
    fn accepts_plain_urls() {
        for (base_url, origin, prefix) in [
            ("https://api.symbl.ai", "https://api.symbl.ai", ""),
            ("https://api.symbl.ai/", "https://api.symbl.ai", ""),
            ("HTTPS://API.symbl.ai:443", "https://api.symbl.ai", ""),
            ("https://host:8443/a/b//", "https://host:8443", "/a/b"),
            ("https://host/v1/b", "https://host", "/v1/b"),
            ("http://localhost:8080", "http://localhost:8080", ""),
            ("http://a.localhost", "http://a.localhost", ""),
            ("http://127.0.0.1:80/api", "http://127.0.0.1", "/api"),
            ("http://[::1]:3000", "http://[::1]:3000", ""),
            ("http://[::1]", "http://[::1]", ""),
        ] {
            let expected = BaseUrl { url: format!("{origin}{prefix}"), origin: origin.len() };
            assert_eq!(parse(base_url), Ok(expected), "{base_url}");
        }
        let http = BaseUrl::parse("http://10.0.0.1:8080/a", Transport::Insecure).unwrap();
        assert_eq!(http, BaseUrl { url: "http://10.0.0.1:8080/a".into(), origin: 20 });
    }

    #[test]
    fn refuses_other_urls() {
        let plain =
            "baseUrl may only have a host and a path in plain characters: no user info, query or fragment.";
        let path = "baseUrl has a path with segments that could change it.";
        let http = "baseUrl is http, which is only allowed for a loopback address.";
        let version = "baseUrl ends with /v1, which is added to it: leave it out.";
        for (base_url, sentence) in [
            ("", "baseUrl is not an absolute https URL."),
            ("api.symbl.ai", "baseUrl is not an absolute https URL."),
            ("//api.symbl.ai", "baseUrl is not an absolute https URL."),
            ("ftp://api.symbl.ai", "baseUrl is not an absolute https URL."),
            ("http://api.symbl.ai", http),
            ("http://127.0.0.1.example.com", http),
            ("http://127.1", http),
            ("http://localhost.example.com:80", http),
            ("http://[::2]", http),
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
            ("https://host//b", path),
            ("https://api.symbl.ai/v1", version),
            ("https://host/a/v1/", version),
        ] {
            assert_eq!(parse(base_url).unwrap_err().to_string(), sentence, "{base_url}");
        }
    }
}
