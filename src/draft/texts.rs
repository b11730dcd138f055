//! The texts of all rows, in one store, as they will be sent.

use std::borrow::Cow;
use std::ops::Range;

use super::growth::{lengthen, reserve};
use crate::json::{Text, part};

/// How many rows may have the same number, one after the other: a key stays below 2⁵³, so that JavaScript can represent it.
const GENERATIONS: u32 = 1 << 21;

/// How much of the store [`Texts::compact`] moves at a time, in bytes.
const WINDOW: usize = 1 << 16;

/// A range of the store.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Span {
    pub start: u32,
    pub len: u32,
}

impl Span {
    fn bounds(self) -> Range<usize> {
        self.start as usize..self.start as usize + self.len as usize
    }
}

/// The texts, each as `JSON.stringify` writes it between quotes, and the numbers of the rows.
///
/// A text is never changed in place. The old text is kept for undo until it is released, and [`compact`](Self::compact)
/// reclaims its bytes.
#[derive(Default)]
pub(crate) struct Texts {
    store: String,
    /// How many bytes of the store belong to no text in use.
    dead: usize,
    /// How many of the dead bytes are between the texts of a document, three for each. A row takes many times as much, so
    /// copying is not worth it.
    framing: usize,
    /// By row.
    spans: Vec<Span>,
    /// By row: how many rows had this number before; 0 beyond the end.
    predecessors: Vec<u32>,
    pub first_generation: u32,
    /// Numbers of rows that were freed.
    free: Vec<u32>,
}

impl Texts {
    /// Where in the store the next document will start.
    pub fn next_start(&mut self) -> usize {
        if self.dead == self.store.len() {
            self.store.clear();
            (self.dead, self.framing) = (0, 0);
        }
        self.store.len()
    }

    /// Appends a whole document and what follows it. Its `count` texts have `live` bytes together.
    pub fn take(&mut self, document: Cow<'_, str>, rest: &str, count: usize, live: usize) {
        let bytes = document.len() + rest.len();
        self.framing += (bytes - live).min(3 * count);
        match document {
            Cow::Owned(document) if self.store.is_empty() => {
                self.store = document;
                self.store.shrink_to(room_for(bytes));
            }
            document => {
                self.make_room(bytes);
                self.store.push_str(&document);
            }
        }
        self.store.push_str(rest);
        self.dead += bytes - live;
    }

    /// Appends a text.
    #[cfg_attr(levels, optimize(speed))]
    pub fn put(&mut self, text: Text<'_>) -> Span {
        let start = self.store.len();
        self.make_room(text.raw().len());
        text.write_canonical(&mut self.store);
        Span { start: start as u32, len: (self.store.len() - start) as u32 }
    }

    /// Makes room for this many more rows, and returns a number that is greater than that of any row.
    pub fn make_room_for_rows(&mut self, more: usize) -> usize {
        let count = self.spans.len() + more.saturating_sub(self.free.len());
        reserve(&mut self.spans, count);
        count
    }

    /// A row for a text.
    #[cfg_attr(levels, optimize(speed))]
    pub fn add(&mut self, span: Span) -> u32 {
        match self.free.pop() {
            Some(row) => {
                self.spans[row as usize] = span;
                row
            }
            None => {
                self.spans.push(span);
                self.spans.len() as u32 - 1
            }
        }
    }

    /// Frees a row.
    pub fn free(&mut self, row: u32) {
        self.release(self.spans[row as usize]);
        self.spans[row as usize] = Span::default();
        lengthen(&mut self.predecessors, row as usize + 1, 0);
        self.predecessors[row as usize] += 1;
        if self.generation(row) < GENERATIONS {
            self.free.push(row);
        }
    }

    /// Releases a text that no row has.
    pub fn release(&mut self, span: Span) {
        self.dead += span.len as usize;
    }

    /// Distinguishes a row from those that had its number before.
    pub fn generation(&self, row: u32) -> u32 {
        self.first_generation + self.predecessors.get(row as usize).copied().unwrap_or_default()
    }

    #[cfg(feature = "js-draft")]
    pub fn next_generation(&self) -> u32 {
        self.first_generation + self.predecessors.iter().max().copied().unwrap_or_default() + 1
    }

    /// A number that is greater than that of any row.
    pub fn rows(&self) -> usize {
        self.spans.len()
    }

    pub fn get(&self, row: u32) -> Span {
        self.spans[row as usize]
    }

    /// Gives a row another text, and returns the one that it had.
    pub fn replace(&mut self, row: u32, span: Span) -> Span {
        std::mem::replace(&mut self.spans[row as usize], span)
    }

    pub fn raw(&self, span: Span) -> &str {
        part(&self.store, span.bounds())
    }

    /// The text of a row, as it is written between quotes.
    #[cfg_attr(levels, optimize(speed))]
    pub fn of_row(&self, row: u32) -> &str {
        self.raw(self.get(row))
    }

    /// The text of a row.
    #[inline(never)]
    #[cfg_attr(levels, optimize(speed))]
    pub fn of(&self, row: u32) -> Text<'_> {
        Text::canonical(self.of_row(row))
    }

    /// Whether enough bytes are dead to be worth copying the others: a sixteenth, so that dead bytes do not use up the room
    /// to grow in.
    pub fn needs_compaction(&self) -> bool {
        self.dead > self.framing + self.store.len() / 16 + WINDOW / 4
    }

    /// Reclaims the bytes of texts that were released. `others` are the texts in use that no row has.
    ///
    /// It works in place, window by window: a second store would take as much memory as everything else.
    #[cold]
    #[inline(never)]
    #[cfg_attr(levels, optimize(speed))]
    pub fn compact(&mut self, mut others: Vec<&mut Span>) {
        let mut store = std::mem::take(&mut self.store).into_bytes();
        let mut moved = Vec::with_capacity(WINDOW);
        let mut end = 0;
        for window in (0..store.len()).step_by(WINDOW) {
            // Texts of earlier windows are in front of this one by now, so none is moved twice.
            for span in self.spans.iter_mut().chain(others.iter_mut().map(|span| &mut **span)) {
                if (span.start as usize).wrapping_sub(window) < WINDOW
                    && let Some(text) = store.get(span.bounds())
                {
                    span.start = (end + moved.len()) as u32;
                    moved.extend_from_slice(text);
                }
            }
            // This overwrites only what has been read: the texts up to here were at least as long before.
            if let Some(place) = store.get_mut(end..end + moved.len()) {
                place.copy_from_slice(&moved);
            }
            end += moved.len();
            moved.clear();
        }
        store.truncate(end);
        store.shrink_to(room_for(end));
        self.store = String::from_utf8(store).unwrap_or_default();
        (self.dead, self.framing) = (0, 0);
    }

    #[inline(never)]
    fn make_room(&mut self, bytes: usize) {
        if self.store.capacity() - self.store.len() < bytes {
            self.store.reserve_exact(room_for(self.store.len() + bytes) - self.store.len());
        }
    }
}

/// Leaves an eighth to grow in, where `String` would double: the texts are most of a draft's memory.
fn room_for(bytes: usize) -> usize {
    bytes + bytes / 8
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::advice::fold_unicode;
    use crate::{Draft, Options};

    #[test]
    fn reclaims_the_bytes_of_short_and_empty_texts() {
        let mut draft =
            Draft::from_json(r#"{"vocabulary":["a"]}"#, Options::default(), fold_unicode).unwrap();
        for text in ["b", ""].repeat(50_000) {
            draft.set_phrase(0, text).unwrap();
            assert!(draft.insert_json(0, r#"["\u0061","#.into()).is_err());
        }
        assert!(draft.rows.texts.store.len() < 1 << 15, "{}", draft.rows.texts.store.len());
        for text in ["b", ""].repeat(50_000) {
            draft.insert_phrases(0, &[text]).unwrap();
            draft.remove_phrase(0).unwrap();
        }
        assert!(draft.rows.texts.store.len() < 1 << 17, "{}", draft.rows.texts.store.len());
    }

    #[test]
    fn keys_stay_below_what_javascript_can_represent() {
        let mut draft = Draft::new(Options::default(), fold_unicode);
        draft.rows.texts.first_generation = GENERATIONS - 3;
        let mut keys = HashSet::new();
        for _ in 0..10 {
            draft.insert_phrases(0, &["a"]).unwrap();
            let key = draft.key_at(0).unwrap();
            assert!(key < 1 << 53 && keys.insert(key));
            draft.undo();
        }
    }
}
