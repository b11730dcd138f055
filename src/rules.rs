//! The rules, one file each. Every rule is a judgement on what [`crate::body`] met; none walks the body itself.

pub(crate) mod blank;
pub(crate) mod duplicate;
pub(crate) mod key;
pub(crate) mod text;
