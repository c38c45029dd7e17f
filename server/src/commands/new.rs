//! `doorway new`: a draft that passes `doorway check` as it is, so that a folder that is being served stays sound.

use std::{
    error::Error,
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
};

use article::Slug;
use clap::ArgMatches;
use jiff::civil::Date;

use super::{say, today};
use crate::library;

pub fn run(flags: &ArgMatches) -> Result<ExitCode, Box<dyn Error>> {
    let title = flags.get_one::<String>("title").expect("clap asks for it");
    let content = flags.get_one::<PathBuf>("content").expect("it has a default");
    let path = draft(content, title, today())?;
    say(&format!("{}\nPut your own words in. It is shown when `draft: true` is gone.", path.display()));
    Ok(ExitCode::SUCCESS)
}

/// Writes the draft and says where.
fn draft(content: &Path, title: &str, today: Date) -> Result<PathBuf, Box<dyn Error>> {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    if title.chars().any(char::is_control) {
        return Err("the title has control characters".into());
    }
    let slug =
        slug_of(&title).map_err(|wrong| format!("no address can be made of this title: it {wrong}"))?;
    let (library, _) = library::load(content, today)?;
    let site = library.site();
    let category = site.categories.first().map(|category| category.key.as_str()).unwrap_or_default();
    let keys: Vec<&str> = site.categories.iter().map(|category| category.key.as_str()).collect();

    let articles = content.join("articles");
    let path = if articles.is_dir() { articles } else { content.to_owned() }.join(format!("{slug}.md"));
    let (title, author) = (quoted(&title), quoted(&site.publisher));
    let keys = keys.join(", ");
    let text = format!(
        "---\n\
         title: {title}\n\
         slug: \"{slug}\"\n\
         excerpt: \"One or two sentences that stand for this article in lists.\"\n\
         category: \"{category}\"   # one of {keys}\n\
         author: {author}\n\
         publishedAt: \"{today}\"\n\
         tags: [\"new\"]   # topics; at least one\n\
         draft: true\n\
         ---\n\n\
         What this is about, and for whom, in two or three sentences.\n\n\
         ## First section\n\n\
         ## Key takeaways\n\n\
         - The one thing to remember.\n"
    );
    // `create_new` and not a look beforehand: nothing that is there is ever overwritten.
    let mut file =
        fs::File::options().write(true).create_new(true).open(&path).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => format!("{} is there already", path.display()),
            _ => format!("{}: {error}", path.display()),
        })?;
    file.write_all(text.as_bytes())?;
    Ok(path)
}

/// A text as a YAML string in double quotes.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The address that a title suggests: letters and digits, words joined by hyphens.
fn slug_of(title: &str) -> Result<Slug, String> {
    let plain = title.replace(['\'', '’'], "");
    let words: Vec<String> = plain
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    Slug::new(&words.join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = jiff::civil::date(2026, 3, 1);

    #[test]
    fn a_title_becomes_an_address() {
        assert_eq!(slug_of("What's next? The first 3 days").unwrap().as_str(), "whats-next-the-first-3-days");
        assert!(slug_of("???").is_err());
    }

    #[test]
    fn a_draft_is_never_written_over_what_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = draft(folder.path(), "A \"quiet\" room", TODAY).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(r#"title: "A \"quiet\" room""#) && text.contains("draft: true"), "{text}");
        let again = draft(folder.path(), "A quiet room", TODAY).unwrap_err();
        assert!(again.to_string().contains("is there already"), "{again}");
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
}
