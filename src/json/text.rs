//! A string in a JSON text: the text it represents, and how `JSON.stringify` writes it.

use std::borrow::Cow;

use super::blocks::plain_run;
use super::hash::hash;

/// How a string is written. The later the variant, the more work it is to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// Without escapes: its bytes are its text.
    Plain,
    /// With escapes of one letter, such as `\n`, only.
    Short,
    /// With `\u` escapes as `JSON.stringify` writes them, perhaps lone surrogates. Equal texts have equal bytes.
    Escaped,
    /// With an escape that `JSON.stringify` would write differently, such as `\/` or `\u0041`.
    Irregular,
}

pub(super) struct Escape {
    pub len: usize,
    pub form: Form,
    /// `None` is a lone surrogate.
    char: Option<char>,
}

/// Reads the escape at the start of `bytes`.
pub(super) fn escape(bytes: &[u8]) -> Option<Escape> {
    let short = |char| Some(Escape { len: 2, form: Form::Short, char: Some(char) });
    match bytes.get(1)? {
        b'"' => short('"'),
        b'\\' => short('\\'),
        b'b' => short('\u{8}'),
        b'f' => short('\u{c}'),
        b'n' => short('\n'),
        b'r' => short('\r'),
        b't' => short('\t'),
        b'/' => Some(Escape { len: 2, form: Form::Irregular, char: Some('/') }),
        b'u' => {
            let (unit, lower) = code_unit(bytes)?;
            if unit & 0xfc00 == 0xd800
                && let Some((low @ 0xdc00..0xe000, _)) = bytes.get(6..).and_then(code_unit)
            {
                let char = char::from_u32(0x1_0000 + ((unit & 0x3ff) << 10 | low & 0x3ff));
                return Some(Escape { len: 12, form: Form::Irregular, char });
            }
            let char = char::from_u32(unit);
            let must = match unit {
                8 | 9 | 10 | 12 | 13 => false,
                0..0x20 => true,
                _ => char.is_none(),
            };
            let form = if must && lower { Form::Escaped } else { Form::Irregular };
            Some(Escape { len: 6, form, char })
        }
        _ => None,
    }
}

/// The code unit of `\uXXXX`, and whether its digits are in lower case.
#[inline(never)]
fn code_unit(bytes: &[u8]) -> Option<(u32, bool)> {
    let [b'\\', b'u', digits @ ..] = bytes.first_chunk::<6>()? else { return None };
    let mut unit = 0;
    for &digit in digits {
        unit = unit << 4 | (digit as char).to_digit(16)?;
    }
    Some((unit, !digits.iter().any(u8::is_ascii_uppercase)))
}

/// A string in a JSON text.
#[derive(Clone, Copy)]
pub(crate) struct Text<'a> {
    pub(super) all: &'a str,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) form: Form,
    pub(super) hash: u64,
}

impl<'a> Text<'a> {
    /// The text that `JSON.stringify` writes as `raw`, apart from the quotation marks.
    #[cfg_attr(levels, optimize(speed))]
    pub fn canonical(raw: &'a str) -> Self {
        // Between quotes there is nothing else that would end a plain run.
        let form = if plain_run(raw.as_bytes()) < raw.len() { Form::Escaped } else { Form::Plain };
        Self { all: raw, start: 0, end: raw.len(), form, hash: hash(raw.as_bytes()) }
    }

    /// The string as it is written, without its quotation marks.
    #[inline]
    pub fn raw(&self) -> &'a str {
        self.all.get(self.start..self.end).unwrap_or_default()
    }

    /// The bytes of [`raw`](Self::raw), without the check that a character starts and ends there.
    #[inline]
    pub fn bytes(&self) -> &'a [u8] {
        self.all.as_bytes().get(self.start..self.end).unwrap_or_default()
    }

    /// The offset in bytes of [`raw`](Self::raw) in the whole text.
    pub fn start(&self) -> usize {
        self.start
    }

    /// The [`hash`] of its bytes.
    pub fn hash(&self) -> u64 {
        self.hash
    }

    /// Whether two texts of this form are equal exactly if their bytes are.
    pub fn is_canonical(&self) -> bool {
        self.form < Form::Irregular
    }

    /// Its characters; a lone surrogate is an `Err`.
    #[inline]
    pub fn chars(&self) -> Chars<'a> {
        Chars { rest: self.raw() }
    }

    /// Whether it is written with escapes.
    pub fn has_escapes(&self) -> bool {
        self.form > Form::Plain
    }

    /// Whether it has half of a UTF-16 surrogate pair.
    #[inline]
    pub fn has_lone_surrogate(&self) -> bool {
        self.form > Form::Short && self.chars().has_lone_surrogate()
    }

    /// Whether it is equal to `text`.
    #[inline(never)]
    pub fn is(&self, text: &str) -> bool {
        match self.form {
            Form::Plain => self.bytes() == text.as_bytes(),
            _ => !self.has_lone_surrogate() && self.chars().into_text() == text,
        }
    }

    /// Its text, with U+FFFD in place of lone surrogates.
    #[cfg_attr(levels, optimize(speed))]
    pub fn to_text(self) -> Cow<'a, str> {
        match self.form {
            Form::Plain => Cow::Borrowed(self.raw()),
            _ => Cow::Owned(self.chars().into_text()),
        }
    }

    /// Writes it as `JSON.stringify` would, without quotation marks.
    pub fn write_canonical(&self, out: &mut String) {
        if self.is_canonical() {
            out.push_str(self.raw());
        } else {
            self.chars().write_canonical(out);
        }
    }
}

/// The characters of a [`Text`].
///
/// Code outside the loop over phrases takes these instead of a `Text`: with a pointer to it, the compiler would keep
/// every `Text` in memory.
pub(crate) struct Chars<'a> {
    rest: &'a str,
}

impl Chars<'_> {
    /// The rest as it is written.
    pub fn bytes(&self) -> &[u8] {
        self.rest.as_bytes()
    }

    /// The text, with U+FFFD in place of lone surrogates.
    #[inline(never)]
    pub fn into_text(self) -> String {
        let mut text = String::new();
        for char in self {
            let char = char.unwrap_or(char::REPLACEMENT_CHARACTER);
            text.push_str(char.encode_utf8(&mut [0; 4]));
        }
        text
    }

    #[cold]
    #[inline(never)]
    fn has_lone_surrogate(mut self) -> bool {
        self.any(|char| char.is_err())
    }

    /// Writes it as `JSON.stringify` would, without quotation marks.
    #[inline(never)]
    pub fn write_canonical(mut self, out: &mut String) {
        loop {
            let before = self.rest;
            match self.next() {
                None => return,
                Some(Ok(char)) => write_escaped(char.encode_utf8(&mut [0; 4]), out),
                // A lone surrogate has no other form than its digits.
                Some(Err(LoneSurrogate)) => {
                    let start = out.len();
                    out.push_str(part(before, ..before.len() - self.rest.len()));
                    if let Some(digits) = out.get_mut(start..) {
                        digits.make_ascii_lowercase();
                    }
                }
            }
        }
    }
}

impl Iterator for Chars<'_> {
    type Item = Result<char, LoneSurrogate>;

    #[inline(never)]
    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.as_bytes().first() == Some(&b'\\')
            && let Some(escape) = escape(self.rest.as_bytes())
        {
            self.rest = part(self.rest, escape.len..);
            return Some(escape.char.ok_or(LoneSurrogate));
        }
        let mut chars = self.rest.chars();
        let char = chars.next()?;
        self.rest = chars.as_str();
        Some(Ok(char))
    }
}

/// Half of a UTF-16 surrogate pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LoneSurrogate;

/// A text as a JSON string, with its quotation marks, as `JSON.stringify` writes it.
pub(crate) fn quoted(text: &str) -> String {
    let mut json = String::with_capacity(text.len() + 2);
    write_string(text, &mut json);
    json
}

/// A part of a text; empty if the bounds are wrong, without a panic: slicing a `str` adds 5 kB of code to wasm.
#[inline]
pub(crate) fn part(text: &str, bounds: impl std::slice::SliceIndex<str, Output = str>) -> &str {
    text.get(bounds).unwrap_or_default()
}

/// Writes a number in decimal digits. Recursive and without a buffer: `to_string` adds 2 kB of code to wasm.
pub(crate) fn write_number(number: usize, out: &mut String) {
    if number >= 10 {
        write_number(number / 10, out);
    }
    let digit = number % 10;
    out.push_str(part("0123456789", digit..digit + 1));
}

/// Writes a JSON string, with its quotation marks, as `JSON.stringify` would.
pub(crate) fn write_string(text: &str, out: &mut String) {
    out.push('"');
    write_escaped(text, out);
    out.push('"');
}

/// Writes a JSON array of strings, as `JSON.stringify` would.
pub(crate) fn write_strings(texts: &[impl AsRef<str>], out: &mut String) {
    out.push('[');
    for (index, text) in texts.iter().enumerate() {
        out.push_str(if index > 0 { "," } else { "" });
        write_string(text.as_ref(), out);
    }
    out.push(']');
}

/// Writes the content of a JSON string: what needs no escape in one piece.
#[inline(never)]
#[cfg_attr(levels, optimize(speed))]
pub(crate) fn write_escaped(text: &str, out: &mut String) {
    let mut written = 0;
    for (at, byte) in text.bytes().enumerate() {
        if byte >= b' ' && byte != b'"' && byte != b'\\' {
            continue;
        }
        out.push_str(part(text, written..at));
        written = at + 1;
        let escape = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            8 => "\\b",
            12 => "\\f",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            _ => {
                out.push_str(if byte < 16 { "\\u000" } else { "\\u001" });
                let digit = usize::from(byte % 16);
                part("0123456789abcdef", digit..digit + 1)
            }
        };
        out.push_str(escape);
    }
    out.push_str(part(text, written..));
}

#[cfg(test)]
mod tests {
    use super::super::Reader;
    use super::*;

    fn text(json: &str) -> Text<'_> {
        Reader::new(json).string().expect(json)
    }

    #[test]
    fn writes_what_json_stringify_writes() {
        for (json, canonical) in [
            (r#""a\/b""#, "a/b"),
            (r#""\u0041""#, "A"),
            (r#""\u000A\u001F\u007f""#, "\\n\\u001f\u{7f}"),
            (r#""\uD83D\uDE00""#, "😀"),
            (r#""\uD83D\uD83D""#, r"\ud83d\ud83d"),
            (r#""\"\\\b\f\n\r\t""#, r#"\"\\\b\f\n\r\t"#),
        ] {
            let mut out = String::new();
            text(json).write_canonical(&mut out);
            assert_eq!(out, canonical);
            let again = format!("\"{out}\"");
            assert!(text(&again).is_canonical(), "{out}");
        }
        assert!(!text(r#""\u000a""#).is_canonical(), "a line feed has a shorter escape");
        assert!(!text(r#""\uD800""#).is_canonical(), "digits in upper case");
        let mut out = String::new();
        write_string("a\"\u{0}\n😀", &mut out);
        assert_eq!(out, r#""a\"\u0000\n😀""#);
    }

    #[test]
    fn writes_numbers() {
        for number in [0, 7, 10, 99, 100, 1_048_576, usize::MAX] {
            let mut out = String::new();
            write_number(number, &mut out);
            assert_eq!(out, number.to_string());
        }
    }

    #[test]
    fn finds_lone_surrogates() {
        for json in [r#""\ud800""#, r#""a\udc00b""#, r#""\udc00\ud800""#, r#""\ud83d\ud83d\ude00""#] {
            assert!(text(json).has_lone_surrogate(), "{json}");
        }
        for json in [r#""\ud83d\ude00""#, r#""\\ud800""#, r#""\ufffd""#, r#""😀""#] {
            assert!(!text(json).has_lone_surrogate(), "{json}");
        }
        assert_eq!(text(r#""a\ud800\ud83d\ude00""#).to_text(), "a\u{fffd}😀");
    }
}
