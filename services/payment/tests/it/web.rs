//! The pages: the wallet, and bringing money into it.

use axum::{body::Body, http::Request};
use contracts::payment::HoldEscrow;
use testkit::{Person, Stage};

use crate::world::{deal, hold, refund, release, somebody_with, stage, wallet};

const SCRIPT: &str = "<script>alert(1)</script>";

/// The same page in Swahili.
async fn in_swahili(person: &Person, path: &str) -> String {
    let request = Request::get(path)
        .header("accept", "text/html")
        .header("accept-language", "sw")
        .header("authorization", format!("Bearer {}", person.token.as_deref().unwrap()));
    person.send(request.body(Body::empty()).unwrap()).await.html()
}

/// What each line of a history says, from its name to its amount.
fn lines(page: &str) -> Vec<String> {
    let items = page.split("<li>").skip(1).map(|item| item.split("</li>").next().unwrap());
    items.map(|item| format!("{} {}", between(item, "<strong>", "</strong>"), between(item, "class=\"price\">", "<"))).collect()
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    text.split_once(start).and_then(|(_, rest)| rest.split_once(end)).map_or("", |(found, _)| found)
}

/// Opens a top-up by its form; where that leads.
async fn ask(person: &Person, path: &str, once: &str, amount: &str) -> String {
    let fields = [("once", once), ("amount", amount), ("method", "sandbox")];
    person.form(path, &fields).await.leads_to().to_owned()
}

#[tokio::test]
async fn m3_the_wallet_says_what_one_has_and_what_happened_in_plain_words() {
    let stage = stage().await;
    let (amina, baraka) = (stage.person(), somebody_with(&stage, 500_000).await);
    for (reference, minor) in [("ord_1", 100_000), ("ord_2", 200_000)] {
        hold(&stage, &deal(reference, &baraka, &amina, minor)).await.unwrap();
    }
    release(&stage, "ord_1").await.unwrap();
    refund(&stage, "ord_2").await.unwrap();
    let bought = baraka.page("/wallet").await.html();
    assert_eq!(
        lines(&bought),
        [
            "Money back: Kitenge dress +TZS 2,000",
            "Paid: Kitenge dress −TZS 2,000",
            "Paid: Kitenge dress −TZS 1,000",
            "You added money +TZS 5,000",
        ]
    );
    assert!(bought.contains("<p class=\"big\">TZS 4,000</p>") && !bought.contains("On its way"), "{bought}");
    assert!(bought.contains("href=\"/orders/ord_1\"") && bought.contains("href=\"/wallet/top-ups/top_"), "{bought}");
    let sold = amina.page("/wallet").await.html();
    assert_eq!(lines(&sold), ["Sold: Kitenge dress, after our fee +TZS 950"]);
    assert!(sold.contains("<p class=\"big\">TZS 0</p>") && sold.contains("48 hours after the order was finished"), "{sold}");
    let swahili = in_swahili(&amina, "/wallet").await;
    assert!(swahili.contains("<html lang=\"sw\"") && swahili.contains("Umeuza: Kitenge dress"), "{swahili}");
}

#[tokio::test]
async fn m3_the_history_comes_in_pages() {
    let stage = stage().await;
    let baraka = somebody_with(&stage, 500_000).await;
    for number in 0..3 {
        hold(&stage, &deal(&format!("ord_{number}"), &baraka, &stage.person(), 100)).await.unwrap();
    }
    let (mut path, mut found) = ("/wallet?limit=3".to_owned(), Vec::new());
    loop {
        let page = baraka.page(&path).await.html();
        found.extend(lines(&page));
        let Some((_, rest)) = page.split_once("href=\"/wallet?cursor=") else { break };
        path = format!("/wallet?cursor={}", rest.split('"').next().unwrap());
    }
    assert_eq!(found.len(), 4, "{found:?}");
    assert_eq!(baraka.page("/wallet?cursor=nonsense").await.status, 400);
}

#[tokio::test]
async fn w2_an_empty_wallet_says_what_to_do() {
    let stage = stage().await;
    let page = stage.person().page("/wallet").await.html();
    assert!(page.contains("class=\"empty\"") && page.contains("href=\"/wallet/top-up\""), "{page}");
}

#[tokio::test]
async fn w2_what_people_wrote_stays_text() {
    let stage = stage().await;
    let baraka = somebody_with(&stage, 500_000).await;
    let odd = HoldEscrow { title: SCRIPT.into(), ..deal("ord_1", &baraka, &stage.person(), 100) };
    hold(&stage, &odd).await.unwrap();
    let page = baraka.page("/wallet").await.html();
    assert!(!page.contains(SCRIPT) && page.contains("alert(1)"), "{page}");
    let path = ui_path("/wallet/top-up", SCRIPT);
    let form = baraka.page(&format!("{path}&amount={}", encoded(SCRIPT))).await.html();
    assert!(!form.contains(SCRIPT) && form.contains("value=\"\""), "{form}");
    let again = baraka.form(&path, &[("once", "a"), ("amount", SCRIPT), ("method", SCRIPT)]).await;
    assert_eq!(again.status, 422);
    assert!(!again.text.contains(SCRIPT), "{}", again.text);
}

fn encoded(text: &str) -> String {
    text.replace('<', "%3C").replace('>', "%3E").replace('/', "%2F")
}

fn ui_path(path: &str, then: &str) -> String {
    format!("{path}?then={}", encoded(then))
}

#[tokio::test]
async fn m4_money_is_added_by_a_form_and_its_owner_goes_on_where_they_were() {
    let stage = stage().await;
    let amina = stage.person();
    let form = amina.page("/wallet/top-up?then=/checkouts/cko_1&amount=TZS+12500").await.html();
    assert!(form.contains("value=\"TZS 12,500\"") && form.contains("no real money moves"), "{form}");
    assert!(form.contains("action=\"/wallet/top-up?then=%2Fcheckouts%2Fcko_1\""), "{form}");
    let place = ask(&amina, "/wallet/top-up?then=%2Fcheckouts%2Fcko_1", "one", "TZS 12,500").await;
    let waiting = amina.page(&place).await.html();
    assert!(waiting.contains("We wait for the provider") && waiting.contains("hx-trigger=\"every 5s\""), "{waiting}");
    stage.settle().await;
    let done = amina.page(&place).await.html();
    assert!(done.contains("The money is in your wallet.") && !done.contains("every 5s"), "{done}");
    assert!(done.contains("href=\"/checkouts/cko_1\""), "{done}");
    assert_eq!(wallet(&amina).await, (1_250_000, 0));
    assert!(amina.page("/wallet/balance").await.html().contains("You have TZS 12,500 in your wallet."));
    assert!(in_swahili(&amina, "/wallet/balance").await.contains("Una TZS 12,500 kwenye pochi yako."));
    assert!(in_swahili(&amina, &place).await.contains("Pesa zimeingia kwenye pochi yako."));
}

#[tokio::test]
async fn x2_a_form_sent_twice_is_one_top_up() {
    let stage = stage().await;
    let amina = stage.person();
    let first = ask(&amina, "/wallet/top-up", "one", "50").await;
    assert_eq!(ask(&amina, "/wallet/top-up?then=%2Ffeed", "one", "50").await, format!("{first}?then=%2Ffeed"));
    assert_ne!(ask(&amina, "/wallet/top-up", "two", "50").await, first);
    stage.settle().await;
    assert_eq!(wallet(&amina).await, (10_000, 0));
}

#[tokio::test]
async fn m4_a_top_up_that_failed_says_why_and_how_to_try_again() {
    let stage = stage().await;
    let amina = stage.person();
    for (once, amount, why) in [("a", "50.01", "The provider said no."), ("b", "50.02", "Another amount arrived")] {
        let place = ask(&amina, "/wallet/top-up", once, amount).await;
        stage.settle().await;
        let page = amina.page(&place).await.html();
        assert!(page.contains(why) && page.contains("href=\"/wallet/top-up\""), "{page}");
    }
    assert_eq!(wallet(&amina).await, (0, 0));
}

#[tokio::test]
async fn w2_what_is_wrong_with_an_amount_is_said_beside_it_and_what_was_typed_stays() {
    let stage = stage().await;
    let amina = stage.person();
    for (amount, said) in [
        ("", "Write an amount like 12,500."),
        ("twelve", "Write an amount like 12,500."),
        ("0", "The amount must be more than zero."),
        ("5,000,000.01", "This is more than you can add at once."),
    ] {
        let page = amina.form("/wallet/top-up", &[("once", "one"), ("amount", amount), ("method", "sandbox")]).await;
        assert_eq!(page.status, 422, "{amount}");
        assert!(page.text.contains(&format!("<p class=\"wrong\" id=\"amount-wrong\">{said}")), "{amount}: {}", page.text);
        assert!(page.text.contains(&format!("value=\"{amount}\"")) && page.text.contains("checked"), "{}", page.text);
    }
    let page = amina.form("/wallet/top-up", &[("once", "one"), ("amount", "50"), ("method", "cash")]).await;
    assert!(page.status == 422 && page.text.contains("id=\"method-wrong\""), "{}", page.text);
    assert_eq!(amina.form("/wallet/top-up", &[("amount", "50"), ("method", "sandbox")]).await.status, 400);
    ask(&amina, "/wallet/top-up", "one", "50").await;
}

#[tokio::test]
async fn m5_outside_development_mode_nothing_is_offered() {
    let stage = Stage::of(payment::service()).with(|config| config.mode = host::Mode::Production).start().await;
    let page = stage.person().page("/wallet/top-up").await.html();
    assert!(page.contains("Money can&#39;t be added here yet.") && !page.contains("name=\"amount\""), "{page}");
}

#[tokio::test]
async fn w7_a_wallet_is_its_owners_alone() {
    let stage = stage().await;
    let place = ask(&stage.person(), "/wallet/top-up", "one", "50").await;
    assert_eq!(stage.person().page(&place).await.status, 404);
    for path in ["/wallet", "/wallet/top-up?then=%2Ffeed", "/wallet/balance", &place] {
        let led = stage.anonymous().page(path).await;
        assert!(led.leads_to().starts_with("/login?then="), "{path}");
    }
    let fields = [("once", "one"), ("amount", "50"), ("method", "sandbox")];
    assert!(stage.anonymous().form("/wallet/top-up", &fields).await.leads_to().starts_with("/login"));
    let odd = ask(&stage.person(), "/wallet/top-up?then=%2F%2Fevil.example", "one", "50.04").await;
    assert!(!stage.person().page(&odd).await.text.contains("href=\"//evil"));
}
