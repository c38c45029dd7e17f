//! The style sheet: `main.css` with its imports put in their place, minified for browsers of the last two
//! years or so.
//!
//! Lightning CSS can follow imports itself, but that part of it brings source maps and some twenty crates
//! more, a minute of waiting at the first run. Ours are all of one kind, `@import "file.css" layer(name);`,
//! so they are put in as `@layer name { … }` before it reads anything.

use std::{fs, path::Path};

use lightningcss::{
    printer::PrinterOptions,
    stylesheet::{MinifyOptions, ParserOptions, StyleSheet},
    targets::{Browsers, Targets},
};

use crate::Result;

/// A sheet may import one that imports another; more than this is a ring.
const DEEPEST: usize = 8;

const fn version(major: u32, minor: u32) -> Option<u32> {
    Some(major << 16 | minor << 8)
}

/// Browsers with nesting, `@layer`, `:has()` and `color-mix()`: what the style is written for.
fn targets() -> Targets {
    Targets::from(Browsers {
        android: version(120, 0),
        chrome: version(120, 0),
        edge: version(120, 0),
        firefox: version(121, 0),
        ios_saf: version(17, 2),
        opera: version(106, 0),
        safari: version(17, 2),
        samsung: version(25, 0),
        ie: None,
    })
}

/// `entry` as one sheet, minified unless `fast`.
pub fn build(entry: &Path, fast: bool) -> Result<String> {
    let source = inline(entry, 0)?;
    if fast {
        return Ok(source);
    }
    let name = entry.display().to_string();
    let options = ParserOptions { filename: name.clone(), ..Default::default() };
    let mut sheet = StyleSheet::parse(&source, options)
        .map_err(|error| located(&error.to_string(), &source, error.loc.as_ref().map(|loc| loc.line)))?;
    let minify = MinifyOptions { targets: targets(), ..Default::default() };
    sheet.minify(minify).map_err(|error| format!("{name}: {error}"))?;
    let printer = PrinterOptions { minify: true, targets: targets(), ..Default::default() };
    sheet.to_css(printer).map(|result| result.code).map_err(|error| format!("{name}: {error}"))
}

/// The line itself says more than its number in a sheet that nobody wrote.
fn located(message: &str, source: &str, line: Option<u32>) -> String {
    let line = line.and_then(|line| source.lines().nth(line as usize)).unwrap_or_default();
    format!("style: {message}\n    {}", line.trim())
}

fn inline(path: &Path, depth: usize) -> Result<String> {
    if depth > DEEPEST {
        return Err(format!("{}: imports go in a ring", path.display()));
    }
    let source = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut sheet = String::with_capacity(source.len());
    for (number, line) in source.lines().enumerate() {
        if !line.trim_start().starts_with("@import") {
            sheet.push_str(line);
            sheet.push('\n');
            continue;
        }
        let (file, layer) = import(line).ok_or_else(|| {
            format!(
                "{}:{}: an import is written `@import \"file.css\" layer(name);`",
                path.display(),
                number + 1
            )
        })?;
        let imported = inline(&folder.join(file), depth + 1)?;
        match layer {
            Some(layer) => sheet.push_str(&format!("@layer {layer} {{\n{imported}}}\n")),
            None => sheet.push_str(&imported),
        }
    }
    Ok(sheet)
}

/// File and layer of a line `@import "file.css" layer(name);`
fn import(line: &str) -> Option<(&str, Option<&str>)> {
    let rest = line.trim().strip_prefix("@import")?.trim_start().strip_prefix('"')?;
    let (file, rest) = rest.split_once('"')?;
    let rest = rest.strip_suffix(';')?.trim();
    if rest.is_empty() {
        return Some((file, None));
    }
    Some((file, Some(rest.strip_prefix("layer(")?.strip_suffix(')')?.trim())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheets(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, source) in files {
            fs::write(folder.path().join(name), source).unwrap();
        }
        folder
    }

    #[test]
    fn imports_end_in_their_layer_and_in_their_order() {
        let folder = sheets(&[
            ("main.css", "@layer a, b;\n@import \"b.css\" layer(b);\n@import \"a.css\" layer(a);\n"),
            ("a.css", "p { color: red; }\n"),
            ("b.css", "p { & a { color: blue; } }\n"),
        ]);
        let css = build(&folder.path().join("main.css"), false).unwrap();
        // Lightning CSS has put the layers into the order that the first line declares.
        assert_eq!(css, "@layer a{p{color:red}}@layer b{p a{color:#00f}}");
    }

    #[test]
    fn an_import_of_another_shape_is_refused_with_its_place() {
        let folder = sheets(&[("main.css", "\n@import url(b.css);\n")]);
        let message = build(&folder.path().join("main.css"), false).unwrap_err();
        assert!(message.contains("main.css:2:"), "{message}");
    }

    #[test]
    fn a_ring_of_imports_ends() {
        let folder = sheets(&[("main.css", "@import \"main.css\";\n")]);
        assert!(build(&folder.path().join("main.css"), false).unwrap_err().contains("ring"));
    }

    #[test]
    fn what_is_not_css_is_shown() {
        let folder = sheets(&[("main.css", "p { color: red; }\n} q { }\n")]);
        let message = build(&folder.path().join("main.css"), false).unwrap_err();
        assert!(message.contains("} q { }"), "{message}");
    }
}
