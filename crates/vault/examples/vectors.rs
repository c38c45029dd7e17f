//! Writes `crates/vault/vectors/` anew. Only for a new format: what is frozen is not written again.
//!
//!     cargo run -p vault --example vectors

#![allow(clippy::unwrap_used, reason = "whoever runs this looks on")]

#[path = "../tests/support/mod.rs"]
mod support;

fn main() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors");
    for (name, bytes) in support::frozen::files() {
        std::fs::write(folder.join(name), bytes).unwrap();
    }
}
