//! The client: from cargo's `.wasm` to the glue and the `.wasm` that a browser loads.
//!
//! There is no `wasm-opt` after it: behind fat LTO at `opt-level = "z"` it took 2 % off (39.3 for 40.2 KB
//! of Brotli), for a download of 100 MB, a Node and three seconds of every build.

use std::{collections::BTreeMap, fs, path::Path};

use wasm_bindgen_cli_support::Bindgen;

use crate::{Result, imports};

/// Bytes of the client's files.
pub struct Script {
    pub js: Vec<u8>,
    pub wasm: Vec<u8>,
    /// Further modules that the glue imports, by their path relative to it.
    pub modules: BTreeMap<String, Vec<u8>>,
}

/// Runs wasm-bindgen: the library of the same version as the crate in the client.
pub fn build(name: &str, wasm: &Path, fast: bool, scratch: &Path) -> Result<Script> {
    let bindgen = (|| {
        let mut bindgen = Bindgen::new();
        // The page passes the hashed address; a default in the glue would be a file that is not there.
        bindgen.input_path(wasm).web(true)?.out_name(name).typescript(false);
        bindgen.omit_default_module_path(true).keep_debug(fast).debug(false);
        bindgen.remove_name_section(!fast).remove_producers_section(!fast);
        bindgen.generate(scratch)
    })();
    // The cause tells what is wrong, the context tells where; `{:#}` prints both.
    bindgen.map_err(|error| format!("wasm-bindgen: {error:#}"))?;

    let mut modules = BTreeMap::new();
    collect(scratch, "", &mut modules)?;
    let mut js = modules.remove(&format!("{name}.js")).ok_or("wasm-bindgen wrote no glue")?;
    let mut wasm = modules.remove(&format!("{name}_bg.wasm")).ok_or("wasm-bindgen wrote no .wasm")?;
    if !fast {
        let glue = tight(&String::from_utf8_lossy(&js));
        let (glue, numbered) = imports::number(&glue, &wasm, &format!("./{name}_bg.js"))?;
        (js, wasm) = (glue.into_bytes(), numbered);
    }
    Ok(Script { js, wasm, modules })
}

/// The glue without comments of whole lines, indents and empty lines: a tenth of its Brotli. Its texts of several lines, where
/// that would be a change, are none.
fn tight(js: &str) -> String {
    let mut tight = String::with_capacity(js.len());
    let mut comment = false;
    for line in js.lines().map(str::trim) {
        comment |= line.starts_with("/*");
        if !comment && !line.is_empty() && !line.starts_with("//") {
            tight.push_str(line);
            tight.push('\n');
        }
        comment &= !line.ends_with("*/");
    }
    tight
}

fn collect(folder: &Path, below: &str, files: &mut BTreeMap<String, Vec<u8>>) -> Result<()> {
    for path in crate::site::entries(folder)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let name = if below.is_empty() { name } else { format!("{below}/{name}") };
        if path.is_dir() {
            collect(&path, &name, files)?;
        } else {
            files.insert(name, fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glue_loses_comments_and_indents_and_keeps_its_code() {
        let js = "/* @ts-self-types */\nexport function a() {\n    // why\n    return \"/* x */\"; // here\n\n    /**\n     * @returns {void}\n     */\n}\n";
        assert_eq!(tight(js), "export function a() {\nreturn \"/* x */\"; // here\n}\n");
    }
}
