//! Reads JSON text token by token in place: a string is neither copied nor allocated.
//!
//! `serde_json` would build every phrase before a rule sees it, at twice the time and size. This reader accepts
//! what RFC 8259 accepts. It keeps lone surrogate escapes (`"\ud800"`), which `JSON.stringify` writes and UTF-8
//! cannot represent, distinct from text.

mod blocks;
mod first_index;
mod hash;
mod text;

use self::blocks::{escaped_bytes, first_bytes, halves, marks, plain_blocks, plain_run};
use self::hash::{Hasher, hash_first};
use self::text::{Form, escape};

pub(crate) use self::blocks::count_quotes;
pub(crate) use self::first_index::FirstIndex;
pub(crate) use self::hash::{hash, hash_with};
pub(crate) use self::text::{
    Chars, Text, part, quoted, write_escaped, write_number, write_string, write_strings,
};

/// The text is not JSON. The output of `JSON.stringify` always is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SyntaxError {
    /// What the reader expected.
    pub expected: &'static str,
    /// The offset in bytes where it found something else.
    pub at: usize,
}

/// The six types of JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JsonType {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// A number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl JsonType {
    /// The type's name in lower case, as in `"array"`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }
}

/// A position in a JSON text. A loop over many values works on a local copy, which the compiler keeps in registers.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes()
    }

    /// The bytes that were not read yet.
    #[inline]
    fn rest(&self) -> &'a [u8] {
        self.bytes().get(self.at..).unwrap_or_default()
    }

    fn error<T>(&self, expected: &'static str) -> Result<T, SyntaxError> {
        Err(SyntaxError { expected, at: self.at })
    }

    /// The next byte that is not white space, left in place.
    #[inline]
    fn peek(&mut self) -> Option<u8> {
        loop {
            match self.bytes().get(self.at) {
                // First: `JSON.stringify` writes no white space.
                Some(&byte) if byte > b' ' => return Some(byte),
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                other => return other.copied(),
            }
        }
    }

    #[inline]
    fn eat(&mut self, byte: u8) -> bool {
        let here = self.peek() == Some(byte);
        self.at += usize::from(here);
        here
    }

    /// The type of the value that comes next.
    #[inline]
    pub fn next_type(&mut self) -> Result<JsonType, SyntaxError> {
        match self.peek() {
            Some(b'"') => Ok(JsonType::String),
            Some(b'{') => Ok(JsonType::Object),
            Some(b'[') => Ok(JsonType::Array),
            Some(b'-' | b'0'..=b'9') => Ok(JsonType::Number),
            Some(b't' | b'f') => Ok(JsonType::Boolean),
            Some(b'n') => Ok(JsonType::Null),
            _ => self.error("a value"),
        }
    }

    /// Steps to the first or next element of an array; `false` at its end.
    #[inline]
    pub fn element(&mut self, first: bool) -> Result<bool, SyntaxError> {
        self.step(first, b'[', b']', "',' or ']'")
    }

    /// Steps to the first or next member of an object and reads its key; `None` at its end.
    #[cfg_attr(levels, optimize(speed))]
    pub fn key(&mut self, first: bool) -> Result<Option<Text<'a>>, SyntaxError> {
        if !self.step(first, b'{', b'}', "',' or '}'")? {
            return Ok(None);
        }
        let key = self.outlined_string()?;
        if self.eat(b':') { Ok(Some(key)) } else { self.error("':'") }
    }

    #[inline]
    fn step(&mut self, first: bool, open: u8, close: u8, what: &'static str) -> Result<bool, SyntaxError> {
        if first {
            debug_assert_eq!(self.peek(), Some(open));
            self.at += 1;
            return Ok(!self.eat(close));
        }
        match self.peek() {
            Some(b',') => self.at += 1,
            Some(byte) if byte == close => {
                self.at += 1;
                return Ok(false);
            }
            _ => return self.error(what),
        }
        Ok(true)
    }

    /// Reads a string. For code that reads few: see [`string`](Self::string).
    #[inline(never)]
    #[cfg_attr(levels, optimize(speed))]
    pub fn outlined_string(&mut self) -> Result<Text<'a>, SyntaxError> {
        self.string()
    }

    /// Reads a string. Always inlined, which makes a loop over phrases faster and any other code only larger.
    #[inline(always)]
    pub fn string(&mut self) -> Result<Text<'a>, SyntaxError> {
        if self.eat(b'"') { self.string_content() } else { self.error("a string") }
    }

    /// Reads the next value if it is a string. Always inlined, as [`string`](Self::string).
    #[inline(always)]
    pub fn string_if_next(&mut self) -> Result<Option<Text<'a>>, SyntaxError> {
        if self.eat(b'"') { self.string_content().map(Some) } else { Ok(None) }
    }

    /// Reads the rest of a string after its opening quotation mark.
    #[inline(always)]
    fn string_content(&mut self) -> Result<Text<'a>, SyntaxError> {
        let start = self.at;
        let mut hasher = Hasher::default();
        if !cfg!(small)
            && let Some(plain) = plain_blocks(self.rest(), |low, high| hasher.write(low, high))
            && self.rest().get(plain) == Some(&b'"')
        {
            self.at += plain + 1;
            let end = start + plain;
            return Ok(Text { all: self.text, start, end, form: Form::Plain, hash: hasher.finish(plain) });
        }
        // Called on a copy, so that no pointer to `self` leaves this function and it can be kept in registers.
        let mut copy = *self;
        let text = copy.rest_of_string();
        self.at = copy.at;
        text
    }

    /// [`string_content`](Self::string_content), whatever the content is.
    #[inline(never)]
    #[cfg_attr(levels, optimize(speed))]
    fn rest_of_string(&mut self) -> Result<Text<'a>, SyntaxError> {
        if !cfg!(small)
            && let Some(text) = self.string_with_short_escapes()
        {
            return Ok(text);
        }
        let start = self.at;
        let mut form = Form::Plain;
        loop {
            self.at += plain_run(self.rest());
            match self.rest() {
                [b'"', ..] => {
                    let end = self.at;
                    self.at += 1;
                    let from_start = self.bytes().get(start..).unwrap_or_default();
                    let hash = hash_first(from_start, end - start, 0);
                    return Ok(Text { all: self.text, start, end, form, hash });
                }
                [b'\\', b'"' | b'\\' | b'b' | b'f' | b'n' | b'r' | b't', ..] => {
                    self.at += 2;
                    form = form.max(Form::Short);
                }
                rest @ [b'\\', ..] => match escape(rest) {
                    Some(escape) => {
                        self.at += escape.len;
                        form = form.max(escape.form);
                    }
                    None => return self.error("an escape"),
                },
                _ => return self.error("the end of the string"),
            }
        }
    }

    /// Reads the rest of a string whose escapes all have one letter, in blocks of sixteen bytes. Returns `None`, and
    /// reads nothing, if there are other escapes or if the text ends within the last block.
    fn string_with_short_escapes(&mut self) -> Option<Text<'a>> {
        let start = self.at;
        let mut hasher = Hasher::default();
        let mut rest = self.rest();
        let mut escapes_next = 0;
        while let Some((block, next)) = rest.split_first_chunk() {
            let [low, high] = halves(*block);
            let [quotes, backslashes, letters, controls] = marks(low, high);
            let escaped;
            (escaped, escapes_next) = escaped_bytes(backslashes, escapes_next);
            let ends = (quotes & !escaped) | controls;
            let before_end = ends.wrapping_sub(1) & !ends;
            if escaped & before_end & !letters != 0 {
                return None;
            }
            if ends != 0 {
                let plain = ends.trailing_zeros() as usize;
                let end = self.text.len() - rest.len() + plain;
                if self.bytes().get(end) != Some(&b'"') {
                    return None;
                }
                let [low, high] = first_bytes(low, high, plain);
                hasher.write(low, high);
                self.at = end + 1;
                let hash = hasher.finish(end - start);
                return Some(Text { all: self.text, start, end, form: Form::Short, hash });
            }
            hasher.write(low, high);
            rest = next;
        }
        None
    }

    /// Skips any value. Each level of nesting takes a byte of heap, none of the stack.
    pub fn skip(&mut self) -> Result<(), SyntaxError> {
        let mut open = Vec::new();
        loop {
            match self.next_type()? {
                JsonType::String => drop(self.outlined_string()?),
                JsonType::Array if self.element(true)? => {
                    open.push(JsonType::Array);
                    continue;
                }
                JsonType::Object if self.key(true)?.is_some() => {
                    open.push(JsonType::Object);
                    continue;
                }
                JsonType::Array | JsonType::Object => {}
                JsonType::Number => self.number()?,
                JsonType::Boolean | JsonType::Null => self.word()?,
            }
            loop {
                let more = match open.last() {
                    None => return Ok(()),
                    Some(JsonType::Array) => self.element(false)?,
                    Some(_) => self.key(false)?.is_some(),
                };
                if more {
                    break;
                }
                open.pop();
            }
        }
    }

    /// Reads any value and returns its JSON.
    pub fn raw(&mut self) -> Result<&'a str, SyntaxError> {
        self.peek();
        let start = self.at;
        self.skip()?;
        Ok(part(self.text, start..self.at))
    }

    /// Reads `true`, `false` or `null`.
    fn word(&mut self) -> Result<(), SyntaxError> {
        match ["true", "false", "null"].iter().find(|word| part(self.text, self.at..).starts_with(**word)) {
            Some(word) => self.at += word.len(),
            None => return self.error("a value"),
        }
        Ok(())
    }

    #[inline(never)]
    fn digits(&mut self) -> Result<(), SyntaxError> {
        let rest = &self.bytes()[self.at..];
        match rest.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len()) {
            0 => self.error("a digit"),
            count => {
                self.at += count;
                Ok(())
            }
        }
    }

    fn number(&mut self) -> Result<(), SyntaxError> {
        let next = |reader: &Self| reader.bytes().get(reader.at).copied();
        self.at += usize::from(next(self) == Some(b'-'));
        if next(self) == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if next(self) == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(next(self), Some(b'e' | b'E')) {
            self.at += 1;
            self.at += usize::from(matches!(next(self), Some(b'+' | b'-')));
            self.digits()?;
        }
        Ok(())
    }

    /// Checks that only white space follows the value.
    pub fn end(&mut self) -> Result<(), SyntaxError> {
        if self.peek().is_none() { Ok(()) } else { self.error("the end") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_serde_json_reads() {
        for json in [
            "null",
            "true",
            "false",
            "0",
            "-0",
            "-1.5e+3",
            "1E9",
            "\"\"",
            "\"a\"",
            "[]",
            "{}",
            "[1,[2,{\"a\":[]}]]",
            " { \"a\" : [ 1 , 2 ] , \"b\" : { } } ",
            "\"\\u0041\\n\\/\"",
            "[[[[[[]]]]]]",
            "\"\u{2028}é😀\"",
        ] {
            let mut reader = Reader::new(json);
            assert_eq!(reader.skip().and_then(|()| reader.end()), Ok(()), "{json}");
            assert!(serde_json::from_str::<serde_json::Value>(json).is_ok(), "{json}");
        }
        for json in [
            "",
            "nul",
            "01",
            "1.",
            "-",
            "1e",
            "\"",
            "\"\n\"",
            "\"\\x\"",
            "\"\\u12\"",
            "[",
            "[1,]",
            "[1 2]",
            "{\"a\"}",
            "{\"a\":1,}",
            "{1:2}",
            "]",
            "[}",
            "1 2",
            "+1",
            ".5",
            "\"\\ud8",
        ] {
            let mut reader = Reader::new(json);
            assert!(reader.skip().and_then(|()| reader.end()).is_err(), "{json}");
            assert!(serde_json::from_str::<serde_json::Value>(json).is_err(), "{json}");
        }
    }

    #[test]
    fn names_the_position_of_a_syntax_error() {
        let error = Reader::new("{\"a\" 1}").skip().unwrap_err();
        assert_eq!(error, SyntaxError { expected: "':'", at: 5 });
    }

    #[test]
    fn depth_is_not_stack() {
        let json = "[".repeat(1_000_000) + &"]".repeat(1_000_000);
        assert_eq!(Reader::new(&json).skip(), Ok(()));
    }

    #[test]
    fn finds_the_end_of_a_string_at_every_offset() {
        let escapes =
            ["", "\\\"", "\\\\", "\\n", "\\/", "\\\\\\\"", "\\u001f", "\\ud800", "\\ud83d\\ude00", "é"];
        for len in 0..40 {
            for escape in escapes {
                for between in 0..20 {
                    for rest in ["", "a rest of more than a block"] {
                        let raw = format!("{}{escape}{}{escape}", "x".repeat(len), "y".repeat(between));
                        let json = format!("\"{raw}\"{rest}");
                        let mut reader = Reader::new(&json);
                        let text = reader.string().unwrap();
                        assert_eq!(text.raw(), raw);
                        assert_eq!(reader.rest(), rest.as_bytes());
                        assert_eq!(text.hash(), hash(raw.as_bytes()), "{raw:?}");
                        assert_eq!(text.form, form(escape), "{raw:?}");
                    }
                }
            }
        }
    }

    fn form(escape: &str) -> Form {
        match escape {
            "" | "é" => Form::Plain,
            "\\/" | "\\ud83d\\ude00" => Form::Irregular,
            "\\u001f" | "\\ud800" => Form::Escaped,
            _ => Form::Short,
        }
    }

    #[test]
    fn says_where_a_string_breaks_off_at_every_offset() {
        for len in 0..40 {
            for (flaw, expected) in [
                ("\n", "the end of the string"),
                ("\u{1f}", "the end of the string"),
                ("\\x", "an escape"),
                ("\\u12g4", "an escape"),
            ] {
                for before in ["", "\\n", "\\u001f"] {
                    let json = format!("\"{before}{}{flaw}a rest of more than a block\"", "x".repeat(len));
                    let error = Reader::new(&json).string().err();
                    assert_eq!(error, Some(SyntaxError { expected, at: 1 + before.len() + len }), "{json:?}");
                }
            }
        }
    }
}
