//! Payment, played by a bank that remembers references and can be told how to behave.

use std::{
    collections::BTreeMap,
    sync::{Arc, Condvar, Mutex},
};

use contracts::payment::{EscrowReleased, Held, HoldEscrow, RefundEscrow, RefundProcessed, ReleaseEscrow, Settled};
use kernel::{Currency, Fault, Id, Kind, Money};
use testkit::{Setting, Stage};

/// What became of a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Escrow {
    Held,
    Released,
    Refunded,
    /// Refunded before it was ever held: it can't be held any more.
    Closed,
}

/// How the bank answers `HoldEscrow`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Willing,
    /// The payer has too little.
    Refuses,
    /// Holds the money, and the answer is lost on the way.
    LosesAnswers,
    /// Isn't there at all.
    Away,
}

#[derive(Debug)]
struct State {
    mood: Mood,
    escrows: BTreeMap<String, (Escrow, HoldEscrow)>,
    /// Facts that were told of a reference.
    told: Vec<String>,
    asked: u32,
    shut: bool,
    waiting: u32,
}

/// The bank; cheap to clone.
#[derive(Debug, Clone)]
pub struct Bank {
    state: Arc<Mutex<State>>,
    door: Arc<Condvar>,
}

impl Bank {
    pub fn new() -> Self {
        let state = State { mood: Mood::Willing, escrows: BTreeMap::new(), told: Vec::new(), asked: 0, shut: false, waiting: 0 };
        Self { state: Arc::new(Mutex::new(state)), door: Arc::new(Condvar::new()) }
    }

    /// Takes its place beside the service under test.
    pub fn beside(&self, setting: Setting) -> Setting {
        let (hold, release, refund) = (self.clone(), self.clone(), self.clone());
        setting
            .answering(move |ask: HoldEscrow| hold.hold(ask))
            .answering(move |ask: ReleaseEscrow| release.close(&ask.reference, Escrow::Released))
            .answering(move |ask: RefundEscrow| refund.close(&ask.reference, Escrow::Refunded))
    }

    pub fn behaves(&self, mood: Mood) {
        self.state.lock().unwrap().mood = mood;
    }

    /// Lets nobody through until `opens`.
    pub fn shuts(&self) {
        self.state.lock().unwrap().shut = true;
    }

    pub fn opens(&self) {
        self.state.lock().unwrap().shut = false;
        self.door.notify_all();
    }

    /// How many ask and wait at the door now.
    pub fn waiting(&self) -> u32 {
        self.state.lock().unwrap().waiting
    }

    /// How often money was asked to be held.
    pub fn asked(&self) -> u32 {
        self.state.lock().unwrap().asked
    }

    /// Every reference, and what became of it.
    pub fn escrows(&self) -> Vec<(String, Escrow)> {
        let state = self.state.lock().unwrap();
        state.escrows.iter().map(|(reference, (escrow, _))| (reference.clone(), *escrow)).collect()
    }

    /// The references money is held for.
    pub fn held(&self) -> Vec<String> {
        self.escrows().into_iter().filter(|(_, escrow)| *escrow == Escrow::Held).map(|(reference, _)| reference).collect()
    }

    /// The command that held the money of a reference.
    pub fn command(&self, reference: &str) -> HoldEscrow {
        self.state.lock().unwrap().escrows[reference].1.clone()
    }

    /// Lets the service work, and tells it what became of the money, until nothing happens any more.
    pub async fn settle(&self, stage: &Stage) {
        loop {
            stage.settle().await;
            let news = self.news();
            if news.is_empty() {
                return;
            }
            for (reference, escrow, hold) in news {
                let (id, fee) = (stage.id(), Money::zero(hold.amount.currency()));
                let amount = hold.amount;
                if escrow == Escrow::Released {
                    stage.tell(&EscrowReleased { escrow: id, reference, payee: hold.payee, amount, fee }).await;
                } else {
                    stage.tell(&RefundProcessed { escrow: id, reference, payer: hold.payer, amount }).await;
                }
            }
        }
    }

    fn is_shut(&self) -> bool {
        self.state.lock().unwrap().shut
    }

    fn wait_outside(&self) {
        let mut state = self.state.lock().unwrap();
        state.waiting += 1;
        state = self.door.wait_while(state, |state| state.shut).unwrap();
        state.waiting -= 1;
    }

    fn news(&self) -> Vec<(String, Escrow, HoldEscrow)> {
        let mut state = self.state.lock().unwrap();
        let ended = |escrow: Escrow| matches!(escrow, Escrow::Released | Escrow::Refunded);
        let news: Vec<_> = state
            .escrows
            .iter()
            .filter(|(reference, (escrow, _))| ended(*escrow) && !state.told.contains(reference))
            .map(|(reference, (escrow, hold))| (reference.clone(), *escrow, hold.clone()))
            .collect();
        state.told.extend(news.iter().map(|(reference, ..)| reference.clone()));
        news
    }

    fn hold(&self, ask: HoldEscrow) -> Result<Held, Fault> {
        if self.is_shut() {
            // Gives this thread's other tasks to another one, so that only the one who asks waits.
            tokio::task::block_in_place(|| self.wait_outside());
        }
        let mut state = self.state.lock().unwrap();
        state.asked += 1;
        if state.mood == Mood::Away {
            return Err(Fault::unavailable(1, "away"));
        }
        match state.escrows.get(&ask.reference).map(|(escrow, _)| *escrow) {
            Some(Escrow::Held) => {}
            Some(_) => return Err(Fault::new(Kind::Conflict, "payment.escrow_closed", "This is over.")),
            None if state.mood == Mood::Refuses => {
                return Err(Fault::new(Kind::Conflict, "payment.insufficient_funds", "There isn't enough money."));
            }
            None => {
                state.escrows.insert(ask.reference.clone(), (Escrow::Held, ask.clone()));
            }
        }
        if state.mood == Mood::LosesAnswers {
            return Err(Fault::unavailable(1, "the answer is lost"));
        }
        let escrow = Id::from_uuid(ask.reference.parse::<Id<contracts::ids::Order>>().unwrap().uuid());
        Ok(Held { escrow, fee: Money::zero(ask.amount.currency()) })
    }

    fn close(&self, reference: &str, to: Escrow) -> Result<Settled, Fault> {
        let mut state = self.state.lock().unwrap();
        match state.escrows.get_mut(reference) {
            Some((Escrow::Closed, _)) => Ok(Settled { amount: None }),
            Some((escrow, hold)) if *escrow == Escrow::Held || *escrow == to => {
                *escrow = to;
                Ok(Settled { amount: Some(hold.amount) })
            }
            Some(_) => Err(Fault::new(Kind::Conflict, "payment.escrow_closed", "This is over.")),
            None => {
                state.escrows.insert(reference.to_owned(), (Escrow::Closed, nothing(reference)));
                Ok(Settled { amount: None })
            }
        }
    }
}

/// What stands for a reference that was closed before it was held.
fn nothing(reference: &str) -> HoldEscrow {
    let (nobody, none) = (Id::from_uuid(uuid::Uuid::nil()), Money::zero(Currency::TZS));
    HoldEscrow {
        reference: reference.into(),
        payer: nobody,
        payee: nobody,
        amount: none,
        fee_base: none,
        domain: "commerce".into(),
        title: String::new(),
    }
}
