//! The texts of rows, as they will be sent, in one store.

use std::ops::Range;

use super::rows::lengthen;
use crate::json::{Text, part};

/// A stretch of the store.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Span {
    start: u32,
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
    /// Bytes of the store that nothing speaks of any more.
    dead: usize,
    /// By row.
    spans: Vec<Span>,
    /// By row: how many rows had this number before; beyond the end there was none.
    predecessors: Vec<u32>,
    pub first_generation: u32,
    /// Numbers of rows that are gone for good.
    free: Vec<u32>,
}

impl Texts {
    /// Takes in a whole document, whose texts then serve where they stand.
    pub fn take(&mut self, json: &str) -> usize {
        let start = self.store.len();
        self.make_room(json.len());
        self.store.push_str(json);
        start
    }

    /// Drops the document that was taken in last, at `start`, with the rows that were made of it.
    pub fn drop_last(&mut self, start: usize, rows: Vec<u32>) {
        for row in rows {
            self.replace(row, Span::default());
            self.free(row);
        }
        self.store.truncate(start);
    }

    /// A text of the document that was taken in at `start`.
    pub fn span(&mut self, start: usize, text: Text<'_>) -> Span {
        if text.is_canonical() {
            Span { start: (start + text.start()) as u32, len: text.raw().len() as u32 }
        } else {
            self.dead += text.raw().len();
            let start = self.store.len();
            text.write_canonical(&mut self.store);
            Span { start: start as u32, len: (self.store.len() - start) as u32 }
        }
    }

    /// A row for a text.
    pub fn add(&mut self, span: Span) -> u32 {
        match self.free.pop() {
            Some(row) => {
                self.spans[row as usize] = span;
                row
            }
            None => {
                let len = self.spans.len() + 1;
                lengthen(&mut self.spans, len, span);
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
        self.free.push(row);
    }

    /// Lets go of a text that no row has.
    pub fn release(&mut self, span: Span) {
        self.dead += span.len as usize;
    }

    /// Tells a row from those that had its number before.
    pub fn generation(&self, row: u32) -> u32 {
        self.first_generation + self.predecessors.get(row as usize).copied().unwrap_or_default()
    }

    #[cfg(target_arch = "wasm32")]
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

    /// Whether what was let go is worth the copying of what was not: half as much, and more than a little.
    pub fn is_untidy(&self) -> bool {
        self.dead * 3 > self.store.len() + (1 << 17)
    }

    /// Wins back the room of texts that were let go. `others` are those to keep that no row has.
    pub fn tidy<'a>(&'a mut self, others: Vec<&'a mut Span>) {
        let mut store = String::with_capacity(self.spans.iter().map(|span| span.len as usize).sum());
        for span in self.spans.iter_mut().chain(others) {
            let start = store.len() as u32;
            store.push_str(part(&self.store, span.bounds()));
            span.start = start;
        }
        self.store = store;
        self.dead = 0;
    }

    /// Leaves an eighth for what is to come, where a string would double: the texts are most of a draft's memory.
    fn make_room(&mut self, bytes: usize) {
        if self.store.capacity() - self.store.len() < bytes {
            self.store.reserve_exact(bytes + (self.store.len() + bytes) / 8);
        }
    }
}
