//! Reports of providers: whoever hasn't the key is refused, and what is signed is a report of exactly what it says, or none.

#![no_main]
#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "it ends where something is wrong")]

#[path = "../../services/payment/src/fault.rs"]
mod fault;
#[path = "../../services/payment/src/model/mod.rs"]
#[expect(dead_code, reason = "a target looks at what it wants of it")]
mod model;

use data_encoding::{HEXLOWER, HEXUPPER};
use hmac::{Hmac, KeyInit, Mac};
use kernel::{Id, Money};
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};
use sha2::Sha256;
use uuid::Uuid;

use crate::{
    fault::Refusal,
    model::{
        provider::{Provider, Report},
        top_up::{Ending, TopUp},
    },
};

const KEY: [u8; 32] = [7; 32];
const OLD: [u8; 32] = [8; 32];
const STRANGE: [u8; 32] = [9; 32];

// The first line is a signature as it came; the rest is the body, once under that signature and once under a good one.
fuzz_target!(|input: &[u8]| {
    let line = input.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let body = input.get(line.len() + 1..).unwrap_or_default();
    strangers_are_refused(&String::from_utf8_lossy(line), body);
    if let Some(report) = signed(body) {
        is_what_it_says(&report, body);
        the_sandbox_hears_itself(&report);
        a_top_up_takes_only_what_was_asked_for(&report);
    }
});

fn read(body: &[u8], signature: &str) -> Result<Report, Refusal> {
    Provider::Sandbox.read(&[KEY, OLD], body, signature)
}

fn sign(key: [u8; 32], body: &[u8]) -> Vec<u8> {
    let mac = Hmac::<Sha256>::new_from_slice(&key).expect("HMAC takes keys of every length");
    mac.chain_update(body).finalize().into_bytes().to_vec()
}

fn strangers_are_refused(signature: &str, body: &[u8]) {
    let good = sign(KEY, body);
    let (lower, upper) = (HEXLOWER.encode(&good), HEXUPPER.encode(&good));
    let mut others = vec![signature.to_owned(), HEXLOWER.encode(&sign(STRANGE, body)), format!("{lower}00"), upper];
    others.extend([0, 2, lower.len() / 2, lower.len() - 1].map(|end| lower[..end].to_owned()));
    let accepted = [lower.clone(), HEXLOWER.encode(&sign(OLD, body))];
    for other in others.iter().filter(|other| !accepted.contains(other)) {
        assert_eq!(read(body, other), Err(Refusal::WebhookSignature), "{other:?}");
    }
    assert_eq!(read(&[body, b" "].concat(), &lower), Err(Refusal::WebhookSignature), "of another body");
}

/// What a well signed body reports; with a key we still accept it says the same.
fn signed(body: &[u8]) -> Option<Report> {
    let [new, old] = [KEY, OLD].map(|key| read(body, &HEXLOWER.encode(&sign(key, body))));
    assert_eq!(new, old);
    match new {
        Ok(report) => Some(report),
        Err(refusal) => {
            assert_eq!(refusal, Refusal::WebhookBody);
            None
        }
    }
}

fn is_what_it_says(report: &Report, body: &[u8]) {
    let body: Value = serde_json::from_slice(body).expect("a report is JSON");
    assert_eq!(body["reference"], report.reference);
    match report.arrived {
        Some(amount) => {
            assert_eq!((&body["status"], &body["amount"]), (&json!("succeeded"), &json!(amount)));
            assert!((-Money::MAX_MINOR..=Money::MAX_MINOR).contains(&amount.minor()), "{amount}");
        }
        None => assert_eq!(body["status"], "failed"),
    }
}

fn the_sandbox_hears_itself(report: &Report) {
    let Some(amount) = report.arrived else { return };
    for callback in Provider::Sandbox.start(KEY, &report.reference, amount) {
        let heard = read(&callback.body, &callback.signature).expect("it signs its reports");
        assert_eq!(heard.reference, report.reference);
        assert!(heard.arrived.is_none_or(|arrived| (amount.minor() - 1..=amount.minor()).contains(&arrived.minor())));
    }
}

fn a_top_up_takes_only_what_was_asked_for(report: &Report) {
    let asked = report.arrived.unwrap_or(Money::zero(kernel::Currency::TZS));
    let more = Money::new(asked.minor() + 1, asked.currency());
    let top_up = |amount| TopUp::new(Id::from_uuid(Uuid::nil()), Id::from_uuid(Uuid::nil()), Provider::Sandbox, amount);
    let settled = report.arrived.map_or(Ending::Failed(Refusal::Declined), |_| Ending::Settled);
    assert_eq!(top_up(asked).report(report.arrived), Some(settled));
    let failed = report.arrived.map_or(Refusal::Declined, |_| Refusal::AmountMismatch);
    assert_eq!(top_up(more).report(report.arrived), Some(Ending::Failed(failed)));
    let mut ended = top_up(asked);
    ended.state = settled.state();
    assert_eq!(ended.report(report.arrived), None, "it ends once");
}
