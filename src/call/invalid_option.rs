use std::fmt;

/// A sentence that says why an option cannot be used. Begins with the option's name and never repeats its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidOption(pub &'static str);

impl fmt::Display for InvalidOption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for InvalidOption {}
