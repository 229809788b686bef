//! An aggregator of SMS: one POST of JSON a message, as docs/operations.md describes it.

use std::{fmt, time::Duration};

use host::{
    Sms,
    outward::{self, Outward},
};
use http::{Request, StatusCode, header};
use http_body_util::{BodyExt, Collected, Limited};
use kernel::Fault;
use rustls::pki_types::CertificateDer;
use serde::{Deserialize, Serialize};
use tokio::time::timeout;

use crate::model::{answer::Answer, letter::Letter};

/// From the connection to the end of the answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// More of an answer isn't read.
const LONGEST: usize = 16 << 10;

/// An aggregator, with the connections that are open to it. It follows no redirects.
pub(super) struct Aggregator {
    client: Outward<String>,
    url: String,
    key: String,
    sender: String,
}

/// What is posted.
#[derive(Serialize)]
struct Posted<'a> {
    reference: String,
    sender: &'a str,
    to: &'a str,
    text: &'a str,
}

/// What is read of a refusal: a word for programs.
#[derive(Deserialize)]
struct Said {
    code: String,
}

impl Aggregator {
    pub fn new(sms: &Sms, extra: &[CertificateDer<'static>]) -> Result<Self, Fault> {
        // Only this machine is called by http, which the settings see to.
        let client = outward::client(extra)?;
        Ok(Self { client, url: sms.url.to_string(), key: sms.key.clone(), sender: sms.sender.clone() })
    }

    pub async fn carry(&self, letter: &Letter) -> Answer {
        match timeout(PATIENCE, self.posted(letter)).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(fault)) => Answer::unknown(format!("the aggregator: {}", fault.cause().unwrap_or(fault.detail()))),
            Err(_) => Answer::unknown("the aggregator: no answer in time"),
        }
    }

    async fn posted(&self, letter: &Letter) -> Result<Answer, Fault> {
        let reference = letter.id.to_string();
        let body = Posted { reference: reference.clone(), sender: &self.sender, to: &letter.to.0, text: &letter.message.body };
        let request = Request::post(&self.url)
            .header(header::AUTHORIZATION, format!("Bearer {}", self.key))
            .header(header::CONTENT_TYPE, "application/json")
            .header("idempotency-key", reference)
            .body(serde_json::to_string(&body)?)
            .map_err(Fault::internal)?;
        let response = match self.client.request(request).await {
            Ok(response) => response,
            Err(error) if error.is_connect() => return Ok(Answer::later("the aggregator: no connection")),
            Err(error) => return Err(Fault::internal(error)),
        };
        let status = response.status();
        let wait = response.headers().get(header::RETRY_AFTER).and_then(|wait| wait.to_str().ok()?.parse().ok());
        let body = Limited::new(response.into_body(), LONGEST).collect().await;
        Ok(judged(status, wait.map(Duration::from_secs), &body.map(Collected::to_bytes).unwrap_or_default()))
    }
}

/// 2xx has it. What is wrong with us or with the moment is tried again; the rest of 4xx concerns this message.
fn judged(status: StatusCode, wait: Option<Duration>, body: &[u8]) -> Answer {
    let reason = format!("the aggregator: {}{}", status.as_u16(), said(body));
    let is_its = [400, 406, 409, 410, 411, 413, 415, 422].contains(&status.as_u16());
    match status {
        _ if status.is_success() => Answer::Accepted,
        _ if is_its => Answer::Refused { reason },
        _ => Answer::Later { reason, wait },
    }
}

/// The refusal's code, where it is a word: a text for people may hold the number (X14).
fn said(body: &[u8]) -> String {
    let code = serde_json::from_slice::<Said>(body).map(|said| said.code).unwrap_or_default();
    let is_word = (1..=40).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    if is_word { format!(" {code}") } else { String::new() }
}

impl fmt::Debug for Aggregator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Aggregator(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn n2_an_aggregator_has_it_refuses_it_or_is_asked_again() {
        let judged = |status: u16, body: &str| judged(StatusCode::from_u16(status).unwrap(), None, body.as_bytes());
        for status in [200, 201, 202, 204] {
            assert_eq!(judged(status, ""), Answer::Accepted);
        }
        for status in [400, 409, 413, 422] {
            assert_eq!(judged(status, "{}"), Answer::refused(format!("the aggregator: {status}")));
        }
        // Our key, our address, our money, our pace, its bad day: somebody mends it, and the message goes then.
        for status in [302, 401, 402, 403, 404, 405, 408, 425, 429, 500, 503] {
            assert_eq!(judged(status, ""), Answer::later(format!("the aggregator: {status}")));
        }
    }

    #[test]
    fn x14_of_a_refusal_only_a_word_is_kept() {
        assert_eq!(said(br#"{"code": "invalid_number", "message": "+255712000001 is none"}"#), " invalid_number");
        for body in [r#"{"code": "+255712000001"}"#, r#"{"code": "255712000001"}"#, r#"{"code": 21211}"#, "<html>", ""] {
            assert_eq!(said(body.as_bytes()), "", "{body}");
        }
    }
}
