//! The crate as a dependency of other projects: it brings no bindings along, and leaves its exports and its allocator
//! to them.
#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// A project that depends on the crate, in the folder for the temporary files of tests.
struct Dependent {
    folder: PathBuf,
}

impl Dependent {
    fn new(name: &str, crate_type: &str, source: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(folder.join("src")).unwrap();
        let manifest = format!(
            r#"
[package]
name = "{name}"
version = "0.0.0"
edition = "2024"

[lib]
crate-type = ["{crate_type}"]

[dependencies]
symbl-tracker = {{ path = '{}' }}

[workspace]
"#,
            env!("CARGO_MANIFEST_DIR")
        );
        fs::write(folder.join("Cargo.toml"), manifest).unwrap();
        fs::write(folder.join("src/lib.rs"), source).unwrap();
        // The versions that the crate itself is tested with, which are on this machine already.
        fs::write(folder.join("Cargo.lock"), include_str!("../Cargo.lock")).unwrap();
        Self { folder }
    }

    /// Runs cargo without a network and returns what it prints.
    fn cargo(&self, args: &[&str]) -> String {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(args).arg("--offline").current_dir(&self.folder);
        // A target folder for both projects, apart from that of the cargo that runs this test.
        cargo.env("CARGO_TARGET_DIR", PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("target"));
        let output = cargo.output().unwrap();
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }
}

#[test]
fn brings_no_bindings_into_a_native_project() {
    let project = Dependent::new("native", "rlib", "pub use symbl_tracker::validate;");
    let tree = project.cargo(&["tree", "--edges", "normal", "--prefix", "none"]);
    let dependencies: Vec<_> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
    assert!(dependencies.contains(&"serde"), "{tree}");
    for binding in ["wasm-bindgen", "js-sys", "web-sys", "serde-wasm-bindgen", "talc"] {
        assert!(!dependencies.contains(&binding), "{binding}:\n{tree}");
    }
}

#[test]
fn leaves_exports_and_the_allocator_to_a_wasm_project() {
    let source = r#"
use std::alloc::{GlobalAlloc, Layout, System};

struct Own;

unsafe impl GlobalAlloc for Own {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Own = Own;

#[unsafe(no_mangle)]
pub extern "C" fn validate() -> usize {
    symbl_tracker::validate("{}", &symbl_tracker::Options::default()).issue_count
}
"#;
    let project = Dependent::new("own-exports", "cdylib", source);
    project.cargo(&["build", "--quiet", "--target", "wasm32-unknown-unknown"]);
    let wasm = PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
        .join("target/wasm32-unknown-unknown/debug/own_exports.wasm");
    assert!(fs::read(wasm).unwrap().starts_with(b"\0asm"));
}
