//! How often validation allocates, compared with `budget.json`: never once a validator has its working memory.
#![cfg(not(target_arch = "wasm32"))]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use symbl_tracker::{Options, Validator};

thread_local! {
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

struct Counting;

// SAFETY: all is handed on to the system's allocator.
#[allow(unsafe_code)]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.set(ALLOCATIONS.get() + 1);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        unsafe { System.dealloc(at, layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ALLOCATIONS.set(ALLOCATIONS.get() + 1);
        unsafe { System.realloc(at, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

#[test]
fn of_1_mb_validated_twice() {
    let budget: serde_json::Value = serde_json::from_str(include_str!("budget.json")).unwrap();
    // A quote in every phrase; that an escape could be written otherwise is what takes further memory.
    let vocabulary: Vec<_> =
        (0..23_000).map(|i| format!(r#""the \"phrase\" with the number {i}\u002e""#)).collect();
    let body = format!(r#"{{"id":"1","name":"Sale","vocabulary":[{}]}}"#, vocabulary.join(","));
    let mut validator = Validator::default();
    for time in ["first", "again"] {
        let before = ALLOCATIONS.get();
        assert!(validator.validate(&body, &Options::default()).is_ok());
        let count = ALLOCATIONS.get() - before;
        println!("{time}: {count}");
        assert!(count as u64 <= budget["allocations"][time].as_u64().unwrap(), "{time}: {count}");
    }
}
