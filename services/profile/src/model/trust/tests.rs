//! The trust score against its reference, its promises, and the rings it is made to see through.

use proptest::prelude::*;
use serde_json::Value;

use super::*;

const NOW: i64 = 1_800_000_000;
const DAY: i64 = 86_400;
/// TZS 50,000: weighs 1.
const ORDINARY: i64 = 5_000_000;
const SELLER: u128 = 1;

/// A history one can add to.
#[derive(Debug, Clone, Default)]
struct Past {
    contributions: Vec<Contribution>,
    payments: Vec<Payment>,
}

impl Past {
    /// So many good deals just now, each with somebody who has bought elsewhere too.
    fn honest(deals: u128) -> Self {
        let mut past = Self::default();
        (100..100 + deals).for_each(|buyer| past.sell(Ending::InTime, buyer, ORDINARY, NOW));
        past.payments.extend((100..100 + deals).map(|from| Payment { from, to: 2, value: ORDINARY }));
        past
    }

    fn sell(&mut self, kind: Ending, counterparty: u128, value: i64, at: i64) {
        let source = self.contributions.len() as u128;
        self.contributions.push(Contribution { kind, counterparty, value, at, source });
        if kind != Ending::Failed {
            self.payments.push(Payment { from: counterparty, to: SELLER, value });
        }
    }

    fn trusts(&self, now: i64) -> Vec<Trust> {
        let history = History { seller: SELLER, contributions: &self.contributions, payments: &self.payments };
        FORMULA.trusts(&history, now)
    }

    fn trust(&self) -> Trust {
        self.trusts(NOW).swap_remove(0)
    }

    /// How far above nothing, whether it is shown or not.
    fn gain(&self) -> f64 {
        bound(&self.trust()) - FORMULA.score(0.0, 0.0)
    }
}

fn bound(trust: &Trust) -> f64 {
    FORMULA.score(trust.good, trust.bad)
}

/// What account 1 of a ring has to show, where seller and buyer are each of `size` and each pays `price`, if they trade.
fn ring(size: u128, price: impl Fn(u128, u128) -> Option<i64>) -> Past {
    let mut past = Past::default();
    for seller in 1..=size {
        for buyer in (1..=size).filter(|buyer| *buyer != seller) {
            match price(seller, buyer) {
                Some(value) if seller == SELLER => past.sell(Ending::InTime, buyer, value, NOW),
                Some(value) => past.payments.push(Payment { from: buyer, to: seller, value }),
                None => {}
            }
        }
    }
    past
}

fn near(left: f64, right: f64) -> bool {
    (left - right).abs() < 1e-9
}

#[test]
fn p5_fixed_histories_score_as_the_reference_does_to_six_decimals() {
    let histories: Vec<Value> = serde_json::from_str(include_str!("../../../tests/it/trust/histories.json")).unwrap();
    let whole = |value: &Value| value.as_i64().unwrap();
    let id = |value: &Value| u128::from(value.as_u64().unwrap());
    for history in &histories {
        let row = |row: &Value| Contribution {
            kind: Ending::named(row[0].as_str().unwrap()).unwrap(),
            counterparty: id(&row[1]),
            value: whole(&row[2]),
            at: whole(&row[3]),
            source: id(&row[4]),
        };
        let payment = |row: &Value| Payment { from: id(&row[0]), to: id(&row[1]), value: whole(&row[2]) };
        let contributions: Vec<_> = history["contributions"].as_array().unwrap().iter().map(row).collect();
        let payments: Vec<_> = history["payments"].as_array().unwrap().iter().map(payment).collect();
        let past = History { seller: id(&history["seller"]), contributions: &contributions, payments: &payments };
        let trusts = FORMULA.trusts(&past, whole(&history["now"]));
        for (trust, expected) in trusts.iter().zip(history["expected"].as_array().unwrap()) {
            let name = format!("{} from {}: {trust:?}", history["name"], trust.from);
            let same = |value: f64, expected: &Value| {
                assert_eq!(format!("{value:.6}"), format!("{:.6}", expected.as_f64().unwrap()), "{name}");
            };
            assert_eq!(trust.score.is_some(), expected["score"].is_f64(), "{name}");
            assert_eq!(
                (trust.from, i64::from(trust.completed)),
                (whole(&expected["from"]), whole(&expected["completed"])),
                "{name}"
            );
            same(bound(trust), &expected["bound"]);
            same(trust.good, &expected["good"]);
            same(trust.bad, &expected["bad"]);
            let left = |of: fn(&LeftOut) -> f64| trust.components.iter().map(|one| of(&one.left_out)).sum();
            same(left(|out| out.tiny), &expected["left_out"]["tiny"]);
            same(left(|out| out.faded), &expected["left_out"]["faded"]);
            same(left(|out| out.capped), &expected["left_out"]["capped"]);
            same(left(|out| out.circles), &expected["left_out"]["circles"]);
            same(left(|out| out.strangers), &expected["left_out"]["strangers"]);
        }
        assert_eq!(trusts.len(), history["expected"].as_array().unwrap().len());
    }
    assert!(histories.len() >= 8);
}

fn values() -> impl Strategy<Value = i64> {
    prop_oneof![4 => 0..2 * ORDINARY, 2 => 0..100 * ORDINARY, 1 => Just(0), 1 => any::<i64>()]
}

fn times() -> impl Strategy<Value = i64> {
    prop_oneof![4 => NOW - 800 * DAY..NOW, 1 => Just(NOW), 1 => any::<i64>()]
}

prop_compose! {
    fn pasts()(
        deals in prop::collection::vec((prop::sample::select(Ending::ALL), 0..9_u128, values(), times()), 0..40),
        payments in prop::collection::vec((0..9_u128, 0..9_u128, values()), 0..40),
    ) -> Past {
        let mut past = Past::default();
        past.payments.extend(payments.into_iter().map(|(from, to, value)| Payment { from, to, value }));
        for (kind, buyer, value, at) in deals {
            past.sell(kind, buyer, value, at);
        }
        past
    }
}

fn shuffled(past: Past) -> impl Strategy<Value = (Past, Vec<Contribution>, Vec<Payment>)> {
    (Just(past.clone()), Just(past.contributions).prop_shuffle(), Just(past.payments).prop_shuffle())
}

/// Every number of a trust, as the machine keeps it.
fn bits(trust: &Trust) -> Vec<u64> {
    let of = |one: &Component| {
        let LeftOut { tiny, faded, capped, circles, strangers } = one.left_out;
        [one.good, one.bad, one.points.unwrap_or(0.0), tiny, faded, capped, circles, strangers]
    };
    let whole = [trust.good, trust.bad, trust.score.unwrap_or(-1.0)];
    whole.into_iter().chain(trust.components.iter().flat_map(of)).map(f64::to_bits).collect()
}

proptest! {
    #[test]
    fn p5_one_more_good_order_never_lowers_a_score(past in pasts(), buyer in 0..12_u128, value in values(), at in times()) {
        let mut more = past.clone();
        more.sell(Ending::InTime, buyer, value, at);
        for (before, after) in past.trusts(NOW).iter().zip(more.trusts(NOW)) {
            prop_assert!(bound(&after) >= bound(before) - 1e-9, "{before:?} {after:?}");
            prop_assert!(after.good >= before.good && after.bad <= before.bad && after.completed >= before.completed);
            prop_assert!(before.score.is_none() || after.score.is_some());
        }
    }

    #[test]
    fn p5_one_more_failed_order_never_raises_a_score(past in pasts(), buyer in 0..12_u128, value in values(), at in times()) {
        let mut more = past.clone();
        more.sell(Ending::Failed, buyer, value, at);
        for (before, after) in past.trusts(NOW).iter().zip(more.trusts(NOW)) {
            prop_assert!(bound(&after) <= bound(before) + 1e-9, "{before:?} {after:?}");
        }
    }

    #[test]
    fn p5_the_same_history_in_any_order_gives_the_same_bits((past, contributions, payments) in pasts().prop_flat_map(shuffled)) {
        let other = Past { contributions, payments };
        prop_assert_eq!(past.trusts(NOW).iter().flat_map(bits).collect::<Vec<_>>(), other.trusts(NOW).iter().flat_map(bits).collect::<Vec<_>>());
    }

    #[test]
    fn p5_any_history_has_a_score_and_its_components_are_all_there_was(past in pasts(), now in times()) {
        for trust in past.trusts(now) {
            prop_assert!((0.0..=100.0).contains(&bound(&trust)), "{trust:?}");
            let deals = || past.contributions.iter().filter(|deal| deal.counterparty != SELLER && deal.value.max(0) >= trust.from);
            for one in &trust.components {
                let LeftOut { tiny, faded, capped, circles, strangers } = one.left_out;
                let parts = [one.good, one.bad, tiny, faded, capped, circles, strangers];
                prop_assert!(parts.iter().all(|part| *part >= -1e-9), "{trust:?}");
                let (good, bad, _) = one.kind.worth();
                let all: f64 = deals().filter(|deal| deal.kind == one.kind).map(|deal| (good + bad) * FORMULA.weight(deal.value)).sum();
                prop_assert!(near(parts.iter().sum(), all), "{all} in {trust:?}");
            }
            prop_assert!(near(trust.components.iter().map(|one| one.good).sum(), trust.good), "{trust:?}");
            prop_assert!(near(trust.components.iter().map(|one| one.bad).sum(), trust.bad), "{trust:?}");
            prop_assert_eq!(trust.components.iter().map(|one| one.deals).sum::<u32>(), count(deals().count()));
        }
    }
}

#[test]
fn p5_under_five_completed_orders_a_seller_is_new() {
    assert_eq!(Past::honest(4).trust().score, None);
    assert!(near(Past::honest(5).trust().score.unwrap(), 100.0 * 0.05_f64.powf(1.0 / 6.0)));
    let mut failing = Past::honest(4);
    (0..9).for_each(|buyer| failing.sell(Ending::Failed, 300 + buyer, ORDINARY, NOW));
    assert_eq!(failing.trust().score, None, "what failed wasn't completed");
    failing.sell(Ending::Late, 400, ORDINARY, NOW);
    assert!(failing.trust().score.unwrap() < Past::honest(5).trust().score.unwrap() / 2.0);
}

#[test]
fn p5_evidence_fades_towards_the_prior() {
    let past = Past::honest(20);
    let later = |days: i64| bound(&past.trusts(NOW + days * DAY)[0]);
    assert!(near(later(180), Past::honest(10).trust().score.unwrap()), "a half-life is worth half");
    assert!(later(0) > later(90) && later(90) > later(720) && near(later(36_500), FORMULA.score(0.0, 0.0)));
}

#[test]
fn p5_one_buyer_says_no_more_than_the_cap() {
    let mut past = Past::honest(5);
    (0..40).for_each(|_| past.sell(Ending::InTime, 100, ORDINARY, NOW));
    assert!(near(past.trust().good, 4.0 + FORMULA.cap));
    (0..40).for_each(|_| past.sell(Ending::Failed, 100, ORDINARY, NOW));
    assert!(near(past.trust().bad, FORMULA.cap), "a grudge has its bound too");
}

#[test]
fn p5_a_buyer_who_has_bought_nowhere_else_counts_half() {
    let bought = |elsewhere| {
        let mut past = Past::default();
        past.sell(Ending::InTime, 100, ORDINARY, NOW);
        past.payments.push(Payment { from: 100, to: 2, value: elsewhere });
        past.trust().good
    };
    assert!(near(bought(FORMULA.tiny), 1.0) && near(bought(FORMULA.tiny - 1), FORMULA.stranger));
}

#[test]
fn p5_dear_deals_count_for_cheap_segments_and_not_the_other_way_round() {
    let goods = |value| {
        let mut past = Past::default();
        (100..110).for_each(|buyer| past.sell(Ending::InTime, buyer, value, NOW));
        past.trusts(NOW).iter().map(|one| one.completed).collect::<Vec<_>>()
    };
    assert_eq!([goods(ORDINARY - 1), goods(ORDINARY), goods(10 * ORDINARY)], [[10, 0, 0], [10, 10, 0], [10, 10, 10]]);
}

#[test]
fn p5_each_component_says_what_it_does_to_the_score() {
    let mut past = Past::honest(10);
    past.sell(Ending::Failed, 300, ORDINARY, NOW);
    let trust = past.trust();
    let points: Vec<f64> = trust.components.iter().map(|one| one.points.unwrap()).collect();
    assert!(near(points[0], trust.score.unwrap() - FORMULA.score(0.0, 1.0)));
    assert!(near(points[1], 0.0), "nothing was late");
    assert!(near(points[2], trust.score.unwrap() - FORMULA.score(10.0, 0.0)) && points[2] < 0.0);
}

#[test]
fn x11_tiny_orders_say_nothing_good_but_a_failed_one_counts() {
    let mut past = Past::default();
    (100..120).for_each(|buyer| past.sell(Ending::InTime, buyer, FORMULA.tiny - 1, NOW));
    assert_eq!((past.trust().completed, past.gain().to_bits()), (0, 0.0_f64.to_bits()));
    past.sell(Ending::Failed, 300, 0, NOW);
    assert!(past.gain() < 0.0);
}

#[test]
fn x11_dealing_with_oneself_says_nothing() {
    let mut past = Past::honest(5);
    (0..9).for_each(|_| past.sell(Ending::InTime, SELLER, ORDINARY, NOW));
    assert_eq!(past.trust(), Past::honest(5).trust());
}

#[test]
fn x11_money_that_comes_back_vouches_for_nobody() {
    let back = |payments: &[(u128, u128, i64)]| {
        let mut past = Past::honest(1);
        past.payments.extend(payments.iter().map(|(from, to, value)| Payment { from: *from, to: *to, value: *value }));
        past.trust().good
    };
    let (all, fifth) = (ORDINARY, ORDINARY / 5);
    assert!(near(back(&[]), 1.0));
    assert!(near(back(&[(SELLER, 100, fifth)]), 0.8), "directly");
    assert!(near(back(&[(SELLER, 7, all), (7, 100, fifth)]), 0.8), "over one");
    assert!(near(back(&[(SELLER, 7, all), (7, 8, all), (8, 9, all), (9, 100, fifth)]), 0.8), "over three");
    assert!(near(back(&[(SELLER, 7, fifth), (7, 100, all)]), 0.8), "no more than was handed on");
    assert!(near(back(&[(7, 100, all)]), 1.0), "others' money is the buyer's own");
    assert!(near(back(&[(SELLER, 7, all)]), 1.0), "who earns nothing spends their own");
    assert!(near(back(&[(SELLER, 100, i64::MAX)]), 0.0));

    // In a shop with many buyers, what it spends is shared out among them, but what is seen to come back is not.
    let mut shop = Past::honest(10);
    let pay = |shop: &mut Past, from, to| shop.payments.push(Payment { from, to, value: all });
    pay(&mut shop, 7, 100);
    pay(&mut shop, SELLER, 8);
    assert!(near(shop.trust().good, 9.9));
    pay(&mut shop, 8, 100);
    assert!(near(shop.trust().good, 9.0));
}

proptest! {
    /// Closed walks of money: whatever an account earns it spends.
    #[test]
    fn x11_where_no_money_comes_from_outside_nobody_gains(
        walks in prop::collection::vec((prop::collection::vec(1..30_u128, 2..20), 1..20 * ORDINARY), 1..20),
    ) {
        let mut past = Past::default();
        for (walk, value) in walks {
            for (from, to) in walk.iter().copied().zip(walk.iter().copied().cycle().skip(1)).filter(|(from, to)| from != to) {
                match to {
                    SELLER => past.sell(Ending::InTime, from, value, NOW),
                    _ => past.payments.push(Payment { from, to, value }),
                }
            }
        }
        prop_assert_eq!((past.gain().to_bits(), past.trust().completed), (0.0_f64.to_bits(), 0));
    }
}

#[test]
fn x11_a_ring_gains_less_than_a_twentieth_of_an_honest_seller() {
    let next =
        |size: u128, reach: u128| ring(size, move |seller, buyer| ((buyer + size - seller) % size <= reach).then_some(ORDINARY));
    let odd = |seller: u128, buyer: u128| i64::try_from(1_000_000 + 700_000 * ((7 * seller + 3 * buyer) % 9)).ok();
    let rings = [
        ("all with all", ring(10, |_, _| Some(ORDINARY))),
        ("all with all at odd prices", ring(10, odd)),
        ("one pays dear", ring(10, |_, buyer| Some(if buyer == 2 { 3 * ORDINARY } else { ORDINARY }))),
        ("one way, to the next two", next(10, 2)),
        ("one way, to the next four", next(10, 4)),
        ("one way among many", next(41, 10)),
    ];
    for (name, ring) in rings {
        let honest = Past::honest(ring.contributions.len() as u128).gain();
        assert!(ring.gain() < 0.05 * honest, "{name}: {} of {honest}", ring.gain());
        assert_eq!(ring.trust().score, None, "{name}");
    }
}
