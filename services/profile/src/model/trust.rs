//! Trust: how sure one can be that a seller keeps their word, from facts alone (P5, X11). The formula in words: docs/trust.md.

mod quantile;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use self::quantile::quantile;

kernel::named! {
    /// How a deal ended, as far as it was the seller's part.
    pub Ending {
        /// Completed, and nobody said that it came after the promised day.
        InTime = "in_time",
        /// Completed, but handed over after the promised day.
        Late = "late",
        /// Cancelled by the seller, or by the clock since they hadn't answered or shipped by its time.
        Failed = "failed",
    }
}

impl Ending {
    /// What one deal of ordinary value says for and against the seller, and whether it was completed. A new kind of fact is a
    /// line here.
    const fn worth(self) -> (f64, f64, bool) {
        match self {
            Self::InTime => (1.0, 0.0, true),
            Self::Late => (0.5, 0.5, true),
            Self::Failed => (0.0, 1.0, false),
        }
    }
}

/// A fact of one deal. It never changes; whoever stores it keeps one for each source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contribution {
    pub kind: Ending,
    /// Who bought.
    pub counterparty: u128,
    /// What was paid, in minor units of the home currency.
    pub value: i64,
    /// When it ended, in seconds since 1970.
    pub at: i64,
    /// The deal itself: it orders what happened in one second.
    pub source: u128,
}

/// What one account has paid another for completed deals, ever, in minor units of the home currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Payment {
    pub from: u128,
    pub to: u128,
    pub value: i64,
}

/// All that a score depends on, in any order.
#[derive(Debug, Clone, Copy)]
pub struct History<'a> {
    pub seller: u128,
    pub contributions: &'a [Contribution],
    /// What the seller paid, what the seller's buyers paid, and what those buyers were paid. What is missing forgives circles
    /// and makes strangers.
    pub payments: &'a [Payment],
}

/// The published numbers. Masses are in deals of ordinary value.
#[derive(Debug)]
pub struct Formula {
    /// What is believed of somebody without a history: Beta(good, bad).
    pub prior: (f64, f64),
    /// The chance that the seller is worse than the score says.
    pub doubt: f64,
    /// Seconds after which a fact says half as much.
    pub half_life: u32,
    /// Minor units at which a deal weighs 1; each doubling adds `doubling`, from `lightest` to `heaviest`.
    pub ordinary: u32,
    pub doubling: f64,
    pub lightest: f64,
    pub heaviest: f64,
    /// Minor units under which a deal says nothing good.
    pub tiny: i64,
    /// The largest mass of one buyer, good and bad each.
    pub cap: f64,
    /// How much a buyer counts who has bought from nobody else.
    pub stranger: f64,
    /// Completed deals from which a number is shown.
    pub shown_from: u32,
    /// Where segments of price begin, in minor units. The first counts everything.
    pub segments: [i64; 3],
}

pub const FORMULA: Formula = Formula {
    prior: (1.0, 1.0),
    doubt: 0.05,
    half_life: 180 * 86_400,
    ordinary: 5_000_000,
    doubling: 0.25,
    lightest: 0.25,
    heaviest: 1.5,
    tiny: 100_000,
    cap: 1.5,
    stranger: 0.5,
    shown_from: 5,
    segments: [0, 5_000_000, 50_000_000],
};

/// What a seller is trusted with deals of one segment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Trust {
    /// Where the segment begins, in minor units.
    pub from: i64,
    /// 0 to 100; none where the seller is new.
    pub score: Option<f64>,
    /// Completed deals that say something good.
    pub completed: u32,
    pub good: f64,
    pub bad: f64,
    pub components: Vec<Component>,
}

/// What the deals of one kind do to a score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Component {
    pub kind: Ending,
    pub deals: u32,
    pub good: f64,
    pub bad: f64,
    /// How much higher the score is than it would be without them. These don't add up to the score.
    pub points: Option<f64>,
    pub left_out: LeftOut,
}

/// Mass that didn't count, and why; with what counted it is all there was.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct LeftOut {
    /// The deal was worth next to nothing.
    pub tiny: f64,
    /// It was long ago.
    pub faded: f64,
    /// The buyer had said enough.
    pub capped: f64,
    /// The buyer's money came from the seller.
    pub circles: f64,
    /// The buyer has bought from nobody else.
    pub strangers: f64,
}

/// As it is shown: whole points, rounded down, so that nobody is shown more than is sure.
pub fn rounded(score: Option<f64>) -> Option<i64> {
    let points = |score| (0..=100).rev().find(|points| f64::from(*points) <= score);
    score.map(|score| points(score).map_or(0, i64::from))
}

/// A buyer, with what their word is worth.
struct Buyer<'a> {
    deals: Vec<&'a Contribution>,
    /// The share of their money that didn't come from the seller.
    own: f64,
    known: f64,
}

/// What one deal says after its value and age.
struct Word {
    kind: Ending,
    /// Whether it makes the seller less new.
    completed: bool,
    good: f64,
    bad: f64,
    left_out: LeftOut,
}

/// Money between accounts, without what was paid to the seller: nothing here grows with a sale.
#[derive(Default)]
struct Flows {
    spent: BTreeMap<u128, i128>,
    earned: BTreeMap<u128, i128>,
    /// What each account got from the seller, or over one other account.
    returned: BTreeMap<u128, i128>,
}

impl Formula {
    /// The trust of each segment, the cheapest first: that one is the seller's score, for it counts everything. A segment counts
    /// its own deals and dearer ones, since who is good with dear goods is good with cheap ones, and not the other way round.
    pub fn trusts(&self, history: &History<'_>, now: i64) -> Vec<Trust> {
        let buyers = self.buyers(history);
        self.segments.iter().map(|from| self.trust(&buyers, now, *from)).collect()
    }

    /// The value that the seller's true share of kept promises exceeds but for `doubt`, times 100.
    pub fn score(&self, good: f64, bad: f64) -> f64 {
        100.0 * quantile(self.doubt, self.prior.0 + good, self.prior.1 + bad)
    }

    fn trust(&self, buyers: &[Buyer<'_>], now: i64, from: i64) -> Trust {
        let mut components: Vec<Component> = Ending::ALL.iter().map(|kind| Component::none(*kind)).collect();
        let (mut completed, mut good, mut bad) = (0, 0.0, 0.0);
        for buyer in buyers {
            let deals = buyer.deals.iter().filter(|deal| deal.value.max(0) >= from);
            let words: Vec<Word> = deals.map(|deal| self.word(deal, now)).collect();
            let all_good: f64 = words.iter().map(|word| word.good).sum();
            let all_bad: f64 = words.iter().map(|word| word.bad).sum();
            // Circles and strangers cut only what speaks for the seller: a sale raises `own`, and if it made older failures
            // heavier with it, a good deal could lower the score.
            good += all_good.min(self.cap) * buyer.own * buyer.known;
            bad += all_bad.min(self.cap);
            completed += count(words.iter().filter(|word| word.completed && buyer.own > 0.0).count());
            for component in &mut components {
                let kind = component.kind;
                for word in words.iter().filter(|word| word.kind == kind) {
                    component.add(word, self.kept(all_good), self.kept(all_bad), buyer);
                }
            }
        }
        let mut trust = Trust { from, score: None, completed, good, bad, components };
        if completed >= self.shown_from {
            trust.score = Some(self.score(good, bad));
            self.explain(&mut trust.components);
        }
        trust
    }

    /// The share of a buyer's mass that the cap leaves.
    fn kept(&self, mass: f64) -> f64 {
        if mass > self.cap { self.cap / mass } else { 1.0 }
    }

    fn word(&self, deal: &Contribution, now: i64) -> Word {
        let (good, bad, completed) = deal.kind.worth();
        let (good, bad) = (good * self.weight(deal.value), bad * self.weight(deal.value));
        let age = whole(now.saturating_sub(deal.at));
        let stays = libm::exp2(-age / f64::from(self.half_life));
        let is_tiny = deal.value < self.tiny;
        let tiny = if is_tiny { good } else { 0.0 };
        let left_out = LeftOut { tiny, faded: (good - tiny + bad) * (1.0 - stays), ..LeftOut::default() };
        Word { kind: deal.kind, completed: completed && !is_tiny, good: (good - tiny) * stays, bad: bad * stays, left_out }
    }

    fn weight(&self, value: i64) -> f64 {
        let doublings = libm::log2(whole(value).max(1.0) / f64::from(self.ordinary));
        (1.0 + self.doubling * doublings).clamp(self.lightest, self.heaviest)
    }

    /// The score against the score without each kind.
    fn explain(&self, components: &mut [Component]) {
        let but = |components: &[Component], kind: Option<Ending>| {
            let others = || components.iter().filter(|other| Some(other.kind) != kind);
            self.score(others().map(|other| other.good).sum(), others().map(|other| other.bad).sum())
        };
        let whole = but(components, None);
        let points: Vec<f64> = components.iter().map(|one| whole - but(components, Some(one.kind))).collect();
        for (component, points) in components.iter_mut().zip(points) {
            component.points = Some(points);
        }
    }

    /// By id, and each one's deals by time: sums depend on their order, and the same history must give the same bits.
    fn buyers<'a>(&self, history: &History<'a>) -> Vec<Buyer<'a>> {
        let flows = Flows::of(history);
        let mut deals: BTreeMap<u128, Vec<&Contribution>> = BTreeMap::new();
        for deal in history.contributions.iter().filter(|deal| deal.counterparty != history.seller) {
            deals.entry(deal.counterparty).or_default().push(deal);
        }
        let sales: i128 = deals.values().map(|deals| paid(deals)).sum();
        let buyer = |(buyer, mut deals): (u128, Vec<&'a Contribution>)| {
            deals.sort_by_key(|deal| (deal.at, deal.source, deal.kind.name(), deal.value));
            let known = if amount(&flows.spent, buyer) >= self.tiny.into() { 1.0 } else { self.stranger };
            Buyer { own: flows.own(history.seller, buyer, paid(&deals), sales), known, deals }
        };
        deals.into_iter().map(buyer).collect()
    }
}

impl Flows {
    fn of(history: &History<'_>) -> Self {
        let seller = history.seller;
        let mut pairs: BTreeMap<(u128, u128), i128> = BTreeMap::new();
        let real = |payment: &&Payment| payment.from != payment.to && payment.to != seller && payment.value > 0;
        for payment in history.payments.iter().filter(real) {
            *pairs.entry((payment.from, payment.to)).or_default() += i128::from(payment.value);
        }
        let mut flows = Self::default();
        for ((from, to), value) in &pairs {
            *flows.spent.entry(*from).or_default() += value;
            *flows.earned.entry(*to).or_default() += value;
            let seen = if *from == seller { *value } else { pairs.get(&(seller, *from)).copied().unwrap_or(0).min(*value) };
            *flows.returned.entry(*to).or_default() += seen;
        }
        flows
    }

    /// The share of what a buyer `paid` that isn't the seller's own money come back. Short ways back are seen; long ones are
    /// judged by their ends: no more can have come back to the buyers than the seller spent, shared out by what they paid, and
    /// to each of them no more than they earned. So where all money goes round, nobody has a share, however long the way.
    ///
    /// In whole millionths, rounded down: exact, so that it never falls when more is paid.
    fn own(&self, seller: u128, buyer: u128, paid: i128, sales: i128) -> f64 {
        let left = |all: i128, back: i128| if all > 0 { (all - back).max(0) * 1_000_000 / all } else { 0 };
        let far = left(paid, amount(&self.earned, buyer)).max(left(sales, amount(&self.spent, seller)));
        let millionths = left(paid, amount(&self.returned, buyer)).min(far);
        f64::from(u32::try_from(millionths).unwrap_or(0)) / 1e6
    }
}

impl Component {
    fn none(kind: Ending) -> Self {
        Self { kind, deals: 0, good: 0.0, bad: 0.0, points: None, left_out: LeftOut::default() }
    }

    fn add(&mut self, word: &Word, kept_good: f64, kept_bad: f64, buyer: &Buyer<'_>) {
        let (good, bad) = (word.good * kept_good, word.bad * kept_bad);
        let mine = good * buyer.own;
        self.deals = self.deals.saturating_add(1);
        self.good += mine * buyer.known;
        self.bad += bad;
        self.left_out.tiny += word.left_out.tiny;
        self.left_out.faded += word.left_out.faded;
        self.left_out.capped += word.good - good + word.bad - bad;
        self.left_out.circles += good - mine;
        self.left_out.strangers += mine * (1.0 - buyer.known);
    }
}

fn amount(flows: &BTreeMap<u128, i128>, account: u128) -> i128 {
    flows.get(&account).copied().unwrap_or(0)
}

/// What was paid for deals and stayed with the seller.
fn paid(deals: &[&Contribution]) -> i128 {
    let completed = deals.iter().filter(|deal| deal.kind.worth().2);
    completed.map(|deal| i128::from(deal.value.max(0))).sum()
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Whole numbers as far as they matter: past 32 bits every weight is at its bound.
fn whole(number: i64) -> f64 {
    f64::from(u32::try_from(number.max(0)).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests;
