//! The folder that the server serves: what goes into it, under which names, and what must leave it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use crate::{
    Result,
    args::Args,
    compress,
    names::{hash, hashed},
    script, style,
};

/// Where the built client lies below the site.
const PKG: &str = "pkg";

/// Says in one word what the site was built from. Beside the site, not in it: it is not to be served.
fn stamp_path(site: &Path) -> PathBuf {
    site.with_extension("stamp")
}

pub fn build(args: &Args) -> Result<()> {
    if let Some(folder) = &args.bare {
        return bare(args, folder);
    }
    let public = files_below(&args.public)?;
    let stamp = stamp(args, &public)?;
    let built = fs::read_to_string(stamp_path(&args.site)).unwrap_or_default();
    if built == stamp && args.site.join(PKG).join("hash.txt").is_file() {
        return copy_hashes(args);
    }
    // A build that is broken off leaves no stamp, so that the next one starts afresh.
    let _ = fs::remove_file(stamp_path(&args.site));

    let mut site = Site { args, written: BTreeSet::new(), hashes: Vec::new() };
    for (name, wasm) in &args.clients {
        site.client(name, wasm)?;
    }
    for (name, style) in &args.styles {
        site.style(name, style, &public)?;
    }
    for (name, path) in &public {
        site.write(name, &read(path)?)?;
    }
    let hashes: String = site.hashes.iter().map(|(kind, hash)| format!("{kind}: {hash}\n")).collect();
    site.write(&format!("{PKG}/hash.txt"), hashes.as_bytes())?;
    let written = site.written;
    remove_others(&args.site, &args.site, &written)?;
    copy_hashes(args)?;
    put(&stamp_path(&args.site), stamp.as_bytes())
}

/// Writes the glue and the `.wasm` into a folder that may hold other things.
fn bare(args: &Args, folder: &Path) -> Result<()> {
    for (name, wasm) in &args.clients {
        let script = scripted(name, wasm, args.fast, &folder.join(format!("{name}.scratch")))?;
        put(&folder.join(format!("{name}.js")), &script.js)?;
        put(&folder.join(format!("{name}.wasm")), &script.wasm)?;
        script.modules.iter().try_for_each(|(name, bytes)| put(&folder.join(name), bytes))?;
    }
    Ok(())
}

fn scripted(name: &str, wasm: &Path, fast: bool, scratch: &Path) -> Result<script::Script> {
    let _ = fs::remove_dir_all(scratch);
    fs::create_dir_all(scratch).map_err(|error| format!("{}: {error}", scratch.display()))?;
    let script = script::build(name, wasm, fast, scratch);
    let _ = fs::remove_dir_all(scratch);
    script
}

/// What a worker runs: it brings the client in and starts it there. Its address names the very files of this build, so
/// that page and worker can never be of two. Letters that come before it has started are kept for it: a browser drops what
/// nobody listens to.
fn worker(js: &str, wasm: &str) -> String {
    format!(
        "import start,{{worker}} from\"./{js}\";\
         const early=[];onmessage=e=>early.push(e);\
         start({{module_or_path:new URL(\"./{wasm}\",import.meta.url)}})\
         .then(()=>{{worker();early.forEach(e=>onmessage(e))}},()=>postMessage(\"unstartable\"))\n"
    )
}

/// A site under construction.
struct Site<'a> {
    args: &'a Args,
    /// Every file that belongs to the site, below it.
    written: BTreeSet<String>,
    /// The lines of `hash.txt`.
    hashes: Vec<(String, String)>,
}

impl Site<'_> {
    fn client(&mut self, client: &str, wasm: &Path) -> Result<()> {
        let script = scripted(client, wasm, self.args.fast, &self.args.site.with_extension("scratch"))?;
        let js = self.named(client, "js", &script.js)?;
        let wasm = self.named(client, "wasm", &script.wasm)?;
        if self.args.workers.iter().any(|name| name == client) {
            self.named(&format!("{client}-worker"), "js", worker(&js, &wasm).as_bytes())?;
        }
        for (name, bytes) in &script.modules {
            self.write(&format!("{PKG}/{name}"), bytes)?;
        }
        Ok(())
    }

    /// Writes a file under the name of its content, and says which that is.
    fn named(&mut self, name: &str, kind: &str, bytes: &[u8]) -> Result<String> {
        let hash = hash(bytes);
        let file = hashed(&format!("{name}.{kind}"), &hash);
        self.write(&format!("{PKG}/{file}"), bytes)?;
        // The first client and the first sheet stand under the bare kind, as other tools that read this file expect.
        let first = |list: &[(String, PathBuf)]| list.first().is_some_and(|(first, _)| first == name);
        let main = if kind == "css" { first(&self.args.styles) } else { first(&self.args.clients) };
        self.hashes.push((if main { kind.to_owned() } else { format!("{name}.{kind}") }, hash));
        Ok(file)
    }

    /// A sheet, and beside it under hashed names the files of `public/` that it names.
    fn style(&mut self, sheet: &str, source: &Path, public: &BTreeMap<String, PathBuf>) -> Result<()> {
        let mut css = style::build(source, self.args.fast)?;
        for (name, path) in public {
            if !css.contains(&format!("/{name}")) {
                continue;
            }
            let bytes = read(path)?;
            let file = name.rsplit('/').next().unwrap_or(name);
            let hash = hash(&bytes);
            let address = format!("{PKG}/{}", hashed(file, &hash));
            for quote in ["(", "\"", "'"] {
                css = css.replace(&format!("{quote}/{name}"), &format!("{quote}/{address}"));
            }
            self.write(&address, &bytes)?;
            self.hashes.push((file.to_owned(), hash));
        }
        self.named(sheet, "css", css.as_bytes()).map(drop)
    }

    /// Writes a file and its compressed copies, where it differs from what is there.
    fn write(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        let path = self.args.site.join(name);
        let compressed = !self.args.fast && compress::worth_it(name, bytes.len());
        let copies = [".br", ".gz"].map(|ending| format!("{name}{ending}"));
        let same = fs::read(&path).is_ok_and(|there| there == bytes);
        let complete = !compressed || copies.iter().all(|copy| self.args.site.join(copy).is_file());
        if !(same && complete) {
            put(&path, bytes)?;
            if compressed {
                put(&self.args.site.join(&copies[0]), &compress::brotli(bytes))?;
                put(&self.args.site.join(&copies[1]), &compress::gzip(bytes))?;
            }
        }
        self.written.insert(name.to_owned());
        if compressed {
            self.written.extend(copies);
        }
        Ok(())
    }
}

fn copy_hashes(args: &Args) -> Result<()> {
    let hashes = read(&args.site.join(PKG).join("hash.txt"))?;
    args.hash_beside.iter().try_for_each(|folder| put(&folder.join("hash.txt"), &hashes))
}

/// One hash of all that the site is made of, this program included.
fn stamp(args: &Args, public: &BTreeMap<String, PathBuf>) -> Result<String> {
    let mut all = format!("{:?} {:?} {:?} {}\n", args.clients, args.workers, args.styles, args.fast);
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut style = BTreeMap::new();
    for folder in args.styles.iter().filter_map(|(_, sheet)| sheet.parent()) {
        style.extend(files_below(folder)?);
    }
    // The program is large and cargo writes it only when it changes, so its age will do.
    let built = fs::metadata(&program).and_then(|file| file.modified()).map_err(|error| error.to_string())?;
    all.push_str(&format!("{built:?}\n"));
    let inputs = args.clients.iter().map(|(_, wasm)| wasm).chain(style.values()).chain(public.values());
    for path in inputs {
        all.push_str(&format!("{} {}\n", path.display(), hash(&read(path)?)));
    }
    Ok(hash(all.as_bytes()))
}

/// Every file below a folder that may be missing, by its path in it with `/` between the parts.
fn files_below(folder: &Path) -> Result<BTreeMap<String, PathBuf>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![(String::new(), folder.to_owned())];
    while let Some((below, folder)) = folders.pop() {
        if !folder.is_dir() {
            continue;
        }
        for path in entries(&folder)? {
            let name = format!("{below}{}", path.file_name().unwrap_or_default().to_string_lossy());
            if path.is_dir() {
                folders.push((format!("{name}/"), path));
            } else if !name.rsplit('/').next().unwrap_or_default().starts_with('.') {
                files.insert(name, path);
            }
        }
    }
    Ok(files)
}

/// Removes what a former build left, so that the folder can be copied to a server as it is.
fn remove_others(site: &Path, folder: &Path, keep: &BTreeSet<String>) -> Result<()> {
    for (name, path) in files_below(folder)? {
        if !keep.contains(&name) {
            fs::remove_file(&path).map_err(|error| format!("{}: {error}", site.join(name).display()))?;
        }
    }
    Ok(())
}

pub fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let wrong = |error: std::io::Error| format!("{}: {error}", folder.display());
    fs::read_dir(folder).map_err(wrong)?.map(|entry| entry.map(|entry| entry.path()).map_err(wrong)).collect()
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn put(path: &Path, bytes: &[u8]) -> Result<()> {
    let write = || {
        fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
        fs::write(path, bytes)
    };
    write().map_err(|error| format!("{}: {error}", path.display()))
}
