//! The program `doorway`. All that it does is in the library, where tests reach it.

use std::process::ExitCode;

fn main() -> ExitCode {
    server::commands::main()
}
