//! Reads JSON text token by token, where it stands: nothing is copied and nothing is allocated for a string.
//!
//! `serde_json` would build every phrase before a rule sees it, twice the time and size. This reader accepts
//! what RFC 8259 accepts, and keeps lone surrogate escapes (`"\ud800"`), which `JSON.stringify` writes and
//! UTF-8 cannot carry, apart from real text.

use std::borrow::Cow;

/// The text is not JSON. Cannot happen to the output of `JSON.stringify`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SyntaxError {
    /// What the reader wanted to find.
    pub expected: &'static str,
    /// The offset in bytes where it found something else.
    pub at: usize,
}

impl SyntaxError {
    pub fn message(&self) -> String {
        ["not JSON: expected ", self.expected, " at byte ", &self.at.to_string()].concat()
    }
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

    /// What is still to be read.
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
    pub fn key(&mut self, first: bool) -> Result<Option<Text<'a>>, SyntaxError> {
        if !self.step(first, b'{', b'}', "',' or '}'")? {
            return Ok(None);
        }
        let key = self.string()?;
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

    /// Reads a string.
    #[inline(always)]
    pub fn string(&mut self) -> Result<Text<'a>, SyntaxError> {
        if !self.eat(b'"') {
            return self.error("a string");
        }
        let start = self.at;
        let mut hasher = Hasher::default();
        if let Some(plain) = plain_blocks(self.rest(), |low, high| hasher.write(low, high))
            && self.rest().get(plain) == Some(&b'"')
        {
            self.at += plain + 1;
            let end = start + plain;
            return Ok(Text { all: self.text, start, end, form: Form::Plain, hash: hasher.finish(plain) });
        }
        self.rest_of_string()
    }

    /// Reads a string whose quote was read, with whatever may be in it.
    #[inline(never)]
    fn rest_of_string(&mut self) -> Result<Text<'a>, SyntaxError> {
        if let Some(text) = self.string_with_short_escapes() {
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

    /// The same for escapes of one letter, by blocks of sixteen bytes. `None`, and nothing is read, where there is
    /// something else, or the text ends too soon.
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

    /// Reads any value without looking at it. Depth costs a byte a level, not stack.
    pub fn skip(&mut self) -> Result<(), SyntaxError> {
        let mut open = Vec::new();
        loop {
            match self.next_type()? {
                JsonType::String => drop(self.string()?),
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

    /// Reads any value and gives it as it is written.
    pub fn raw(&mut self) -> Result<&'a str, SyntaxError> {
        self.peek();
        let start = self.at;
        self.skip()?;
        Ok(part(self.text, start..self.at))
    }

    /// Reads `null`.
    pub fn word(&mut self) -> Result<(), SyntaxError> {
        match ["true", "false", "null"].iter().find(|word| part(self.text, self.at..).starts_with(**word)) {
            Some(word) => self.at += word.len(),
            None => return self.error("a value"),
        }
        Ok(())
    }

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

    /// Nothing but white space may follow the value.
    pub fn end(&mut self) -> Result<(), SyntaxError> {
        if self.peek().is_none() { Ok(()) } else { self.error("the end") }
    }
}

/// A part of a text. Bounds that are wrong give nothing: a panic would bring 5 KB of words about them.
#[inline]
pub(crate) fn part(text: &str, bounds: impl std::slice::SliceIndex<str, Output = str>) -> &str {
    text.get(bounds).unwrap_or_default()
}

/// How many bytes stand before a `"`, a `\` or a control character.
#[inline]
fn plain_run(bytes: &[u8]) -> usize {
    let special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..0x20);
    plain_blocks(bytes, |_, _| {}).unwrap_or_else(|| bytes.iter().position(special).unwrap_or(bytes.len()))
}

/// The same by blocks of sixteen bytes, of which `each` gets the plain ones, the last filled up with zeros, so
/// that what hashes them loads no byte twice. `None` where fewer than sixteen are left.
#[inline(always)]
fn plain_blocks(bytes: &[u8], mut each: impl FnMut(u64, u64)) -> Option<usize> {
    let mut rest = bytes;
    while let Some((block, next)) = rest.split_first_chunk() {
        let [low, high] = halves(*block);
        let plain = first_special(low, high);
        if plain < 16 {
            let [low, high] = first_bytes(low, high, plain);
            each(low, high);
            return Some(bytes.len() - rest.len() + plain);
        }
        each(low, high);
        rest = next;
    }
    None
}

#[inline]
fn halves(block: [u8; 16]) -> [u64; 2] {
    let block = u128::from_le_bytes(block);
    [block as u64, (block >> 64) as u64]
}

/// The first `count` (at most 15) of sixteen bytes, and zeros.
#[inline]
fn first_bytes(low: u64, high: u64, count: usize) -> [u64; 2] {
    let keep = |count: usize| !(u64::MAX << (8 * count));
    if count < 8 { [low & keep(count), 0] } else { [low, high & keep(count - 8)] }
}

/// How many of sixteen bytes stand before the first special one.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[inline]
fn first_special(low: u64, high: u64) -> usize {
    use std::arch::wasm32::*;
    let block = u64x2(low, high);
    let special = v128_or(
        v128_or(u8x16_eq(block, u8x16_splat(b'"')), u8x16_eq(block, u8x16_splat(b'\\'))),
        u8x16_lt(block, u8x16_splat(0x20)),
    );
    u8x16_bitmask(special).trailing_zeros() as usize
}

/// How many of sixteen bytes stand before the first special one.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
#[inline]
fn first_special(low: u64, high: u64) -> usize {
    const ONES: u64 = u64::MAX / 255;
    // The lowest mark is exact, those above it may be false (a borrow).
    let plain = |block: u64| {
        let zero_byte = |word: u64| word.wrapping_sub(ONES) & !word;
        let quote = zero_byte(block ^ (ONES * b'"' as u64));
        let backslash = zero_byte(block ^ (ONES * b'\\' as u64));
        let control = block.wrapping_sub(ONES * 0x20) & !block;
        ((quote | backslash | control) & (ONES * 0x80)).trailing_zeros() as usize / 8
    };
    match plain(low) {
        8 => 8 + plain(high),
        found => found,
    }
}

/// Where of sixteen bytes the quotes, the backslashes, the letters that an escape may have alone and the control
/// characters stand. The lowest bit is the first byte.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[inline]
fn marks(low: u64, high: u64) -> [u32; 4] {
    use std::arch::wasm32::*;
    let block = u64x2(low, high);
    let is = |byte| u8x16_eq(block, u8x16_splat(byte));
    let (quotes, backslashes) = (is(b'"'), is(b'\\'));
    let letters = b"bfnrt".iter().fold(v128_or(quotes, backslashes), |all, &letter| v128_or(all, is(letter)));
    let controls = u8x16_lt(block, u8x16_splat(0x20));
    [quotes, backslashes, letters, controls].map(|marked| u8x16_bitmask(marked).into())
}

/// Where of sixteen bytes the quotes, the backslashes, the letters that an escape may have alone and the control
/// characters stand. The lowest bit is the first byte.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
fn marks(low: u64, high: u64) -> [u32; 4] {
    let block = (u128::from(high) << 64 | u128::from(low)).to_le_bytes();
    let which =
        |is: fn(u8) -> bool| block.iter().rev().fold(0, |bits, &byte| bits << 1 | u32::from(is(byte)));
    [
        which(|byte| byte == b'"'),
        which(|byte| byte == b'\\'),
        which(|byte| b"\"\\bfnrt".contains(&byte)),
        which(|byte| byte < 0x20),
    ]
}

/// Which of sixteen bytes a backslash escapes, and whether the last one escapes the byte after them: 0 or 1.
///
/// Of a row of backslashes every other one escapes. Adding one at its start carries out of its end, and tells by
/// the parity of start and end whether the byte behind it is escaped (simdjson, Langdale and Lemire 2019).
#[inline]
fn escaped_bytes(backslashes: u32, first_is_escaped: u32) -> (u32, u32) {
    const EVEN: u32 = 0x5555;
    let backslashes = backslashes & !first_is_escaped;
    let behind = backslashes << 1 | first_is_escaped;
    let odd_starts = backslashes & !EVEN & !behind;
    let carried = odd_starts + backslashes;
    let escaped = (EVEN ^ (carried << 1)) & behind;
    (escaped & 0xffff, carried >> 16)
}

/// A hash of the bytes, of which all 64 bits are good.
///
/// Two independent lanes of eight bytes, a product each: a 128-bit product is a function call in wasm. No
/// defence against chosen collisions: a caller could slow down nobody but itself.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    hash_first(bytes, bytes.len(), 0)
}

/// The hash with these bits of every byte set, so that what they tell apart has one hash.
pub(crate) fn hash_with(bytes: &[u8], bits: u8) -> u64 {
    hash_first(bytes, bytes.len(), bits)
}

/// The hash of the first `len` bytes; what stands behind them spares the last block a copy.
#[inline]
fn hash_first(mut bytes: &[u8], len: usize, bits: u8) -> u64 {
    let bits = u64::MAX / 255 * u64::from(bits);
    let mut hasher = Hasher::default();
    for _ in 0..len / 16 {
        if let Some((block, next)) = bytes.split_first_chunk() {
            let [low, high] = halves(*block);
            hasher.write(low | bits, high | bits);
            bytes = next;
        }
    }
    let block = bytes.first_chunk().copied();
    let block = block.unwrap_or_else(|| std::array::from_fn(|i| bytes.get(i).copied().unwrap_or_default()));
    let [low, high] = halves(block);
    let [low, high] = first_bytes(low | bits, high | bits, len % 16);
    hasher.write(low, high);
    hasher.finish(len)
}

#[derive(Default)]
struct Hasher(u64, u64);

impl Hasher {
    const A: u64 = 0x9e37_79b9_7f4a_7c15;
    const B: u64 = 0xd1b5_4a32_d192_ed03;

    #[inline]
    fn write(&mut self, low: u64, high: u64) {
        self.0 = (self.0.rotate_left(29) ^ low).wrapping_mul(Self::A);
        self.1 = (self.1.rotate_left(29) ^ high).wrapping_mul(Self::B);
    }

    #[inline]
    fn finish(self, len: usize) -> u64 {
        let mixed = (self.0 ^ self.1.rotate_left(32) ^ len as u64).wrapping_mul(Self::A);
        let mixed = (mixed ^ mixed >> 32).wrapping_mul(Self::B);
        mixed ^ mixed >> 29
    }
}

/// How a string is written; the greater, the more work to read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    /// Without an escape: its bytes are its text.
    Plain,
    /// With escapes of one letter, such as `\n`.
    Short,
    /// With code units as `JSON.stringify` writes them, lone surrogates perhaps: equal bytes are equal texts.
    Escaped,
    /// With an escape that could be written otherwise, such as `\/` or `\u0041`.
    Irregular,
}

struct Escape {
    len: usize,
    form: Form,
    /// `None` is a lone surrogate.
    char: Option<char>,
}

/// Reads the escape that `bytes` begin with.
fn escape(bytes: &[u8]) -> Option<Escape> {
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
            if let Some((low, _)) = bytes.get(6..).and_then(code_unit)
                && let Some(Ok(char)) = char::decode_utf16([unit, low]).next()
                && char.len_utf16() == 2
            {
                return Some(Escape { len: 12, form: Form::Irregular, char: Some(char) });
            }
            let char = char::from_u32(unit.into());
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
fn code_unit(bytes: &[u8]) -> Option<(u16, bool)> {
    let [b'\\', b'u', digits @ ..] = bytes.first_chunk::<6>()? else { return None };
    let mut unit = 0;
    for &digit in digits {
        unit = unit << 4 | (digit as char).to_digit(16)? as u16;
    }
    Some((unit, !digits.iter().any(u8::is_ascii_uppercase)))
}

/// A string of the text, as it is written there.
#[derive(Clone, Copy)]
pub(crate) struct Text<'a> {
    all: &'a str,
    start: usize,
    end: usize,
    form: Form,
    hash: u64,
}

impl<'a> Text<'a> {
    /// The text that `JSON.stringify` writes so between quotes.
    pub fn canonical(raw: &'a str) -> Self {
        let form = if raw.contains('\\') { Form::Escaped } else { Form::Plain };
        Self { all: raw, start: 0, end: raw.len(), form, hash: hash(raw.as_bytes()) }
    }

    /// The bytes between the quotes.
    pub fn raw(&self) -> &'a str {
        self.all.get(self.start..self.end).unwrap_or_default()
    }

    /// The same, without a look at where characters begin and end.
    #[inline]
    pub fn bytes(&self) -> &'a [u8] {
        self.all.as_bytes().get(self.start..self.end).unwrap_or_default()
    }

    /// Where they begin in the whole text.
    pub fn start(&self) -> usize {
        self.start
    }

    /// The [`hash`] of its bytes.
    pub fn hash(&self) -> u64 {
        self.hash
    }

    /// Whether texts of this form are equal only where their bytes are.
    pub fn is_canonical(&self) -> bool {
        self.form < Form::Irregular
    }

    /// Its characters; a lone surrogate is an `Err`.
    pub fn chars(&self) -> impl Iterator<Item = Result<char, LoneSurrogate>> + 'a {
        let mut rest = self.raw();
        std::iter::from_fn(move || {
            if rest.as_bytes().first() == Some(&b'\\')
                && let Some(escape) = escape(rest.as_bytes())
            {
                rest = part(rest, escape.len..);
                return Some(escape.char.ok_or(LoneSurrogate));
            }
            let char = rest.chars().next()?;
            rest = part(rest, char.len_utf8()..);
            Some(Ok(char))
        })
    }

    pub fn has_lone_surrogate(&self) -> bool {
        self.form > Form::Short && self.chars().any(|char| char.is_err())
    }

    /// Whether it says exactly this.
    pub fn is(&self, text: &str) -> bool {
        match self.form {
            Form::Plain => self.bytes() == text.as_bytes(),
            _ => self.chars().eq(text.chars().map(Ok)),
        }
    }

    /// Its text, with U+FFFD for what UTF-8 cannot carry.
    pub fn to_text(self) -> Cow<'a, str> {
        match self.form {
            Form::Plain => Cow::Borrowed(self.raw()),
            _ => self.chars().map(|char| char.unwrap_or(char::REPLACEMENT_CHARACTER)).collect(),
        }
    }

    /// Writes it as `JSON.stringify` would.
    pub fn write_canonical(&self, out: &mut String) {
        let mut rest = self.raw();
        while !rest.is_empty() {
            let escape = if rest.starts_with('\\') { escape(rest.as_bytes()) } else { None };
            let (len, char) = match escape {
                // A lone surrogate has no other form than its digits.
                Some(Escape { len, char: None, .. }) => {
                    out.push_str(&part(rest, ..len).to_ascii_lowercase());
                    rest = part(rest, len..);
                    continue;
                }
                Some(Escape { len, char: Some(char), .. }) => (len, char),
                None => rest.chars().next().map_or((1, ' '), |char| (char.len_utf8(), char)),
            };
            push_escaped(char, out);
            rest = part(rest, len..);
        }
    }
}

/// Half of a UTF-16 pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LoneSurrogate;

/// Writes a string with its quotes, as `JSON.stringify` would.
pub(crate) fn write_string(text: &str, out: &mut String) {
    out.push('"');
    for char in text.chars() {
        push_escaped(char, out);
    }
    out.push('"');
}

/// Writes an array of strings, as `JSON.stringify` would.
pub(crate) fn write_strings(texts: &[String], out: &mut String) {
    out.push('[');
    for (index, text) in texts.iter().enumerate() {
        out.push_str(if index > 0 { "," } else { "" });
        write_string(text, out);
    }
    out.push(']');
}

fn push_escaped(char: char, out: &mut String) {
    let short = match char {
        '"' => '"',
        '\\' => '\\',
        '\u{8}' => 'b',
        '\u{c}' => 'f',
        '\n' => 'n',
        '\r' => 'r',
        '\t' => 't',
        '\0'..' ' => {
            out.push_str("\\u00");
            for digit in [char as u32 >> 4, char as u32 & 15] {
                out.extend(char::from_digit(digit, 16));
            }
            return;
        }
        _ => return out.push(char),
    };
    out.push('\\');
    out.push(short);
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn text(json: &str) -> Text<'_> {
        Reader::new(json).string().expect(json)
    }

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
    fn says_where_the_text_stops_being_json() {
        let error = Reader::new("{\"a\" 1}").skip().unwrap_err();
        assert_eq!(error.message(), "not JSON: expected ':' at byte 5");
    }

    #[test]
    fn depth_is_not_stack() {
        let json = "[".repeat(1_000_000) + &"]".repeat(1_000_000);
        assert_eq!(Reader::new(&json).skip(), Ok(()));
    }

    #[test]
    fn finds_the_end_of_plain_text_at_every_offset() {
        for len in 0..70 {
            for special in ['"', '\\', '\n', '\u{1f}'] {
                for rest in ["", "rest", "a rest of more than a block"] {
                    let plain = "x".repeat(len);
                    let json = format!("{plain}{special}{rest}");
                    assert_eq!(plain_run(json.as_bytes()), len, "{json:?}");
                    let mut hasher = Hasher::default();
                    let blocks = plain_blocks(json.as_bytes(), |low, high| hasher.write(low, high));
                    if json.len() / 16 > len / 16 {
                        assert_eq!(blocks, Some(len), "{json:?}");
                        assert_eq!(hasher.finish(len), hash(plain.as_bytes()), "{json:?}");
                    }
                }
            }
            assert_eq!(plain_run("é".repeat(len).as_bytes()), 2 * len);
        }
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

    #[test]
    fn knows_what_a_backslash_escapes() {
        for backslashes in 0..1 << 16 {
            for first in [0, 1] {
                let (mut escaped, mut escapes_next) = (0, first == 1);
                for bit in 0..16 {
                    escaped |= u32::from(escapes_next) << bit;
                    escapes_next = !escapes_next && backslashes >> bit & 1 == 1;
                }
                assert_eq!(
                    escaped_bytes(backslashes, first),
                    (escaped, escapes_next.into()),
                    "{backslashes:b}"
                );
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

    #[test]
    fn similar_texts_have_hashes_far_apart() {
        let (mut upper, mut lower) = (HashSet::new(), HashSet::new());
        for number in 0..100_000 {
            let hash = hash(format!("phrase number {number}").as_bytes());
            upper.insert(hash >> 32);
            lower.insert(hash & 0xffff);
        }
        // 100,000 draws out of 2³² meet about once, out of 2¹⁶ they leave a fifth.
        assert!(upper.len() > 99_980, "{}", upper.len());
        assert!(lower.len() > 50_000, "{}", lower.len());
        assert_ne!(hash(b""), hash(b"\0"), "the length counts");
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
    fn tells_lone_surrogates() {
        for json in [r#""\ud800""#, r#""a\udc00b""#, r#""\udc00\ud800""#, r#""\ud83d\ud83d\ude00""#] {
            assert!(text(json).has_lone_surrogate(), "{json}");
        }
        for json in [r#""\ud83d\ude00""#, r#""\\ud800""#, r#""\ufffd""#, r#""😀""#] {
            assert!(!text(json).has_lone_surrogate(), "{json}");
        }
        assert_eq!(text(r#""a\ud800\ud83d\ude00""#).to_text(), "a\u{fffd}😀");
    }
}
