//! A3: the keys of access tokens, which a node asks auth for and keeps.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
        mpsc,
    },
    time::Duration,
};

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::SigningKey;
use host::token::{PublicKey, SigningKeys};
use kernel::Fault;
use testkit::{Person, Stage};
use tokio::task::JoinSet;

use crate::toy::service;

const PATH: &str = "/api/v1/things/thg_00000000000000000000000001";

/// Auth as this test plays it.
#[derive(Default)]
struct Auth {
    asked: AtomicUsize,
    away: AtomicBool,
    /// Its key signs no more, and is forgotten.
    retired: AtomicBool,
    /// Says when it is asked, and answers when it is told to.
    slow: Mutex<Option<(mpsc::Sender<()>, mpsc::Receiver<()>)>>,
}

impl Auth {
    fn answer(&self) -> Result<Vec<PublicKey>, Fault> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        if let Some((asked, told)) = self.slow.lock().unwrap().take() {
            asked.send(()).unwrap();
            told.recv().unwrap();
        }
        if self.away.load(Ordering::SeqCst) {
            return Err(Fault::unavailable(1, "away"));
        }
        if self.retired.load(Ordering::SeqCst) {
            return Ok(Vec::new());
        }
        // The key the testkit signs with.
        let public = SigningKey::from_bytes(&[42; 32]).verifying_key();
        Ok(vec![PublicKey { kid: "test".into(), x: BASE64URL_NOPAD.encode(public.as_bytes()) }])
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

async fn stage() -> (Stage, Arc<Auth>, Person) {
    let auth = Arc::new(Auth::default());
    let played = auth.clone();
    let stage = Stage::of(service()).answering(move |_: SigningKeys| played.answer()).start().await;
    let amina = stage.person();
    (stage, auth, amina)
}

/// A token that says another key signed it.
fn strange(person: &Person) -> String {
    let token = person.token.as_deref().unwrap();
    let (_, rest) = token.split_once('.').unwrap();
    format!("{}.{rest}", BASE64URL_NOPAD.encode(b"{\"alg\":\"EdDSA\",\"kid\":\"strange\"}"))
}

#[tokio::test]
async fn a3_who_is_signed_in_stays_so_for_an_hour_while_auth_is_away() {
    let (stage, auth, amina) = stage().await;
    amina.get(PATH).await.refused(404, "not_found");
    auth.away.store(true, Ordering::SeqCst);
    for _ in 0..59 {
        stage.advance(Duration::from_mins(1));
        amina.get(PATH).await.refused(404, "not_found");
    }
    assert!(auth.asked() > 50, "it is asked again and again");
    stage.advance(Duration::from_mins(1));
    amina.get(PATH).await.refused(503, "unavailable");
    auth.away.store(false, Ordering::SeqCst);
    amina.get(PATH).await.refused(503, "unavailable");
    stage.advance(Duration::from_secs(1));
    amina.get(PATH).await.refused(404, "not_found");
}

#[tokio::test]
async fn a3_a_token_that_was_good_is_refused_when_its_key_is_retired() {
    let (stage, auth, amina) = stage().await;
    amina.get(PATH).await.refused(404, "not_found");
    auth.retired.store(true, Ordering::SeqCst);
    amina.get(PATH).await.refused(404, "not_found");
    stage.advance(Duration::from_secs(150));
    amina.get(PATH).await.refused(401, "invalid_token");
}

#[tokio::test]
async fn a3_a_token_that_was_good_is_refused_when_it_has_run_out_or_one_letter_of_it_changes() {
    let (stage, _, amina) = stage().await;
    amina.get(PATH).await.refused(404, "not_found");
    let token = amina.token.as_deref().unwrap();
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let other = if signature.starts_with('A') { "B" } else { "A" };
    let forged = stage.bearer(amina.id, &format!("{signed}.{other}{}", &signature[1..]));
    forged.get(PATH).await.refused(401, "invalid_token");
    amina.get(PATH).await.refused(404, "not_found");
    // The testkit's tokens are good for a year.
    stage.advance(Duration::from_hours(365 * 24));
    amina.get(PATH).await.refused(401, "token_expired");
}

#[tokio::test]
async fn a3_keys_are_asked_for_again_before_they_are_old() {
    let (stage, auth, amina) = stage().await;
    for (seconds, asked) in [(0, 1), (149, 1), (1, 2), (149, 2), (1, 3)] {
        stage.advance(Duration::from_secs(seconds));
        amina.get(PATH).await.refused(404, "not_found");
        assert_eq!(auth.asked(), asked);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a3_one_request_asks_and_the_others_wait_for_nobody() {
    let (stage, auth, amina) = stage().await;
    amina.get(PATH).await.refused(404, "not_found");
    stage.advance(Duration::from_mins(4));
    let ((asked, is_asked), (tell, told)) = (mpsc::channel(), mpsc::channel());
    *auth.slow.lock().unwrap() = Some((asked, told));
    let (mut asking, asker) = (JoinSet::new(), amina.clone());
    asking.spawn(async move { asker.get(PATH).await.refused(404, "not_found") });
    is_asked.recv().unwrap();
    let others = async {
        for _ in 0..3 {
            amina.get(PATH).await.refused(404, "not_found");
        }
    };
    tokio::time::timeout(Duration::from_secs(10), others).await.expect("nobody waits");
    tell.send(()).unwrap();
    asking.join_next().await.unwrap().unwrap();
    assert_eq!(auth.asked(), 2);
}

#[tokio::test]
async fn a3_an_unknown_key_asks_auth_every_five_seconds_at_most() {
    let (stage, auth, amina) = stage().await;
    let strange = stage.bearer(amina.id, &strange(&amina));
    for (seconds, asked) in [(0, 1), (0, 1), (4, 1), (1, 2), (0, 2)] {
        stage.advance(Duration::from_secs(seconds));
        strange.get(PATH).await.refused(401, "invalid_token");
        assert_eq!(auth.asked(), asked);
    }
    // Auth may have made it just now, and can't say: that isn't the caller's fault.
    auth.away.store(true, Ordering::SeqCst);
    stage.advance(Duration::from_secs(5));
    strange.get(PATH).await.refused(503, "unavailable");
    strange.get(PATH).await.refused(503, "unavailable");
    assert_eq!(auth.asked(), 3);
    amina.get(PATH).await.refused(404, "not_found");
}
