//! Short names for what the `.wasm` takes from its glue.
//!
//! wasm-bindgen ends most of these names in a hash of sixteen digits, which no compression makes smaller, once in the glue and
//! once in the `.wasm`. A number does as well; builds for development keep the names.

use std::collections::{BTreeMap, BTreeSet};

use wasm_encoder::{
    ImportSection, Module, RawSection,
    reencode::{Reencode, RoundtripReencoder},
};
use wasmparser::{Parser, Payload};

use crate::Result;

/// What the names begin with that wasm-bindgen makes. Others, such as those of a memory that is brought along, stay.
const MADE: &str = "__wb";

/// Numbers the imports from `module` that wasm-bindgen has named, in the order of the `.wasm`, the same in both.
///
/// # Errors
/// If the two do not fit together, or the `.wasm` is none.
pub fn number(js: &str, wasm: &[u8], module: &str) -> Result<(String, Vec<u8>)> {
    let wrong = |error: &dyn std::fmt::Display| format!("numbering imports: {error}");
    let mut names = BTreeMap::new();
    let mut numbered = Module::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload.map_err(|error| wrong(&error))?;
        if let Payload::ImportSection(section) = payload {
            let mut imports = ImportSection::new();
            for import in section.into_imports() {
                let import = import.map_err(|error| wrong(&error))?;
                let kind = RoundtripReencoder.entity_type(import.ty).map_err(|error| wrong(&error))?;
                let name = if import.module == module && import.name.starts_with(MADE) {
                    let next = short(names.len());
                    names.entry(import.name.to_owned()).or_insert(next).as_str()
                } else {
                    import.name
                };
                imports.import(import.module, name, kind);
            }
            numbered.section(&imports);
        } else if let Some((id, range)) = payload.as_section() {
            let data = wasm.get(range).ok_or_else(|| wrong(&"a section ends outside of the file"))?;
            numbered.section(&RawSection { id, data });
        }
    }
    let (js, met) = renamed(js, &names);
    match names.keys().find(|name| !met.contains(name.as_str())) {
        Some(name) => Err(wrong(&format!("the glue does not have {name}"))),
        None => Ok((js, numbered.finish())),
    }
}

/// The name of a number.
fn short(number: usize) -> String {
    format!("i{number}")
}

/// Puts new names in the place of old ones, where they stand as whole words; and which of them it met.
fn renamed<'n>(js: &str, names: &'n BTreeMap<String, String>) -> (String, BTreeSet<&'n str>) {
    let part_of_word = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '$';
    let (mut out, mut met) = (String::with_capacity(js.len()), BTreeSet::new());
    let mut rest = js;
    while !rest.is_empty() {
        let word = rest.find(|letter| !part_of_word(letter)).unwrap_or(rest.len());
        let (word, behind) = rest.split_at(word);
        match names.get_key_value(word) {
            Some((old, new)) => {
                met.insert(old.as_str());
                out.push_str(new);
            }
            None => out.push_str(word),
        }
        let next = behind.find(part_of_word).unwrap_or(behind.len());
        out.push_str(&behind[..next]);
        rest = &behind[next..];
    }
    (out, met)
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{EntityType, TypeSection, ValType};

    use super::*;

    const MODULE: &str = "./client_bg.js";
    const IMPORTS: [(&str, &str); 5] = [
        (MODULE, "__wbg_get_0123456789abcdef"),
        ("./other.js", "__wbg_get_0123456789abcdef"),
        (MODULE, "__wbg_get_fedcba9876543210"),
        (MODULE, "memory"),
        (MODULE, "__wbindgen_throw"),
    ];
    const GLUE: &str = "const import0 = {\n__wbg_get_0123456789abcdef: function(a) { return a.get; },\n\
        __wbg_get_fedcba9876543210: function(memory) { return \"__wbg_get_0123456789abcdefs\"; },\n\
        __wbindgen_throw: function() { throw new Error(); },\n};\nwasm.__wbg_free(0);\n";

    fn wasm() -> Vec<u8> {
        let (mut types, mut imports, mut module) = (TypeSection::new(), ImportSection::new(), Module::new());
        types.ty().function([ValType::I32], []);
        for (from, name) in IMPORTS {
            imports.import(from, name, EntityType::Function(0));
        }
        module.section(&types).section(&imports);
        module.section(&RawSection { id: 0, data: b"\x04mine and the rest" });
        module.finish()
    }

    fn imports(wasm: &[u8]) -> Vec<(String, String)> {
        let section = Parser::new(0).parse_all(wasm).find_map(|payload| match payload {
            Ok(Payload::ImportSection(section)) => Some(section),
            _ => None,
        });
        let all = section.expect("there are imports").into_imports();
        all.map(|import| import.expect("it reads"))
            .map(|one| (one.module.to_owned(), one.name.to_owned()))
            .collect()
    }

    #[test]
    fn glue_and_wasm_agree_on_names_that_are_each_there_once() {
        let (js, wasm) = number(GLUE, &wasm(), MODULE).expect("they fit");
        let imports = imports(&wasm);
        let of_glue: Vec<_> =
            imports.iter().filter(|(from, _)| from == MODULE).map(|(_, name)| name.as_str()).collect();
        assert_eq!(of_glue, ["i0", "i1", "memory", "i2"]);
        assert_eq!(of_glue.iter().collect::<BTreeSet<_>>().len(), of_glue.len());
        for name in ["i0", "i1", "i2"] {
            assert_eq!(js.matches(&format!("\n{name}: function")).count(), 1, "{js}");
        }
    }

    #[test]
    fn what_is_not_of_the_glue_or_only_looks_alike_stays() {
        let (js, numbered) = number(GLUE, &wasm(), MODULE).expect("they fit");
        assert_eq!(imports(&numbered)[1], ("./other.js".to_owned(), IMPORTS[1].1.to_owned()));
        assert!(
            js.contains("\"__wbg_get_0123456789abcdefs\"") && js.contains("wasm.__wbg_free(0);\n"),
            "{js}"
        );
        let rest = b"\x04mine and the rest";
        assert!(numbered.windows(rest.len()).any(|window| window == rest));
    }

    #[test]
    fn the_same_is_made_of_the_same() {
        assert_eq!(number(GLUE, &wasm(), MODULE), number(GLUE, &wasm(), MODULE));
    }

    #[test]
    fn a_name_that_the_glue_does_not_have_is_refused() {
        let glue = GLUE.replace("__wbindgen_throw", "__wbindgen_thrown");
        let refused = number(&glue, &wasm(), MODULE).expect_err("they differ");
        assert!(refused.ends_with("the glue does not have __wbindgen_throw"), "{refused}");
        assert!(number(GLUE, b"no wasm", MODULE).is_err());
    }
}
