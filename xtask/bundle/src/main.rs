//! Turns what the compiler made of the clients, the style sheets and `public/` into the folder that the
//! server serves. `cargo xtask` calls it; it is a program of its own because its parts (wasm-bindgen,
//! Lightning CSS) take a minute to compile, which the person who waits for them should see counted.
//!
//! The result has the names that cargo-leptos with `hash-files` gives:
//!
//! ```text
//! SITE/…                     public/ as it is, each compressible file with .br and .gz beside it
//! SITE/pkg/NAME.HASH.js      wasm-bindgen's glue
//! SITE/pkg/NAME.HASH.wasm    the client
//! SITE/pkg/NAME-worker.HASH.js  what its worker runs, for a client that has one
//! SITE/pkg/NAME.HASH.css     a style sheet with its imports, minified
//! SITE/pkg/FONT.HASH.woff2   what the style sheet's url() names
//! SITE/pkg/hash.txt          one line each: `js: HASH`, `wasm: HASH`, `css: HASH`, `FONT.woff2: HASH`, and `NAME.js: HASH`
//!                            for what comes after the first
//! ```
//!
//! With `--bare FOLDER` it makes only `FOLDER/NAME.js` and `FOLDER/NAME.wasm`, for measuring a part by itself.

mod args;
mod compress;
mod imports;
mod names;
mod script;
mod site;
mod style;

use std::process::ExitCode;

type Result<T> = std::result::Result<T, String>;

fn main() -> ExitCode {
    match args::Args::parse(std::env::args().skip(1)).and_then(|args| site::build(&args)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("bundle: {message}");
            ExitCode::FAILURE
        }
    }
}
