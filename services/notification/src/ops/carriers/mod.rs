//! Carriers: other people's servers that bring messages to people. Nobody talks to them while a transaction is open (X10).

mod aggregator;
mod mail;
mod smtp;

use std::sync::Arc;

use host::{Channels, Here, Mode};
use kernel::Fault;
use tokio::sync::OnceCell;

use self::{aggregator::Aggregator, smtp::Smtp};
use crate::model::{answer::Answer, delivery::Transport, letter::Letter, route::Medium};

/// A service's carriers, made at the first message; they keep their connections.
#[derive(Debug, Clone, Default)]
pub struct Carriers(Arc<OnceCell<Made>>);

#[derive(Debug)]
struct Made {
    mail: Option<Smtp>,
    sms: Option<Aggregator>,
}

/// What would carry this channel's messages, by the settings.
pub fn transport(here: &Here, medium: Medium) -> Transport {
    let Channels { mail, sms, .. } = &here.config.channels;
    let is_there = match medium {
        Medium::Email => mail.is_some(),
        Medium::Sms => sms.is_some(),
    };
    match (here.config.mode, is_there) {
        (Mode::Development, true) => Transport::Both,
        (Mode::Development, false) => Transport::DevOutbox,
        (Mode::Production, true) => Transport::Carrier,
        (Mode::Production, false) => Transport::Missing,
    }
}

impl Carriers {
    /// Hands a message over. A carrier that can't be made of its settings is as one that is away: somebody may mend them.
    pub async fn carry(&self, here: &Here, letter: &Letter) -> Answer {
        let made = match self.0.get_or_try_init(async || made(here)).await {
            Ok(made) => made,
            Err(fault) => return Answer::later(fault.cause().unwrap_or(fault.detail())),
        };
        match (letter.medium, &made.mail, &made.sms) {
            (Medium::Email, Some(smtp), _) => smtp.carry(letter).await,
            (Medium::Sms, _, Some(aggregator)) => aggregator.carry(letter).await,
            _ => Answer::later("there is no carrier any more"),
        }
    }
}

fn made(here: &Here) -> Result<Made, Fault> {
    let Channels { mail, sms, extra_roots } = &here.config.channels;
    Ok(Made {
        mail: mail.as_ref().map(|mail| Smtp::new(mail, here, extra_roots)).transpose()?,
        sms: sms.as_ref().map(|sms| Aggregator::new(sms, extra_roots)).transpose()?,
    })
}
