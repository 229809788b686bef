//! The size of an SMS: what people wrote is cut so that a text is sent, and paid, as one or two (3GPP TS 23.038 and 23.040).

use super::data::Data;

/// Characters of the GSM 7-bit default alphabet.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿\
                     abcdefghijklmnopqrstuvwxyzäöñüà";
/// Characters of its extension table, which take two places.
const EXTENDED: &str = "^{}\\[~]|€\u{c}";

/// Places of a text that is sent as one, and of each part of one that isn't: in GSM's 7 bits, and in 16.
const GSM: (usize, usize) = (160, 153);
const UCS2: (usize, usize) = (70, 67);

/// Longest texts of people's, in UTF-16 units: with them the longest template is still two parts of 16 bits.
const TITLE: usize = 24;
const SHOP: usize = 16;

/// How many parts a text is sent as. One character outside GSM's alphabet makes all of it twice as large.
pub fn segments(text: &str) -> usize {
    let septets: Option<Vec<usize>> = text.chars().map(septets).collect();
    match septets {
        Some(septets) => parts(&septets, GSM),
        None => parts(&text.chars().map(char::len_utf16).collect::<Vec<_>>(), UCS2),
    }
}

fn septets(letter: char) -> Option<usize> {
    if BASIC.contains(letter) { Some(1) } else { EXTENDED.contains(letter).then_some(2) }
}

/// No part ends within a character.
fn parts(sizes: &[usize], (alone, each): (usize, usize)) -> usize {
    if sizes.iter().sum::<usize>() <= alone {
        return 1;
    }
    let fill = |(parts, filled): (usize, usize), size: &usize| {
        if filled + size > each { (parts + 1, *size) } else { (parts, filled + size) }
    };
    sizes.iter().fold((1, 0), fill).0
}

/// The particulars as an SMS has room for them.
pub fn short(data: &Data) -> Data {
    let several = |title: &String| match data.quantity {
        // The multiplication sign isn't in GSM's alphabet.
        Some(quantity) if quantity != 1 => format!("{quantity} x {title}"),
        _ => title.clone(),
    };
    Data {
        title: data.title.as_ref().map(|title| cut(&several(title), TITLE)),
        quantity: None,
        shop: data.shop.as_ref().map(|shop| cut(shop, SHOP)),
        ..data.clone()
    }
}

/// At most so many UTF-16 units of it, with two dots where something is missing.
fn cut(text: &str, most: usize) -> String {
    if text.encode_utf16().count() <= most {
        return text.to_owned();
    }
    let mut left = most - 2;
    let fits = |letter: &char| {
        let size = letter.len_utf16();
        let is_in = size <= left;
        left = if is_in { left - size } else { 0 };
        is_in
    };
    let kept: String = text.chars().take_while(fits).collect();
    format!("{}..", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use kernel::{Currency, Locale, Money, Timestamp, zone::HOME};
    use proptest::prelude::*;

    use super::super::{
        private::Private,
        route::Medium,
        words::{Said, outward},
    };
    use super::*;

    /// Everything that may go by SMS.
    const TEMPLATES: [&str; 9] = [
        "auth.code_register.v1",
        "auth.code_login.v1",
        "commerce.handover_code.v1",
        "payment.payment_successful.order.v1",
        "payment.payment_successful.top_up.v1",
        "payment.payment_failed.order.v1",
        "payment.payment_failed.top_up.v1",
        "payment.escrow_released.v1",
        "payment.refund_processed.v1",
    ];

    fn data(title: &str, shop: &str, reason: &str) -> Data {
        let amount = Some(Money::new(9_999_999_999_999, Currency::TZS));
        let code = Some("482913".into());
        let (title, shop, reason) = (Some(title.into()), Some(shop.into()), Some(reason.into()));
        Data { title, shop, reason, amount, fee: amount, code, quantity: Some(12), ..Data::default() }
    }

    fn text(template: &str, locale: Locale, data: &Data) -> String {
        // The longest month in both languages.
        let at: Timestamp = "2026-09-30T08:00:00Z".parse::<jiff::Timestamp>().unwrap().into();
        let said = Said { template, data, name: Private("amina"), at, until: Some(at), zone: HOME };
        outward(Medium::Sms, locale, &said, None).unwrap().body
    }

    #[test]
    fn n7_every_sms_in_english_and_in_swahili_is_of_gsm_letters_and_two_parts_at_most() {
        for (template, locale) in TEMPLATES.iter().flat_map(|name| [(name, Locale::En), (name, Locale::Sw)]) {
            for reason in ["payment.insufficient_funds", "payment.account_locked", "payment.provider_refused"] {
                let plain = text(template, locale, &data(&"Kitenge dress ".repeat(9), &"Amina Fabrics ".repeat(9), reason));
                assert!(plain.chars().all(|letter| septets(letter).is_some()), "{plain}");
                assert!(segments(&plain) <= 2, "{plain}");
                // What people wrote may be of any letters, also such as take two places.
                for letter in ["缎", "👗"] {
                    let wide = text(template, locale, &data(&letter.repeat(99), &letter.repeat(99), reason));
                    assert!(segments(&wide) <= 2, "{} parts: {wide}", segments(&wide));
                }
            }
        }
    }

    #[test]
    fn n7_an_sms_says_everything_without_its_title() {
        let data = data("Dress", "Amina Fabrics", "payment.insufficient_funds");
        for (template, locale) in TEMPLATES.iter().flat_map(|name| [(name, Locale::En), (name, Locale::Sw)]) {
            let text = text(template, locale, &data);
            let said = if template.starts_with("payment.") { "TZS 99,999,999,999.99" } else { "482913" };
            assert!(text.contains(said), "{text}");
        }
        let code = text("commerce.handover_code.v1", Locale::En, &data);
        assert_eq!(
            code,
            "12 x Dress from Amina Fabrics is on its way. Hand-over code: 482913. Give it only with the goods in your hand."
        );
        assert_eq!(segments(&code), 1);
    }

    #[test]
    fn every_text_that_has_a_form_for_sms_is_among_these() {
        let mut name = "";
        for line in include_str!("../../templates/en.ftl").lines() {
            name = line.split_once(" = ").map(|(name, _)| name).filter(|name| !name.starts_with(' ')).unwrap_or(name);
            if line.trim_start().starts_with(".sms") || name.starts_with("payment-") {
                assert!(TEMPLATES.iter().any(|template| template.replace('.', "-") == name), "{name}");
            }
        }
    }

    #[test]
    fn parts_are_counted_as_the_networks_count_them() {
        for (text, expected) in [
            (String::new(), 1),
            ("a".repeat(160), 1),
            ("a".repeat(161), 2),
            ("a".repeat(306), 2),
            ("a".repeat(307), 3),
            ("€".repeat(80), 1),
            ("€".repeat(81), 2),
            // 153 places hold 76 of them: a character isn't cut in two.
            ("€".repeat(153), 3),
            ("ă".repeat(70), 1),
            ("ă".repeat(71), 2),
            ("ă".repeat(134), 2),
            ("ă".repeat(135), 3),
            ("👗".repeat(35), 1),
            ("👗".repeat(66), 2),
            ("👗".repeat(67), 3),
        ] {
            assert_eq!(segments(&text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_cut_is_never_longer_and_what_fits_stays(text in "\\PC{0,40}", most in 3..30_usize) {
            let short = cut(&text, most);
            prop_assert!(short.encode_utf16().count() <= most);
            if text.encode_utf16().count() <= most {
                prop_assert_eq!(short, text);
            } else {
                prop_assert!(short.ends_with("..") && text.starts_with(short.trim_end_matches('.')));
            }
        }
    }
}
