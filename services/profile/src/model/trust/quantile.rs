//! Quantiles of the Beta distribution, with the same bits on every machine: libm's functions, where std's are the platform's.

/// Parameters are taken within these bounds: past them a score hardly moves, and the work would grow.
const LEAST: f64 = 1e-3;
const MOST: f64 = 1e5;
/// More than any parameters within the bounds need.
const STEPS: u32 = 20_000;

/// The point under which `share` of Beta(a, b) lies, by bisection: it always ends, at the same bits.
pub fn quantile(share: f64, a: f64, b: f64) -> f64 {
    let (a, b) = (a.clamp(LEAST, MOST), b.clamp(LEAST, MOST));
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..64 {
        let middle = 0.5 * (low + high);
        if below(middle, a, b) < share { low = middle } else { high = middle }
    }
    low
}

/// The mass of Beta(a, b) under `x`. The fraction is quick on one side of the mean, and the other side is its mirror.
fn below(x: f64, a: f64, b: f64) -> f64 {
    let ln_beta = libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b);
    let side = |x: f64, a: f64, b: f64| libm::exp(a * libm::log(x) + b * libm::log1p(-x) - ln_beta) / (a * fraction(x, a, b));
    if x < (a + 1.0) / (a + b + 2.0) { side(x, a, b) } else { 1.0 - side(1.0 - x, b, a) }
}

/// The continued fraction of the incomplete beta function (DLMF 8.17), by Lentz's method. Parameters up to `MOST` need a few
/// thousand steps.
fn fraction(x: f64, a: f64, b: f64) -> f64 {
    let off_zero = |value: f64| if value.abs() < 1e-300 { 1e-300 } else { value };
    let (mut value, mut upper, mut lower) = (1.0, 1.0, 0.0);
    for step in 0..STEPS {
        let past = f64::from(step);
        let next = past + 1.0;
        let odd = -(a + past) * (a + b + past) * x / ((a + 2.0 * past) * (a + 2.0 * past + 1.0));
        let even = next * (b - next) * x / ((a + 2.0 * next - 1.0) * (a + 2.0 * next));
        let before = value;
        for term in [odd, even] {
            lower = 1.0 / off_zero(1.0 + term * lower);
            upper = off_zero(1.0 + term / upper);
            value *= upper * lower;
        }
        if (value / before - 1.0).abs() < 1e-15 {
            break;
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn p5_quantiles_are_those_known_in_closed_form() {
        for n in [1.0, 2.0, 7.5, 40.0, 1e3, 1e5_f64] {
            for share in [0.05, 0.5, 0.9_f64] {
                let top = share.powf(1.0 / n);
                assert!((quantile(share, n, 1.0) - top).abs() < 1e-12, "Beta({n}, 1) under {share}");
                assert!(
                    (quantile(share, 1.0, n) - (1.0 - (1.0 - share).powf(1.0 / n))).abs() < 1e-12,
                    "Beta(1, {n}) under {share}"
                );
            }
            assert!((quantile(0.5, n, n) - 0.5).abs() < 1e-12, "the middle of Beta({n}, {n})");
        }
    }

    #[test]
    fn p5_a_quantile_has_the_same_bits_on_every_machine() {
        let bits = [(1.0, 1.0), (11.0, 1.0), (40.5, 3.25), (600.0, 70.0)].map(|(a, b)| quantile(0.05, a, b).to_bits());
        assert_eq!(bits, [0x3fa9_9999_9999_9999, 0x3fe8_5efe_2ce2_b757, 0x3feb_42e6_7286_6d3a, 0x3fec_03ad_9f7c_02c7]);
    }

    proptest! {
        #[test]
        fn p5_the_mass_under_a_quantile_is_what_was_asked_for(share in 0.001..0.999_f64, a in 0.5..3e3_f64, b in 0.5..3e3_f64) {
            let x = quantile(share, a, b);
            prop_assert!((below(x, a, b) - share).abs() < 1e-9, "{x}");
        }

        #[test]
        fn p5_no_parameters_lead_out_of_zero_to_one(a in prop::num::f64::ANY, b in prop::num::f64::ANY) {
            let x = quantile(0.05, a, b);
            prop_assert!((0.0..=1.0).contains(&x), "{x}");
        }
    }
}
