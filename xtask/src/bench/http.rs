//! One request to our own server, answered in the bytes that crossed the wire.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use crate::Result;

/// No answer of ours takes longer.
const PATIENCE: Duration = Duration::from_secs(20);

/// An answer as it was sent: not decompressed.
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
    /// Bytes of the status line and the headers.
    pub head: usize,
    headers: Vec<(String, String)>,
}

impl Answer {
    /// A header by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Asks `http://HOST:PORT` for a path, in one encoding (`identity`, `br`, `gzip`), and expects a 200.
pub fn get(origin: &str, path: &str, encoding: &str) -> Result<Answer> {
    let answer = ask(origin, path, encoding)?;
    let coded = answer.header("content-encoding").unwrap_or("identity");
    if answer.status != 200 {
        return Err(format!("{origin}{path}: the answer is {}", answer.status));
    }
    if coded != encoding && coded != "identity" {
        return Err(format!("{origin}{path}: asked for {encoding}, got {coded}"));
    }
    Ok(answer)
}

/// Asks, and takes any answer.
pub fn ask(origin: &str, path: &str, encoding: &str) -> Result<Answer> {
    let wrong = |error: &dyn std::fmt::Display| format!("{origin}{path}: {error}");
    let address = origin.strip_prefix("http://").ok_or_else(|| wrong(&"not an address of ours"))?;
    let mut stream = TcpStream::connect(address).map_err(|error| wrong(&error))?;
    stream.set_read_timeout(Some(PATIENCE)).map_err(|error| wrong(&error))?;
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: {address}\r\nAccept-Encoding: {encoding}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).map_err(|error| wrong(&error))?;
    let mut all = Vec::new();
    stream.read_to_end(&mut all).map_err(|error| wrong(&error))?;
    read(&all).ok_or_else(|| wrong(&"the answer is not HTTP"))
}

fn read(all: &[u8]) -> Option<Answer> {
    let head = all.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let text = std::str::from_utf8(&all[..head]).ok()?;
    let mut lines = text.lines();
    let status = lines.next()?.strip_prefix("HTTP/1.1 ")?.split(' ').next()?.parse().ok()?;
    let headers: Vec<_> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let chunked = headers.iter().any(|(name, value)| name == "transfer-encoding" && value == "chunked");
    let body = if chunked { dechunked(&all[head..])? } else { all[head..].to_vec() };
    Some(Answer { status, body, head, headers })
}

/// Takes the lengths out of a body that was sent in pieces.
fn dechunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let line = rest.windows(2).position(|two| two == b"\r\n")?;
        let length = usize::from_str_radix(std::str::from_utf8(&rest[..line]).ok()?.trim(), 16).ok()?;
        if length == 0 {
            return Some(body);
        }
        let start = line + 2;
        body.extend_from_slice(rest.get(start..start.checked_add(length)?)?);
        rest = rest.get(start + length + 2..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_in_pieces_is_put_together() {
        let answer =
            read(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
        let answer = answer.unwrap();
        assert_eq!((answer.status, answer.body.as_slice(), answer.head), (200, b"abcde".as_slice(), 47));
    }

    #[test]
    fn a_body_in_one_is_left_alone() {
        let answer = read(b"HTTP/1.1 404 Not Found\r\nContent-Encoding: br\r\n\r\n3\r\nabc").unwrap();
        assert_eq!((answer.status, answer.header("content-encoding")), (404, Some("br")));
        assert_eq!(answer.body, b"3\r\nabc");
    }

    #[test]
    fn a_torn_answer_is_none() {
        assert!(read(b"HTTP/1.1 200 OK\r\n").is_none());
        assert!(dechunked(b"ff\r\nshort\r\n").is_none());
    }
}
