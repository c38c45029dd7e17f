//! One article page: how many a second, how long the slowest of a hundred, beside nginx with the same bytes.
//!
//! The server gives every answer a nonce of its own, nginx sends a file: nginx says what the machine can do. The two take turns
//! (A B A B …), so that a machine whose speed drifts drifts for both. One thread of wrk makes all requests and
//! leaves the other of two cores to whoever answers.

use std::{process::Command, thread, time::Duration};

use serde_json::json;

use super::{
    Wish, article_of_a_thousand_words,
    figures::Figures,
    http,
    nginx::{self, Nginx},
    process, serve, text,
};
use crate::{
    Result,
    place::{Place, on_path},
    steps::Steps,
};

const PART: &str = "pages";
const CONNECTIONS: u32 = 32;
/// Not counted: caches fill, connections open.
const WARM_UP: u32 = 1;

/// What is asked for, by whom it is answered, and what came of it.
struct Contender {
    name: &'static str,
    url: String,
    encoding: &'static str,
    runs: Vec<Measured>,
}

/// One run of wrk. Times are in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Measured {
    a_second: f64,
    half: f64,
    slowest_of_a_hundred: f64,
}

/// Whether wrk and nginx are there, before anything is built.
pub fn tools() -> Result<()> {
    let missing: Vec<_> = [("wrk", on_path("wrk")), ("nginx", nginx::program())]
        .into_iter()
        .filter(|(_, found)| found.is_none())
        .map(|(name, _)| name)
        .collect();
    if missing.is_empty() { Ok(()) } else { Err(install(&missing)) }
}

fn install(missing: &[&str]) -> String {
    let debian: Vec<_> =
        missing.iter().map(|name| if *name == "nginx" { "nginx-light" } else { name }).collect();
    format!(
        "Missing: {}, to measure requests with. Install it and come back:\n  \
         Debian, Ubuntu:  apt-get install --no-install-recommends {}\n  \
         macOS:           brew install {}",
        missing.join(" and "),
        debian.join(" "),
        missing.join(" ")
    )
}

/// Measures server and nginx in turn, plain and in Brotli.
pub fn measure(place: &Place, steps: &mut Steps, wish: &Wish, figures: &mut Figures) -> Result<()> {
    let program = nginx::program().ok_or_else(|| install(&["nginx"]))?;
    let (slug, words) = article_of_a_thousand_words(place)?;
    let path = format!("/articles/{slug}");
    let server = serve(place, &text(&place.root.join("content")), "bench-pages.log")?;
    let plain = http::get(&server.url, &path, "identity")?.body;
    let brotli = settled(&server.url, &path)?;
    if brotli.header("content-encoding") != Some("br") {
        return Err(format!("{path} did not come in Brotli"));
    }
    let nginx = Nginx::start(program.clone(), place.target.join("bench/nginx"), &plain, &brotli.body)?;
    for (path, encoding, bytes) in [("/plain", "identity", &plain), ("/br", "br", &brotli.body)] {
        if http::get(&nginx.url, path, encoding)?.body != *bytes {
            return Err(format!("nginx serves other bytes at {path}"));
        }
    }

    let contender = |name, url: String, encoding| Contender { name, url, encoding, runs: Vec::new() };
    let mut contenders = [
        contender("doorway, plain", format!("{}{path}", server.url), "identity"),
        contender("nginx, plain", format!("{}/plain", nginx.url), "identity"),
        contender("doorway, Brotli", format!("{}{path}", server.url), "br"),
        contender("nginx, Brotli", format!("{}/br", nginx.url), "br"),
    ];
    for one in &contenders {
        wrk(one, WARM_UP)?;
    }
    for run in 1..=wish.runs {
        steps.take(&format!("Requests, run {run} of {}", wish.runs), || {
            for one in &mut contenders {
                let measured = wrk(one, wish.seconds)?;
                one.runs.push(measured);
            }
            Ok(())
        })?;
    }

    figures.about(
        "pages",
        json!({ "article": slug, "words": words, "bytes": plain.len(), "bytes in Brotli": brotli.body.len(),
            "wrk": format!("1 thread, {CONNECTIONS} connections, {} s a run, in turn", wish.seconds),
            "nginx": Nginx::version(&program) }),
    );
    for one in &contenders {
        let all = |what: fn(&Measured) -> f64| one.runs.iter().map(what).collect();
        figures.add(PART, format!("{}: requests", one.name), "/s", all(|run| run.a_second));
        figures.add(PART, format!("{}: p50", one.name), "ms", all(|run| run.half));
        figures.add(PART, format!("{}: p99", one.name), "ms", all(|run| run.slowest_of_a_hundred));
    }
    for pair in contenders.chunks(2) {
        let name = format!("{} of {}", pair[0].name, pair[1].name);
        let shares = pair[0].runs.iter().zip(&pair[1].runs).map(|(our, their)| our.a_second / their.a_second);
        figures.add(PART, name, "", shares.collect());
    }
    figures.add(PART, "doorway: peak memory", "MB", process::peak_memory(server.id()).into_iter().collect());
    Ok(())
}

/// The page in Brotli as most readers get it: when it is asked for again, the server compresses it once more and
/// better.
fn settled(origin: &str, path: &str) -> Result<http::Answer> {
    for _ in 0..5 {
        http::get(origin, path, "br")?;
        thread::sleep(Duration::from_millis(200));
    }
    http::get(origin, path, "br")
}

fn wrk(one: &Contender, seconds: u32) -> Result<Measured> {
    let mut wrk = Command::new("wrk");
    wrk.args(["--threads", "1", "--latency", "--connections"]).arg(CONNECTIONS.to_string());
    wrk.arg("--duration").arg(format!("{seconds}s"));
    wrk.arg("--header").arg(format!("Accept-Encoding: {}", one.encoding)).arg(&one.url);
    let output = wrk.output().map_err(|error| format!("wrk: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    read(&text)
        .ok_or_else(|| format!("{}: wrk says\n{text}{}", one.name, String::from_utf8_lossy(&output.stderr)))
}

/// Reads what wrk prints. Answers that are not as they should be make a run worthless.
fn read(text: &str) -> Option<Measured> {
    if text.contains("Non-2xx") || text.contains("Socket errors") {
        return None;
    }
    let after = |label: &str| text.lines().find_map(|line| line.trim().strip_prefix(label)).map(str::trim);
    Some(Measured {
        a_second: after("Requests/sec:")?.parse().ok()?,
        half: milliseconds(after("50%")?)?,
        slowest_of_a_hundred: milliseconds(after("99%")?)?,
    })
}

/// `812.00us`, `1.20ms`, `1.05s`
fn milliseconds(text: &str) -> Option<f64> {
    let (number, factor) = if let Some(number) = text.strip_suffix("us") {
        (number, 0.001)
    } else if let Some(number) = text.strip_suffix("ms") {
        (number, 1.0)
    } else {
        (text.strip_suffix('s')?, 1000.0)
    };
    Some(number.parse::<f64>().ok()? * factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRINTED: &str = "Running 5s test @ http://127.0.0.1:4000/plain
  1 threads and 32 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     1.21ms    0.40ms   9.87ms   91.00%
  Latency Distribution
     50%  812.00us
     75%    1.20ms
     90%    2.00ms
     99%    1.05s
  1000 requests in 5.00s, 10.00MB read
Requests/sec:  26123.45
Transfer/sec:      2.00MB
";

    #[test]
    fn figures_are_read_from_what_wrk_prints() {
        let expected = Measured { a_second: 26123.45, half: 0.812, slowest_of_a_hundred: 1050.0 };
        assert_eq!(read(PRINTED), Some(expected));
    }

    #[test]
    fn a_run_with_errors_counts_for_nothing() {
        assert_eq!(read(&format!("{PRINTED}  Non-2xx or 3xx responses: 12\n")), None);
        assert_eq!(read(&format!("{PRINTED}  Socket errors: connect 0, read 1, write 0, timeout 0\n")), None);
        assert_eq!(read("unable to connect"), None);
    }

    #[test]
    fn who_lacks_a_tool_is_told_what_to_install() {
        let message = install(&["wrk", "nginx"]);
        assert!(message.contains("apt-get install --no-install-recommends wrk nginx-light"), "{message}");
    }
}
