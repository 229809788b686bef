//! Sides of a comparison take turns, so that a busy minute of the machine hits all of them; what counts is the median.

use std::time::Duration;

use anyhow::{Context, Result};
use futures_util::future::BoxFuture;

use crate::cpu::Spent;

/// How long and how often everything is measured.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    pub rounds: usize,
    /// Of one round of one side.
    pub time: Duration,
    /// Calls at once.
    pub callers: usize,
}

/// One round of one side.
#[derive(Debug, Clone, Copy)]
pub struct Round {
    pub items: u32,
    pub wall: Duration,
    pub spent: Spent,
    /// From the last answer until everything was done that the items left for later.
    pub settled_after: Duration,
}

/// What does one kind of work for a while: a subject, or a limit beside it.
pub trait Side: Send {
    fn round(&mut self, time: Duration) -> BoxFuture<'_, Result<Round>>;
}

/// The rounds of every side, in the order of the sides. Files are read, caches filled and code compiled before anything counts.
pub async fn take_turns(sides: &mut [&mut dyn Side], plan: Plan) -> Result<Vec<Summary>> {
    for side in &mut *sides {
        side.round(plan.time / 4).await?;
    }
    let mut rounds = vec![Vec::new(); sides.len()];
    for _ in 0..plan.rounds {
        for (side, own) in sides.iter_mut().zip(&mut rounds) {
            own.push(side.round(plan.time).await?);
        }
    }
    rounds.iter().map(|own| Summary::of(own)).collect()
}

/// A subject and its limit.
pub async fn beside(subject: &mut dyn Side, limit: &mut dyn Side, plan: Plan) -> Result<(Summary, Summary)> {
    let summaries = take_turns(&mut [subject, limit], plan).await?;
    let mut summaries = summaries.into_iter();
    summaries.next().zip(summaries.next()).context("a side is missing")
}

/// The rounds of one side, each figure by its median.
#[derive(Debug, Clone, Copy)]
pub struct Summary {
    /// Items a second.
    pub rate: Spread,
    pub nodes: f64,
    pub postgres: f64,
    /// The three of them: microseconds of processor time an item.
    pub bench: f64,
    /// Of all rounds together.
    pub spent: Spent,
}

impl Summary {
    fn of(rounds: &[Round]) -> Result<Self> {
        let each = |part: fn(&Round) -> Duration| {
            let micros = |round: &Round| part(round).as_secs_f64() * 1e6 / f64::from(round.items);
            Spread::of(rounds.iter().map(micros)).map(|spread| spread.median)
        };
        Ok(Self {
            // With what they left for later: nobody can go on faster than that.
            rate: Spread::of(
                rounds.iter().map(|round| f64::from(round.items) / (round.wall + round.settled_after).as_secs_f64()),
            )?,
            nodes: each(|round| round.spent.nodes)?,
            postgres: each(|round| round.spent.postgres)?,
            bench: each(|round| round.spent.bench)?,
            spent: rounds.iter().fold(Spent::default(), |sum, round| sum + round.spent),
        })
    }
}

/// A figure of several rounds.
#[derive(Debug, Clone, Copy)]
pub struct Spread {
    pub median: f64,
    pub least: f64,
    pub most: f64,
}

impl Spread {
    pub fn of(values: impl Iterator<Item = f64>) -> Result<Self> {
        let mut sorted: Vec<f64> = values.collect();
        sorted.sort_unstable_by(f64::total_cmp);
        let at = |at: usize| sorted.get(at).copied().context("no rounds");
        Ok(Self { median: at(sorted.len() / 2)?, least: at(0)?, most: at(sorted.len().saturating_sub(1))? })
    }
}
