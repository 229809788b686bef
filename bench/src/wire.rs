//! HTTP/1.1 as cheap as it gets: requests written as they are sent, answers looked at no closer than a scenario must. The load
//! generator shares its processors with what it measures, so whatever it does itself is missing there.

use std::{io::Write as _, net::SocketAddr};

use anyhow::{Context, Result, bail};
use memchr::memmem;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// One caller's connection, kept open.
pub struct Line {
    stream: TcpStream,
    answer: Vec<u8>,
}

/// A body whose status was the expected one.
#[derive(Clone, Copy)]
pub struct Body<'a>(&'a [u8]);

impl Line {
    pub async fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, answer: Vec::new() })
    }

    /// Sends a request and takes its answer, which must be a success.
    pub async fn exchange(&mut self, request: &[u8]) -> Result<Body<'_>> {
        self.stream.write_all(request).await?;
        self.answer.clear();
        let begin = loop {
            self.read().await?;
            if let Some(at) = memmem::find(&self.answer, b"\r\n\r\n") {
                break at + 4;
            }
        };
        let head = Head::of(self.answer.get(..begin).unwrap_or_default())?;
        while !head.extent.is_there(self.answer.get(begin..).unwrap_or_default()) {
            self.read().await?;
        }
        let body = self.answer.get(begin..).unwrap_or_default();
        if !(200..300).contains(&head.status) {
            let asked = request.split(|byte| *byte == b'\r').next().unwrap_or_default();
            bail!("{}: {} {}", String::from_utf8_lossy(asked), head.status, String::from_utf8_lossy(body));
        }
        Ok(Body(body))
    }

    async fn read(&mut self) -> Result<()> {
        if self.stream.read_buf(&mut self.answer).await? == 0 {
            bail!("the connection was closed in the middle of an answer");
        }
        Ok(())
    }
}

struct Head {
    status: u16,
    extent: Extent,
}

/// How far a body goes; nobody sends us anything after it unasked.
enum Extent {
    Bytes(usize),
    /// In chunks, up to an empty one (RFC 9112, section 7.1): what is compressed on the way.
    Chunks,
}

impl Extent {
    fn is_there(&self, body: &[u8]) -> bool {
        match self {
            Self::Bytes(length) => body.len() >= *length,
            Self::Chunks => body.ends_with(b"\r\n0\r\n\r\n"),
        }
    }
}

impl Head {
    fn of(bytes: &[u8]) -> Result<Self> {
        let text = std::str::from_utf8(bytes)?;
        let status = text.split(' ').nth(1).context("an answer without a status")?.parse()?;
        let value = |wanted: &str| {
            let mut headers = text.lines().filter_map(|line| line.split_once(": "));
            headers.find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value)
        };
        let extent = match (value("content-length"), value("transfer-encoding")) {
            (Some(length), _) => Extent::Bytes(length.parse()?),
            (None, Some("chunked")) => Extent::Chunks,
            // Of a 204 there is nothing more.
            (None, None) if status == 204 => Extent::Bytes(0),
            _ => bail!("an answer without its length"),
        };
        Ok(Self { status, extent })
    }
}

impl<'a> Body<'a> {
    pub fn bytes(self) -> &'a [u8] {
        self.0
    }

    pub fn count(self, needle: &str) -> usize {
        memmem::find_iter(self.0, needle).count()
    }

    /// It must hold this somewhere.
    pub fn must_say(self, needle: &str) -> Result<()> {
        match memmem::find(self.0, needle.as_bytes()) {
            Some(_) => Ok(()),
            None => bail!("no {needle} in {}", String::from_utf8_lossy(self.0)),
        }
    }

    /// The first text of this name.
    pub fn text(self, name: &str) -> Result<&'a str> {
        let named = format!("\"{name}\":\"");
        let at = memmem::find(self.0, named.as_bytes()).with_context(|| format!("an answer without {name}"))?;
        let rest = self.0.get(at + named.len()..).unwrap_or_default();
        let end = memchr::memchr(b'"', rest).context("a text without an end")?;
        Ok(std::str::from_utf8(rest.get(..end).unwrap_or_default())?)
    }
}

/// A reading request of whoever has the token.
pub fn get(path: &str, token: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer {token}\r\n\r\n").into_bytes()
}

/// A request without a body.
pub fn bare(method: &str, path: &str, token: &str) -> Vec<u8> {
    format!("{method} {path} HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer {token}\r\ncontent-length: 0\r\n\r\n").into_bytes()
}

/// Opens a page as a browser does: known by its cookie, and taking what is compressed.
pub fn open(path: &str, token: &str) -> Vec<u8> {
    let cookie = format!("cookie: nexgate-access={token}\r\n");
    format!("GET {path} HTTP/1.1\r\nhost: bench\r\naccept: text/html\r\naccept-encoding: gzip\r\n{cookie}\r\n").into_bytes()
}

/// Writes a request with a JSON body; `headers` are whole lines.
pub fn post(path: &str, headers: &str, body: &str) -> Result<Vec<u8>> {
    let mut request = Vec::with_capacity(256 + headers.len() + body.len());
    write!(
        request,
        "POST {path} HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\ncontent-length: {}\r\n",
        body.len()
    )?;
    write!(request, "{headers}\r\n{body}")?;
    Ok(request)
}
