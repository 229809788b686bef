//! From a product to an order, by links and forms alone.

use std::time::Duration;

use contracts::{commerce::OrderPlaced, ids::Post};
use kernel::Id;
use testkit::Person;

use super::{SCRIPT, id_of, in_swahili, is_text};
use crate::world::{Market, bank::Mood, market};

const ADDRESS: [(&str, &str); 4] =
    [("name", "Baraka Mushi"), ("phone", "+255712000001"), ("region", "Dar es Salaam"), ("district", "Ilala")];

impl Market {
    /// Presses the button of the product's page; the path of the checkout.
    async fn opens(&self, buyer: &Person, quantity: &str) -> String {
        let buy = format!("/products/{}/buy", self.product);
        buyer.form(&buy, &[("once", "a"), ("quantity", quantity)]).await.leads_to().to_owned()
    }
}

#[tokio::test]
async fn w2_a_dress_is_bought_by_forms_alone() {
    let market = market(3).await;
    let (buyer, post): (_, Id<Post>) = (market.stage.person(), market.stage.id());
    let (buy, post_id) = (format!("/products/{}/buy", market.product), post.to_string());
    let fields = [("once", "k"), ("quantity", "2"), ("post", &*post_id)];
    let checkout = buyer.form(&buy, &fields).await.leads_to().to_owned();
    assert!(checkout.starts_with("/checkouts/chk_"), "{checkout}");
    // Pressed twice it is opened once.
    assert_eq!(buyer.form(&buy, &fields).await.leads_to(), checkout);
    assert_eq!(market.available().await, 1);

    let html = buyer.page(&checkout).await.html();
    assert!(html.contains("2 × Kitenge dress") && html.contains("TZS 25,000") && html.contains(">15:00</time>"), "{html}");
    assert!(
        html.contains("data-countdown=\"900\" datetime=\"2026-11-23T08:15:00") && html.contains("23 November 2026, 11:15"),
        "{html}"
    );
    // First it must be known where it goes (C17).
    assert!(html.contains(&format!("{checkout}/address")) && !html.contains(&format!("{checkout}/pay")), "{html}");
    assert_eq!(buyer.form(&format!("{checkout}/address"), &ADDRESS).await.leads_to(), checkout);
    let html = buyer.page(&checkout).await.html();
    assert!(html.contains("<address>Baraka Mushi, <a href=\"tel:+255712000001\">+255712000001</a>"), "{html}");
    assert!(html.contains("Pay TZS 25,000 from my wallet") && html.contains("hx-get=\"/wallet/balance\""), "{html}");

    let paid = buyer.form(&format!("{checkout}/pay"), &[("once", "p")]).await;
    let order = paid.leads_to();
    assert!(order.starts_with("/orders/ord_") && paid.headers.contains_key("set-cookie"), "{order}");
    assert!(buyer.page(order).await.html().contains("Waiting for the seller"));
    assert!(buyer.page(&checkout).await.html().contains(order));
    assert_eq!(buyer.form(&format!("{checkout}/pay"), &[("once", "p")]).await.leads_to(), order);
    let placed = market.stage.told::<OrderPlaced>().await;
    assert_eq!((placed.len(), placed[0].post, placed[0].head.quantity), (1, Some(post), 2));
    market.must_be_sound().await;
}

#[tokio::test]
async fn w2_what_cant_be_bought_is_said_on_the_products_page() {
    let market = market(2).await;
    let (buyer, buy) = (market.stage.person(), format!("/products/{}/buy", market.product));
    for (person, quantity, status, words) in [
        (&buyer, "3", 409, "There aren&#39;t that many left."),
        (&buyer, "many", 422, "id=\"quantity-wrong\">Type in a number"),
        (&buyer, "0", 422, "id=\"quantity-wrong\">"),
        (&buyer, SCRIPT, 422, "id=\"quantity-wrong\">"),
        (&market.seller, "1", 422, "You can&#39;t buy from your own shop."),
    ] {
        let said = person.form(&buy, &[("once", quantity.get(..1).unwrap()), ("quantity", quantity)]).await;
        assert!(said.status == status && said.text.contains(words), "{quantity}: {} {}", said.status, said.text);
        assert!(said.text.contains("<h1>Kitenge dress</h1>") && !said.text.contains(SCRIPT));
    }
    let reader = market.stage.anonymous().form(&buy, &[("once", "k"), ("quantity", "1")]).await;
    assert!(reader.leads_to().starts_with("/login"));
    // Where the form was refused, its address leads to the page.
    assert_eq!(buyer.page(&buy).await.leads_to(), format!("/products/{}", market.product));
}

#[tokio::test]
async fn x5_who_holds_too_much_is_told() {
    let market = market(9).await;
    let (buyer, buy) = (market.stage.person(), format!("/products/{}/buy", market.product));
    for key in ["a", "b", "c"] {
        buyer.form(&buy, &[("once", key), ("quantity", "1")]).await.leads_to();
    }
    let said = buyer.form(&buy, &[("once", "d"), ("quantity", "1")]).await;
    assert!(said.status == 409 && said.text.contains("You have too many reserved already."), "{}", said.text);
    let orders = buyer.page("/orders").await.html();
    assert_eq!(orders.matches("href=\"/checkouts/chk_").count(), 3, "and they are found again: {orders}");
}

#[tokio::test]
async fn c17_a_wrong_address_is_said_beside_its_field_and_an_odd_one_stays_text() {
    let market = market(1).await;
    let buyer = market.stage.person();
    let checkout = market.opens(&buyer, "1").await;
    let mut fields = ADDRESS;
    fields[1].1 = "1";
    let said = buyer.form(&format!("{checkout}/address"), &fields).await;
    assert!(
        said.status == 422 && said.text.contains("id=\"phone-wrong\"") && said.text.contains("value=\"Baraka Mushi\""),
        "{}",
        said.text
    );
    let odd = [
        ("name", SCRIPT),
        ("phone", "+255712000001"),
        ("region", SCRIPT),
        ("district", SCRIPT),
        ("ward", SCRIPT),
        ("landmark", SCRIPT),
        ("note", SCRIPT),
    ];
    buyer.form(&format!("{checkout}/address"), &odd).await.leads_to();
    is_text(&buyer.page(&checkout).await.html());
    buyer.form(&format!("{checkout}/address"), &ADDRESS).await.leads_to();
    assert!(!buyer.page(&checkout).await.html().contains("alert(1)"), "what is left empty is gone");
}

#[tokio::test]
async fn m3_who_has_too_little_money_is_led_to_the_wallet_and_back() {
    let market = market(1).await;
    let buyer = market.stage.person();
    let checkout = market.opens(&buyer, "1").await;
    buyer.form(&format!("{checkout}/address"), &ADDRESS).await.leads_to();
    market.bank.behaves(Mood::Refuses);
    let said = buyer.form(&format!("{checkout}/pay"), &[("once", "p")]).await;
    let top_up = format!("/wallet/top-up?then={}&#38;amount=TZS+12%2C500", checkout.replace('/', "%2F"));
    assert!(
        said.status == 409 && said.text.contains("There isn&#39;t enough money") && said.text.contains(&top_up),
        "{}",
        said.text
    );
    market.bank.behaves(Mood::Willing);
    assert!(buyer.form(&format!("{checkout}/pay"), &[("once", "p")]).await.leads_to().starts_with("/orders/"));
}

#[tokio::test]
async fn x10_a_payment_whose_end_nobody_knows_is_told_in_plain_words() {
    let market = market(1).await;
    let buyer = market.stage.person();
    let checkout = market.opens(&buyer, "1").await;
    buyer.form(&format!("{checkout}/address"), &ADDRESS).await.leads_to();
    market.bank.behaves(Mood::LosesAnswers);
    assert_eq!(buyer.form(&format!("{checkout}/pay"), &[("once", "p")]).await.leads_to(), checkout);
    let html = buyer.page(&checkout).await.html();
    assert!(html.contains("Your payment is on its way") && !html.contains(&format!("{checkout}/pay")), "{html}");
    market.bank.behaves(Mood::Willing);
    market.stage.advance(Duration::from_secs(31));
    market.settle().await;
    assert!(buyer.page(&checkout).await.html().contains("href=\"/orders/ord_"));
}

#[tokio::test]
async fn c3_a_checkout_is_renewed_once_runs_out_and_leads_back() {
    let market = market(1).await;
    let buyer = market.stage.person();
    let checkout = market.opens(&buyer, "1").await;
    let renew = format!("{checkout}/renew");
    market.stage.advance(Duration::from_secs(14 * 60 + 1));
    let html = buyer.page(&checkout).await.html();
    assert!(html.contains(">0:59</time>") && html.contains(&renew), "{html}");
    assert_eq!(buyer.form(&renew, &[]).await.leads_to(), checkout);
    assert!(!buyer.page(&checkout).await.html().contains(&renew));
    let again = buyer.form(&renew, &[]).await;
    assert!(again.status == 409 && again.text.contains("That works once."), "{}", again.text);
    market.stage.advance(Duration::from_mins(15));
    let html = buyer.page(&checkout).await.html();
    assert!(
        html.contains("The time to pay has run out") && html.contains(&format!("href=\"/products/{}\"", market.product)),
        "{html}"
    );
    let late = buyer.form(&format!("{checkout}/pay"), &[("once", "p")]).await;
    assert!(late.status == 409 && late.text.contains("The time to pay has run out"), "{}", late.text);
    assert!(in_swahili(&buyer, &checkout).await.contains("Muda wa kulipa umekwisha"));
}

#[tokio::test]
async fn c3_a_cancelled_checkout_gives_back_and_leads_to_the_product() {
    let market = market(1).await;
    let buyer = market.stage.person();
    let checkout = market.opens(&buyer, "1").await;
    assert_eq!(buyer.form(&format!("{checkout}/cancel"), &[]).await.leads_to(), format!("/products/{}", market.product));
    assert_eq!(market.available().await, 1);
    assert!(buyer.page(&checkout).await.html().contains("This checkout is over"));
}

#[tokio::test]
async fn a_checkout_is_there_for_its_buyer_only() {
    let market = market(1).await;
    let checkout = market.opens(&market.stage.person(), "1").await;
    let (stranger, nobody) = (market.stage.person(), market.stage.anonymous());
    assert_eq!(stranger.page(&checkout).await.status, 404);
    assert_eq!(nobody.page(&checkout).await.leads_to(), format!("/login?then=%2Fcheckouts%2F{}", id_of(&checkout)));
    for (verb, fields) in [("address", &ADDRESS[..]), ("pay", &[("once", "k")]), ("renew", &[]), ("cancel", &[])] {
        let path = format!("{checkout}/{verb}");
        assert_eq!(stranger.form(&path, fields).await.status, 404, "{verb}");
        assert!(nobody.form(&path, fields).await.leads_to().starts_with("/login"), "{verb}");
    }
}
