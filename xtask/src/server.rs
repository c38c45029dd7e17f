//! The server as a process of its own: built, started, waited for, and ended when it is no longer needed.

use std::{
    env, fs,
    io::{Read, Write},
    net::{TcpListener, TcpStream, ToSocketAddrs},
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::{
    Result,
    place::{Place, cargo},
    steps::Steps,
};

pub const ADDRESS: &str = "127.0.0.1:3000";

/// Longer than this, no library takes to load.
const PATIENCE: Duration = Duration::from_secs(60);

/// Builds `doorway`. Cargo decides whether there is anything to do.
pub fn build(place: &Place, steps: &mut Steps, release: bool) -> Result<()> {
    let mut build = cargo();
    build.args(["build", "-p", "server", "--bin", "doorway"]).current_dir(&place.root);
    if release {
        build.arg("--release");
    }
    steps.run(if release { "Server" } else { "Server, without optimising" }, &mut build).map(drop)
}

/// A server under way. It ends with this value.
pub struct Server {
    child: Child,
    /// `http://` and the address.
    pub url: String,
}

/// How to start one.
pub struct Start<'a> {
    pub place: &'a Place,
    /// `release` or `debug`.
    pub profile: &'a str,
    /// What follows `doorway serve`. Defaults of this project are added where nothing else is said.
    pub args: &'a [String],
    /// Pages reload when something changes.
    pub dev: bool,
    /// Where its log goes; `None` is this program's own output.
    pub log: Option<&'a Path>,
}

impl Start<'_> {
    /// Starts it and waits until it says that it is ready.
    pub fn go(&self) -> Result<Server> {
        let address = value_of(self.args, "--address")
            .map(str::to_owned)
            .or_else(|| env::var("DOORWAY_ADDRESS").ok())
            .unwrap_or_else(|| ADDRESS.to_owned());
        if connect(&address).is_some() {
            return Err(format!(
                "Something else listens on {address}. End it, or choose another address:\n    \
                 cargo xtask serve -- --address 127.0.0.1:3001"
            ));
        }
        let mut child = self.command()?.spawn().map_err(|error| format!("doorway: {error}"))?;
        let begun = Instant::now();
        while answer(&address, "/readyz") != Some(200) {
            if let Ok(Some(status)) = child.try_wait() {
                return Err(format!("The server ended before it was ready ({status}).{}", self.logged()));
            }
            if begun.elapsed() > PATIENCE {
                let _ = child.kill();
                return Err(format!(
                    "The server was not ready after {} s.{}",
                    PATIENCE.as_secs(),
                    self.logged()
                ));
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(Server { child, url: format!("http://{address}") })
    }

    fn command(&self) -> Result<Command> {
        let mut command = Command::new(self.place.program(self.profile, "doorway"));
        command.arg("serve").stdin(Stdio::null());
        // The server refuses settings that it does not know, and this one is ours.
        command.env_remove("DOORWAY_CHROMIUM");
        if value_of(self.args, "--content").is_none() && env::var_os("DOORWAY_CONTENT").is_none() {
            command.arg("--content").arg(self.place.root.join("content"));
        }
        if value_of(self.args, "--site").is_none() && env::var_os("DOORWAY_SITE").is_none() {
            command.arg("--site").arg(self.place.site());
        }
        if self.dev {
            command.env("DOORWAY_DEV", "true");
        }
        if let Some(log) = self.log {
            let wrong = |error: std::io::Error| format!("{}: {error}", log.display());
            fs::create_dir_all(log.parent().unwrap_or(Path::new("."))).map_err(wrong)?;
            let file = fs::File::create(log).map_err(wrong)?;
            command.stderr(file.try_clone().map_err(wrong)?).stdout(file);
        }
        command.args(self.args);
        Ok(command)
    }

    fn logged(&self) -> String {
        self.log
            .and_then(|log| fs::read_to_string(log).ok())
            .map(|text| format!("\n{text}"))
            .unwrap_or_default()
    }
}

impl Server {
    /// Waits until it ends by itself.
    pub fn wait(mut self) -> Result<ExitStatus> {
        self.child.wait().map_err(|error| error.to_string())
    }

    /// The system's number for it.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Whether it still runs.
    pub fn runs(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An address with a port that is free now.
pub fn free_address() -> Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
    listener.local_addr().map(|address| address.to_string()).map_err(|error| error.to_string())
}

/// The value of `--flag value` or `--flag=value`.
fn value_of<'a>(args: &'a [String], flag: &str) -> Option<&'a str> {
    args.iter().enumerate().find_map(|(place, arg)| match arg.strip_prefix(flag)? {
        "" => args.get(place + 1).map(String::as_str),
        rest => rest.strip_prefix('='),
    })
}

fn connect(address: &str) -> Option<TcpStream> {
    let address = address.to_socket_addrs().ok()?.next()?;
    TcpStream::connect_timeout(&address, Duration::from_millis(500)).ok()
}

/// The status that a path is answered with.
fn answer(address: &str, path: &str) -> Option<u16> {
    let mut stream = connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").ok()?;
    let mut head = [0; 64];
    let read = stream.read(&mut head).ok()?;
    status(&head[..read])
}

/// `HTTP/1.1 200 OK` → 200
fn status(head: &[u8]) -> Option<u16> {
    let line = std::str::from_utf8(head).ok()?.lines().next()?;
    line.strip_prefix("HTTP/1.")?.split(' ').nth(1)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_is_found_in_both_of_its_forms() {
        let args = |line: &str| line.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(value_of(&args("--lenient --address [::1]:80"), "--address"), Some("[::1]:80"));
        assert_eq!(value_of(&args("--address=0.0.0.0:80"), "--address"), Some("0.0.0.0:80"));
        assert_eq!(value_of(&args("--addresses x"), "--address"), None);
    }

    #[test]
    fn the_status_is_read_from_the_first_line() {
        assert_eq!(status(b"HTTP/1.1 503 Service Unavailable\r\n"), Some(503));
        assert_eq!(status(b"SSH-2.0-x"), None);
    }

    #[test]
    fn nobody_answers_on_a_free_address() {
        let address = free_address().unwrap();
        assert!(connect(&address).is_none());
        assert_eq!(answer(&address, "/readyz"), None);
    }
}
