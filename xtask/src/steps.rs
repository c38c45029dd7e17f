//! Long work, told as it goes: each step has a name, shows how long it has been at it and what it is doing,
//! and at the end a table tells where the time went.
//!
//! On a terminal the line of the running step is rewritten in place; elsewhere (a CI log) it is repeated
//! every 15 seconds. What a command prints goes to a log file and is shown only if the command fails.

use std::{
    fs,
    io::{self, BufRead, BufReader, IsTerminal, Read, Write},
    path::PathBuf,
    process::{Command, Stdio},
    sync::{Arc, Mutex, mpsc},
    thread,
    time::{Duration, Instant},
};

use crate::Result;

/// Seconds between two signs of life where lines cannot be rewritten.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// Lines of a failed command's output that are shown; the rest is in its log.
const TAIL: usize = 120;
/// Steps shorter than this are not worth a line in the table.
const NOTABLE: Duration = Duration::from_millis(100);

/// The steps taken so far.
pub struct Steps {
    begun: Instant,
    taken: Vec<(String, Duration)>,
    logs: PathBuf,
    terminal: bool,
}

/// What a command printed.
pub struct Output {
    pub success: bool,
    pub text: String,
}

impl Steps {
    /// `logs` is the folder for what the commands print.
    pub fn new(logs: PathBuf) -> Self {
        Self { begun: Instant::now(), taken: Vec::new(), logs, terminal: io::stderr().is_terminal() }
    }

    /// Runs a command as a step; its failure is an error that has the end of its output.
    pub fn run(&mut self, name: &str, command: &mut Command) -> Result<String> {
        let output = self.watch(name, command)?;
        if output.success { Ok(output.text) } else { Err(self.told(name, &output.text)) }
    }

    /// Runs a command as a step and leaves it to the caller what its failure means.
    pub fn watch(&mut self, name: &str, command: &mut Command) -> Result<Output> {
        let begun = Instant::now();
        let output = follow(name, command, begun, self.terminal);
        self.close(name, begun, output.as_ref().is_ok_and(|output| output.success));
        let output = output?;
        // The log is a convenience: a full disk must not hide the result.
        let _ = fs::create_dir_all(&self.logs).and_then(|()| fs::write(self.log(name), &output.text));
        Ok(output)
    }

    /// Does something in this program as a step.
    pub fn take<T>(&mut self, name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        let begun = Instant::now();
        let result = work();
        self.close(name, begun, result.is_ok());
        result
    }

    /// The end of a failed command's output, and where the rest is.
    pub fn told(&self, name: &str, text: &str) -> String {
        let lines: Vec<&str> = text.lines().collect();
        let tail = lines[lines.len().saturating_sub(TAIL)..].join("\n");
        format!("{name} failed\n{tail}\n\nAll of it: {}", self.log(name).display())
    }

    /// Where the time went.
    pub fn table(&self) -> String {
        table(&self.taken, self.begun.elapsed())
    }

    fn log(&self, name: &str) -> PathBuf {
        let file: String =
            name.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
        self.logs.join(format!("{file}.log"))
    }

    fn close(&mut self, name: &str, begun: Instant, success: bool) {
        let taken = begun.elapsed();
        let mark = if success { "✓" } else { "✗" };
        let wipe = if self.terminal { "\r\x1b[2K" } else { "" };
        if taken >= NOTABLE || !success {
            eprintln!("{wipe}  {mark} {name}  {}", clock(taken));
        } else {
            eprint!("{wipe}");
        }
        self.taken.push((name.to_owned(), taken));
    }
}

/// Runs a command, collects both its streams and shows its last line beside the clock.
fn follow(name: &str, command: &mut Command, begun: Instant, terminal: bool) -> Result<Output> {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let program = command.get_program().to_string_lossy().into_owned();
    let mut child = command.spawn().map_err(|error| format!("{name}: {program}: {error}"))?;
    let lines = Arc::new(Mutex::new(Vec::<String>::new()));
    let (done, ended) = mpsc::channel::<()>();
    let mut readers = Vec::new();
    let streams: [Option<Box<dyn Read + Send>>; 2] = [
        child.stdout.take().map(|stream| Box::new(stream) as Box<dyn Read + Send>),
        child.stderr.take().map(|stream| Box::new(stream) as Box<dyn Read + Send>),
    ];
    for stream in streams.into_iter().flatten() {
        let (lines, done) = (Arc::clone(&lines), done.clone());
        readers.push(thread::spawn(move || {
            collect(stream, &lines);
            drop(done);
        }));
    }
    drop(done);
    if !terminal {
        eprintln!("  … {name}");
    }
    let pause = if terminal { Duration::from_millis(200) } else { HEARTBEAT };
    // The channel carries nothing: it closes when both streams have ended.
    while ended.recv_timeout(pause) == Err(mpsc::RecvTimeoutError::Timeout) {
        let last = lines.lock().ok().and_then(|lines| lines.last().cloned()).unwrap_or_default();
        show(name, begun.elapsed(), &last, terminal);
    }
    let status = child.wait().map_err(|error| format!("{name}: {error}"))?;
    for reader in readers {
        let _ = reader.join();
    }
    let text = lines.lock().map(|lines| lines.join("\n")).unwrap_or_default();
    Ok(Output { success: status.success(), text })
}

fn collect(stream: impl Read, lines: &Mutex<Vec<String>>) {
    let mut reader = BufReader::new(stream);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
        if let Ok(mut lines) = lines.lock() {
            lines.push(String::from_utf8_lossy(&line).trim_end().to_owned());
        }
        line.clear();
    }
}

fn show(name: &str, elapsed: Duration, last: &str, terminal: bool) {
    let line = format!("  … {name}  {}  {}", clock(elapsed), last.trim());
    let short: String = line.chars().take(100).collect();
    if terminal {
        eprint!("\r\x1b[2K{short}");
        let _ = io::stderr().flush();
    } else {
        eprintln!("{short}");
    }
}

/// `0.4 s`, `12 s`, `3 min 05 s`
pub fn clock(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..=9 => format!("{:.1} s", time.as_secs_f64()),
        10..=59 => format!("{seconds} s"),
        _ => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

fn table(taken: &[(String, Duration)], whole: Duration) -> String {
    let rows: Vec<_> = taken.iter().filter(|(_, time)| *time >= NOTABLE).collect();
    let widest = rows.iter().map(|(name, _)| name.chars().count()).chain([8]).max().unwrap_or(8);
    let mut table = String::from("Where the time went\n");
    for (name, time) in rows {
        let share = (time.as_secs_f64() / whole.as_secs_f64().max(0.001) * 20.0).round() as usize;
        table.push_str(&format!("  {name:widest$}  {:>12}  {}\n", clock(*time), "█".repeat(share.min(20))));
    }
    table.push_str(&format!("  {:widest$}  {:>12}\n", "in all", clock(whole)));
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_reads_like_speech() {
        assert_eq!(clock(Duration::from_millis(420)), "0.4 s");
        assert_eq!(clock(Duration::from_secs(12)), "12 s");
        assert_eq!(clock(Duration::from_secs(185)), "3 min 05 s");
    }

    #[test]
    fn the_table_leaves_out_what_took_no_time() {
        let taken = [("Server".to_owned(), Duration::from_secs(9)), ("Nothing".to_owned(), Duration::ZERO)];
        let table = table(&taken, Duration::from_secs(18));
        assert!(table.contains("Server           9.0 s  ██████████\n"), "{table}");
        assert!(table.contains("in all            18 s"), "{table}");
        assert!(!table.contains("Nothing"));
    }

    #[test]
    fn a_failing_command_is_told_with_its_output_and_its_log() {
        let logs = std::env::temp_dir().join(format!("xtask-steps-{}", std::process::id()));
        let mut steps = Steps::new(logs.clone());
        let message = steps.run("Two words", Command::new("rustc").arg("--no-such-flag")).unwrap_err();
        assert!(message.starts_with("Two words failed") && message.contains("no-such-flag"), "{message}");
        assert!(fs::read_to_string(logs.join("two-words.log")).unwrap().contains("no-such-flag"));
        fs::remove_dir_all(logs).unwrap();
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let mut steps = Steps::new(std::env::temp_dir());
        let message = steps.run("Step", &mut Command::new("no-such-program-here")).unwrap_err();
        assert!(message.contains("no-such-program-here"), "{message}");
    }
}
