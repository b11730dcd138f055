//! Whether the content differs from the saved one.

use super::Draft;
use super::history::History;

impl Draft {
    /// Makes the present content the one that [`is_modified`](Self::is_modified) compares with. Ends the undo step
    /// under way.
    pub fn mark_saved(&mut self) {
        self.end_step();
        self.history.saved = Some(self.history.state);
        self.history.saved_content = None;
        self.history.compared.set(None);
    }

    /// Makes the draft modified until it is saved.
    #[cfg(feature = "js-draft")]
    pub(crate) fn mark_modified(&mut self) {
        self.history.saved = None;
    }

    /// Whether the content differs from that at the last [`mark_saved`](Self::mark_saved), or else from the draft's
    /// first. It does not after an undo back to that content, nor after other edits that lead to the same texts.
    ///
    /// Contents of the same length are compared by a hash of 64 bits, once after each edit.
    pub fn is_modified(&self) -> bool {
        let History { state, saved, saved_content, ref compared, .. } = self.history;
        if saved == Some(state) {
            return false;
        }
        let (Some(_), Some((bytes, hash))) = (saved, saved_content) else { return true };
        if bytes != self.bytes() {
            return true;
        }
        match compared.get() {
            Some((compared, result)) if compared == state => result,
            _ => {
                let result = self.content_hash() != hash;
                compared.set(Some((state, result)));
                result
            }
        }
    }

    /// Keeps what is needed to recognise the saved content, before the first edit leaves it.
    pub(super) fn remember_saved_content(&mut self) {
        if self.history.saved == Some(self.history.state) && self.history.saved_content.is_none() {
            self.history.saved_content = Some((self.bytes(), self.content_hash()));
        }
    }

    #[cfg_attr(levels, optimize(speed))]
    #[inline(never)]
    fn content_hash(&self) -> u64 {
        let hash = u64::from(self.head.id.is_some());
        let mut hash = with_text(hash, self.head.id.as_deref().unwrap_or_default());
        hash = with_text(hash, &self.head.name);
        for row in self.rows.order.iter() {
            hash = with_text(hash, self.rows.texts.of_row(row));
        }
        hash
    }
}

/// A hash of several texts, with one more.
#[inline]
fn with_text(hash: u64, text: &str) -> u64 {
    (hash.rotate_left(23) ^ crate::json::hash(text.as_bytes())).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
