//! A running payment service, and people with money.

use contracts::payment::{Held, HoldEscrow, RefundEscrow, ReleaseEscrow, Settled, VerifyLedger};
use kernel::{Currency, Fault, Money};
use serde_json::{Value, json};
use testkit::{Person, Stage};

/// A running payment service.
pub async fn stage() -> Stage {
    Stage::of(payment::service()).start().await
}

pub fn tzs(minor: i64) -> Money {
    Money::new(minor, Currency::TZS)
}

/// Somebody with this much in their wallet.
pub async fn somebody_with(stage: &Stage, minor: i64) -> Person {
    let person = stage.person();
    assert_eq!(top_up(stage, &person, minor).await["status"], "settled");
    person
}

/// Tops up through the sandbox; what became of it.
pub async fn top_up(stage: &Stage, person: &Person, minor: i64) -> Value {
    let opened = person.post("/api/v1/wallet/top-ups", wish(minor)).await.ok();
    stage.settle().await;
    person.get(&format!("/api/v1/wallet/top-ups/{}", text(&opened["id"]))).await.ok()
}

pub fn wish(minor: i64) -> Value {
    json!({"amount": {"minor": minor, "currency": "TZS"}, "method": "sandbox"})
}

/// Available and held, in minor units of the first currency.
pub async fn wallet(person: &Person) -> (i64, i64) {
    let wallet = person.get("/api/v1/wallet").await.ok();
    let minor = |name: &str| wallet["balances"][0][name]["minor"].as_i64().unwrap();
    (minor("available"), minor("held"))
}

/// A deal whose fee is taken from the whole amount.
pub fn deal(reference: &str, payer: &Person, payee: &Person, minor: i64) -> HoldEscrow {
    HoldEscrow {
        reference: reference.into(),
        payer: payer.id,
        payee: payee.id,
        amount: tzs(minor),
        fee_base: tzs(minor),
        domain: "commerce".into(),
        title: "Kitenge dress".into(),
    }
}

pub async fn hold(stage: &Stage, deal: &HoldEscrow) -> Result<Held, Fault> {
    stage.node.ask(deal.clone()).await
}

pub async fn release(stage: &Stage, reference: &str) -> Result<Settled, Fault> {
    stage.node.ask(ReleaseEscrow { reference: reference.into() }).await
}

pub async fn refund(stage: &Stage, reference: &str) -> Result<Settled, Fault> {
    stage.node.ask(RefundEscrow { reference: reference.into() }).await
}

/// The code of a refusal.
pub fn code<T: std::fmt::Debug>(result: Result<T, Fault>) -> String {
    result.unwrap_err().code().to_owned()
}

pub async fn must_be_sound(stage: &Stage) {
    assert_eq!(stage.node.ask(VerifyLedger {}).await.unwrap().broken, Vec::<String>::new());
}

pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("not a text: {value}"))
}
