//! New texts: read, stored, and checked by the rules that look at one text alone.

use std::borrow::Cow;

use super::{Equality, RowFlags, Rows};
use crate::advice::first_look::FirstLook;
use crate::advice::near_duplicate::{self, FoldHashes};
use crate::advice::style::{self, style_checks};
use crate::draft::document::{Misfit, string};
use crate::draft::growth::lengthen;
use crate::draft::texts::Span;
use crate::json::{Text, count_quotes, part, quoted};
use crate::validate::IssueKind;
use crate::validate::text::text_issue;

/// Reads JSON, and passes on the phrases that it finds.
pub(in crate::draft) type ReadTexts<'a> =
    dyn FnMut(&str, &mut dyn FnMut(Text<'_>)) -> Result<(), Misfit> + 'a;

/// A document on its way into the store.
struct Loading {
    /// Where it will start in the store.
    start: usize,
    /// Where in the store the rewritten texts will start.
    rewritten_start: usize,
    /// Texts that are not written as they will be sent are written again behind the document.
    rewritten: String,
    /// The bytes of all texts together.
    live: usize,
    rows: Vec<u32>,
    folds: FoldHashes,
}

impl Rows {
    /// Makes rows of the texts that `read` finds in the JSON.
    #[inline(never)]
    pub fn load(&mut self, json: Cow<'_, str>, read: &mut ReadTexts<'_>) -> Result<Vec<u32>, Misfit> {
        // At least as many as there are texts: tables that grow step by step would leave holes in the memory behind.
        let most = count_quotes(&json) / 2;
        self.make_room(most);
        let start = self.texts.next_start();
        let mut loading = Loading {
            start,
            rewritten_start: start + json.len(),
            rewritten: String::new(),
            live: 0,
            rows: Vec::with_capacity(most),
            folds: FoldHashes::default(),
        };
        let found = read(&json, &mut |text| self.load_text(text, &mut loading));
        let Loading { rewritten, live, rows, folds, .. } = loading;
        if let Err(misfit) = found {
            for row in rows {
                self.texts.replace(row, Span::default());
                self.texts.free(row);
            }
            return Err(misfit);
        }
        self.texts.take(json, &rewritten, rows.len(), live);
        self.finish_checks(folds);
        Ok(rows)
    }

    /// Makes a row of a text of the document.
    #[inline(never)]
    #[cfg_attr(levels, optimize(speed))]
    fn load_text(&mut self, text: Text<'_>, loading: &mut Loading) {
        let (text, start) = if text.is_canonical() {
            (text, loading.start + text.start())
        } else {
            let from = loading.rewritten.len();
            text.write_canonical(&mut loading.rewritten);
            (Text::canonical(part(&loading.rewritten, from..)), loading.rewritten_start + from)
        };
        let len = text.raw().len();
        let row = self.texts.add(Span { start: start as u32, len: len as u32 });
        loading.live += len;
        loading.rows.push(row);
        self.check_text(row, text, &mut loading.folds);
    }

    #[inline(never)]
    fn make_room(&mut self, more: usize) {
        let count = self.texts.make_room_for_rows(more);
        lengthen(&mut self.flags, count, RowFlags::NONE);
        self.order.make_room(count);
        self.groups.iter_mut().for_each(|groups| groups.make_room(count));
    }

    /// Stores one text, a JSON string, for a row to have.
    pub fn store_text(&mut self, json: &str) -> Result<Span, Misfit> {
        Ok(self.texts.put(string(json)?))
    }

    /// Stores the row's text as it is when this advice on it is followed.
    pub fn store_improved(&mut self, row: u32, advised: RowFlags) -> Option<Span> {
        let text = self.texts.of(row).to_text().into_owned();
        let text = style::fix(text, advised.style_checks());
        self.store_text(&quoted(&text)).ok()
    }

    /// Sets the flags and hashes that depend on a row's own text. The row is in no group.
    #[inline(never)]
    #[cfg_attr(levels, optimize(speed))]
    pub(super) fn check_text(&mut self, row: u32, text: Text<'_>, folds: &mut FoldHashes) {
        let flags = match text_issue(text) {
            Some(IssueKind::Blank) => RowFlags::BLANK,
            Some(_) => RowFlags::LONE_SURROGATE,
            None => {
                let plain = text.to_text();
                self.groups[Equality::Exact as usize].set_hash(row, text.hash());
                let trimmed = near_duplicate::without_outer_spaces(&plain);
                let look = FirstLook::at(trimmed);
                let fold = if look.is_spaced() {
                    near_duplicate::hash(trimmed)
                } else {
                    folds.push_unspaced(row, &plain)
                };
                self.groups[Equality::Folded as usize].set_hash(row, fold);
                RowFlags::of_style(style_checks(&plain, look))
            }
        };
        let tracked = self.flags(row).only(RowFlags::TRACKED);
        self.flags[row as usize] = flags | tracked;
    }

    pub(super) fn finish_checks(&mut self, folds: FoldHashes) {
        let groups = &mut self.groups[Equality::Folded as usize];
        folds.finish(self.fold, &mut |row, hash| groups.set_hash(row, hash));
    }
}
