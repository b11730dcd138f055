//! The table, natively.
#![cfg(not(target_arch = "wasm32"))]

mod common;

#[test]
fn cases() {
    common::every_case_is_validated_as_the_table_says();
}

#[test]
fn blocks() {
    common::every_offset_in_a_block_is_read_alike();
}
