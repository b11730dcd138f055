//! The issues and the advice of a draft, put together from the flags of its rows.

use super::Draft;
use super::rows::{Equality, RowFlags};
use crate::Path;
use crate::advice::{self, Advice, AdviceReport, near_duplicate};
use crate::validate::{Issue, IssueKind, ValidationResult, too_large};

impl Draft {
    /// What [`crate::validate()`] says about the body.
    pub fn report(&self) -> ValidationResult {
        let (bytes, limit, max) = (self.bytes(), self.options.max_body_bytes, self.options.max_issues);
        let mut issues = Vec::new();
        // Validation reports a missing key when it reaches the end of the document.
        let (missing, id_issue) = match self.head.id_issue(&self.options) {
            Some(issue) if matches!(issue.kind(), IssueKind::Missing { .. }) => (Some(issue), None),
            issue => (None, issue),
        };
        let too_large = too_large::check(bytes, limit).map(|kind| Issue::new(Path::Vocabulary, kind));
        for issue in [too_large, id_issue, self.head.name_issue()] {
            issues.extend(issue);
        }
        let listed = (issues.len() + self.rows.issue_count).min(max);
        let mut rows = self.rows.order.iter().enumerate();
        while issues.len() < listed
            && let Some((index, row)) = rows.next()
        {
            issues.extend(self.issue(index, row));
        }
        issues.extend(missing);
        issues.truncate(max);
        ValidationResult { bytes, limit, issue_count: self.issue_count(), issues }
    }

    /// The advice on the tracker.
    pub fn advice(&self) -> AdviceReport {
        let mut advice = self.tracker_advice();
        let advice_count = advice.len() + self.rows.advice_count;
        let listed = advice_count.min(self.options.max_issues);
        let mut rows = self.rows.order.iter().enumerate();
        while advice.len() < listed
            && let Some((index, row)) = rows.next()
        {
            self.advise_on(index, row, &mut advice);
        }
        advice.truncate(listed);
        AdviceReport { advice_count, advice }
    }

    /// The issues of one phrase; none where there is no phrase.
    pub fn issues_at(&self, index: usize) -> Vec<Issue> {
        let row = self.rows.order.at(index);
        row.and_then(|row| self.issue(index, row)).into_iter().collect()
    }

    /// The advice on one phrase; none where there is no phrase.
    pub fn advice_at(&self, index: usize) -> Vec<Advice> {
        let mut advice = Vec::new();
        if let Some(row) = self.rows.order.at(index) {
            self.advise_on(index, row, &mut advice);
        }
        advice
    }

    fn issue(&self, index: usize, row: u32) -> Option<Issue> {
        let flags = self.rows.flags(row);
        let kind = if flags.has(RowFlags::BLANK) {
            IssueKind::Blank
        } else if flags.has(RowFlags::LONE_SURROGATE) {
            IssueKind::LoneSurrogate
        } else if flags.has(RowFlags::DUPLICATE) {
            IssueKind::Duplicate { first: self.rows.order.index_of(self.rows.first(Equality::Exact, row)) }
        } else {
            return None;
        };
        Some(Issue::new(Path::Phrase(index), kind))
    }

    fn advise_on(&self, index: usize, row: u32, advice: &mut Vec<Advice>) {
        let flags = self.rows.flags(row);
        let path = Path::Phrase(index);
        if flags.has(RowFlags::NEAR_DUPLICATE) {
            let first = self.rows.first(Equality::Folded, row);
            let text = self.rows.texts.of(first).to_text();
            advice.push(near_duplicate::advise(path, self.rows.order.index_of(first), &text));
        }
        if flags.has(RowFlags::STYLE) {
            let text = self.rows.texts.of(row).to_text();
            advice.extend(flags.style_checks().advise(path, &text));
        }
    }

    /// The advice on the tracker as a whole and on its name.
    pub(super) fn tracker_advice(&self) -> Vec<Advice> {
        let name = (!self.head.has_name_issue).then(|| self.name());
        advice::of_tracker(self.bytes(), self.options.max_body_bytes, name.as_deref(), self.len())
    }
}
