//! nginx with two files: the page as it is, and the page in Brotli. It listens on a loopback port and writes
//! nowhere but into its folder.

use std::{
    fs, io,
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::{Result, place::on_path, server};

const PATIENCE: Duration = Duration::from_secs(10);

/// nginx under way. It ends with this value.
pub struct Nginx {
    child: Child,
    program: PathBuf,
    folder: PathBuf,
    pub url: String,
}

/// The program, also where Debian puts it, which is not on everybody's search path.
pub fn program() -> Option<PathBuf> {
    on_path("nginx").or_else(|| Some(PathBuf::from("/usr/sbin/nginx")).filter(|path| path.is_file()))
}

impl Nginx {
    /// Serves `plain` at `/plain` and `brotli` at `/br`.
    pub fn start(program: PathBuf, folder: PathBuf, plain: &[u8], brotli: &[u8]) -> Result<Self> {
        let wrong = |error: io::Error| format!("nginx, in {}: {error}", folder.display());
        fs::create_dir_all(&folder).map_err(wrong)?;
        let address = server::free_address()?;
        fs::write(folder.join("plain"), plain).map_err(wrong)?;
        fs::write(folder.join("br"), brotli).map_err(wrong)?;
        let settings = folder.join("nginx.conf");
        fs::write(&settings, conf(&folder, &address, user().as_deref())).map_err(wrong)?;
        let mut command = Command::new(&program);
        command.arg("-p").arg(&folder).arg("-e").arg(folder.join("error.log")).arg("-c").arg(&settings);
        let child = command.stdin(Stdio::null()).spawn().map_err(wrong)?;
        let mut nginx = Self { child, program, folder, url: format!("http://{address}") };
        let begun = Instant::now();
        while TcpStream::connect(&address).is_err() {
            let ended = !matches!(nginx.child.try_wait(), Ok(None));
            if ended || begun.elapsed() > PATIENCE {
                let log = fs::read_to_string(nginx.folder.join("error.log")).unwrap_or_default();
                return Err(format!("nginx does not start:\n{log}"));
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(nginx)
    }

    /// `nginx version: nginx/…` → the part after the slash.
    pub fn version(program: &Path) -> Option<String> {
        let output = Command::new(program).arg("-v").output().ok()?;
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        Some(text.trim().rsplit_once('/')?.1.to_owned())
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // Its workers would outlive a first process that is killed: it is asked to end.
        let mut stop = Command::new(&self.program);
        stop.arg("-p").arg(&self.folder).arg("-e").arg(self.folder.join("error.log"));
        stop.arg("-c").arg(self.folder.join("nginx.conf")).args(["-s", "stop"]);
        if !stop.status().is_ok_and(|status| status.success()) {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}

/// Root's nginx would give its workers to a user who may not read a clone in root's home.
fn user() -> Option<String> {
    let output = Command::new("id").arg("-un").output().ok()?;
    let name = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (name == "root").then_some(name)
}

/// As fast as it goes: no log, open files kept, connections that may stay.
fn conf(folder: &Path, address: &str, user: Option<&str>) -> String {
    let folder = folder.display();
    let user = user.map(|name| format!("user {name};\n")).unwrap_or_default();
    format!(
        "{user}daemon off;
worker_processes auto;
pid \"{folder}/nginx.pid\";
error_log \"{folder}/error.log\";
events {{ worker_connections 1024; }}
http {{
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  open_file_cache max=10;
  default_type \"text/html; charset=utf-8\";
  client_body_temp_path \"{folder}/body\";
  proxy_temp_path \"{folder}/proxy\";
  fastcgi_temp_path \"{folder}/fastcgi\";
  uwsgi_temp_path \"{folder}/uwsgi\";
  scgi_temp_path \"{folder}/scgi\";
  server {{
    listen {address};
    root \"{folder}\";
    location = /plain {{ }}
    location = /br {{ add_header content-encoding br; }}
  }}
}}
"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_loopback_address_is_listened_on() {
        let conf = conf(Path::new("/somewhere"), "127.0.0.1:4000", None);
        assert_eq!(conf.matches("listen ").count(), 1);
        assert!(conf.contains("listen 127.0.0.1:4000;"), "{conf}");
        assert!(conf.starts_with("daemon off;"), "{conf}");
    }
}
