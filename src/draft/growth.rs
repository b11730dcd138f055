//! How the vectors of a draft grow.

/// Makes room, with a sixteenth to spare: `Vec` would double, and the rows are half of a draft's memory.
pub(super) fn reserve<T>(values: &mut Vec<T>, len: usize) {
    if values.capacity() < len {
        values.reserve_exact(len - values.len() + len / 16 + 16);
    }
}

/// Lengthens, with [room to spare](reserve).
pub(super) fn lengthen<T: Copy>(values: &mut Vec<T>, len: usize, value: T) {
    reserve(values, len);
    if values.len() < len {
        values.resize(len, value);
    }
}
