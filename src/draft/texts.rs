//! The texts of rows, as they will be sent, in one store.

use std::borrow::Cow;
use std::ops::Range;

use super::growth::{lengthen, reserve};
use crate::json::{Text, part};

/// As many rows may have one number: then a key is a whole number that JavaScript holds exactly, below 2⁵³.
const GENERATIONS: u32 = 1 << 21;

/// How much of the store is moved at once, in bytes.
const WINDOW: usize = 1 << 16;

/// A stretch of the store.
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

/// Texts between quotes as `JSON.stringify` writes them, each with the row that it is of.
///
/// A text is never changed in place: the old one serves undo, until it is let go and its room is won back.
#[derive(Default)]
pub(crate) struct Texts {
    store: String,
    /// Bytes of the store that are of no text, or of one that nothing speaks of any more.
    dead: usize,
    /// Those of them that stand between the texts of a document, three for each: a row takes many times as much, so
    /// that they are worth no copying.
    framing: usize,
    /// By row.
    spans: Vec<Span>,
    /// By row: how many rows had this number before; beyond the end there was none.
    predecessors: Vec<u32>,
    pub first_generation: u32,
    /// Numbers of rows that are gone for good.
    free: Vec<u32>,
}

impl Texts {
    /// Where in the store the next document will begin.
    pub fn next_start(&mut self) -> usize {
        if self.dead == self.store.len() {
            self.store.clear();
            (self.dead, self.framing) = (0, 0);
        }
        self.store.len()
    }

    /// Takes in a whole document, of whose `count` texts `live` bytes serve where they stand, and what stands behind it.
    pub fn take(&mut self, document: Cow<'_, str>, behind: &str, count: usize, live: usize) {
        let bytes = document.len() + behind.len();
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
        self.store.push_str(behind);
        self.dead += bytes - live;
    }

    /// Takes in a text.
    pub fn put(&mut self, text: Text<'_>) -> Span {
        let start = self.store.len();
        self.make_room(text.raw().len());
        text.write_canonical(&mut self.store);
        Span { start: start as u32, len: (self.store.len() - start) as u32 }
    }

    /// Makes room for this many more rows, and says below which number all rows will be.
    pub fn make_room_for_rows(&mut self, more: usize) -> usize {
        let count = self.spans.len() + more.saturating_sub(self.free.len());
        reserve(&mut self.spans, count);
        count
    }

    /// A row for a text.
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

    /// Lets go of a row for good.
    pub fn free(&mut self, row: u32) {
        self.release(self.spans[row as usize]);
        self.spans[row as usize] = Span::default();
        lengthen(&mut self.predecessors, row as usize + 1, 0);
        self.predecessors[row as usize] += 1;
        if self.generation(row) < GENERATIONS {
            self.free.push(row);
        }
    }

    /// Lets go of a text that no row has.
    pub fn release(&mut self, span: Span) {
        self.dead += span.len as usize;
    }

    /// Tells a row from those that had its number before.
    pub fn generation(&self, row: u32) -> u32 {
        self.first_generation + self.predecessors.get(row as usize).copied().unwrap_or_default()
    }

    #[cfg(feature = "js-draft")]
    pub fn next_generation(&self) -> u32 {
        self.first_generation + self.predecessors.iter().max().copied().unwrap_or_default() + 1
    }

    /// How many rows there are and were; all are below it.
    pub fn rows(&self) -> usize {
        self.spans.len()
    }

    pub fn get(&self, row: u32) -> Span {
        self.spans[row as usize]
    }

    /// Gives a row another text, and the one that it had.
    pub fn replace(&mut self, row: u32, span: Span) -> Span {
        std::mem::replace(&mut self.spans[row as usize], span)
    }

    pub fn raw(&self, span: Span) -> &str {
        part(&self.store, span.bounds())
    }

    /// The text of a row.
    pub fn of(&self, row: u32) -> Text<'_> {
        Text::canonical(self.raw(self.get(row)))
    }

    /// Whether what was let go is worth the copying of what was not: a sixteenth, so that the room to grow in is not
    /// used up by it.
    pub fn is_untidy(&self) -> bool {
        self.dead > self.framing + self.store.len() / 16 + WINDOW / 4
    }

    /// Wins back the room of texts that were let go. `others` are those to keep that no row has.
    ///
    /// Where they stand, window by window: a second store would be as much memory as all the rest.
    pub fn tidy(&mut self, mut others: Vec<&mut Span>) {
        let mut store = std::mem::take(&mut self.store).into_bytes();
        let mut moved = Vec::with_capacity(WINDOW);
        let mut end = 0;
        for window in (0..store.len()).step_by(WINDOW) {
            // Those of earlier windows stand before this one by now, and are not met again.
            for span in self.spans.iter_mut().chain(others.iter_mut().map(|span| &mut **span)) {
                if (span.start as usize).wrapping_sub(window) < WINDOW
                    && let Some(text) = store.get(span.bounds())
                {
                    span.start = (end + moved.len()) as u32;
                    moved.extend_from_slice(text);
                }
            }
            // All of it has been read: no more than stood up to here.
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

    fn make_room(&mut self, bytes: usize) {
        if self.store.capacity() - self.store.len() < bytes {
            self.store.reserve_exact(room_for(self.store.len() + bytes) - self.store.len());
        }
    }
}

/// Leaves an eighth for what is to come, where a string would double: the texts are most of a draft's memory.
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
    fn wins_back_the_room_of_short_texts_and_of_none() {
        let mut draft =
            Draft::from_json(r#"{"vocabulary":["a"]}"#, Options::default(), fold_unicode).unwrap();
        for text in ["\"b\"", "\"\""].repeat(50_000) {
            draft.set_phrase(0, text).unwrap();
            assert_eq!(draft.insert_phrases(0, r#"["\u0061","#), None);
        }
        assert!(draft.rows.texts.store.len() < 1 << 15, "{}", draft.rows.texts.store.len());
        for text in ["[\"b\"]", "[\"\"]"].repeat(50_000) {
            draft.insert_phrases(0, text).unwrap();
            draft.remove_phrase(0).unwrap();
        }
        assert!(draft.rows.texts.store.len() < 1 << 17, "{}", draft.rows.texts.store.len());
    }

    #[test]
    fn no_row_has_so_many_before_it_that_its_key_is_no_number_of_javascripts() {
        let mut draft = Draft::new(Options::default(), fold_unicode);
        draft.rows.texts.first_generation = GENERATIONS - 3;
        let mut keys = HashSet::new();
        for _ in 0..10 {
            draft.insert_phrases(0, "[\"a\"]").unwrap();
            let key = draft.key_at(0).unwrap();
            assert!(key < 1 << 53 && keys.insert(key));
            draft.undo();
        }
    }
}
