//! An order's page, for its two sides.

use std::time::Duration;

use super::{SCRIPT, id_of, in_swahili, is_text};
use crate::world::market;

/// The page of an order that was bought by the JSON door.
fn page_of(order: &str) -> String {
    format!("/orders/{}", id_of(order))
}

#[tokio::test]
async fn c12_an_order_goes_its_way_by_forms_alone() {
    let market = market(3).await;
    let (buyer, seller) = (market.stage.person(), &market.seller);
    let order = page_of(&market.buy(&buyer, 1).await);
    let html = buyer.page(&order).await.html();
    assert!(html.contains("held until the goods are in your hands") && html.contains("until 25 November 2026, 11:00"), "{html}");
    assert!(html.contains(&format!("{order}/cancel")) && !html.contains(&format!("{order}/accept")), "{html}");
    let html = seller.page(&order).await.html();
    assert!(
        html.contains("+255712000001") && html.contains(&format!("{order}/ship")) && html.contains("by 25 November 2026, 11:00"),
        "{html}"
    );

    assert_eq!(seller.form(&format!("{order}/accept"), &[]).await.leads_to(), order);
    assert!(!seller.page(&order).await.html().contains(&format!("{order}/accept")));
    let said = seller.form(&format!("{order}/ship"), &[("carrier", ""), ("tracking", "T 123")]).await;
    assert!(
        said.status == 422 && said.text.contains("id=\"carrier-wrong\"") && said.text.contains("value=\"T 123\""),
        "{}",
        said.text
    );
    let parcel = [("carrier", SCRIPT), ("tracking", SCRIPT)];
    assert_eq!(seller.form(&format!("{order}/ship"), &parcel).await.leads_to(), order);

    let html = buyer.page(&order).await.html();
    is_text(&html);
    let code = html.split("<strong class=\"code\">").nth(1).unwrap()[..6].to_owned();
    assert!(html.contains("Give it only with the goods in your hand") && !html.contains(&format!("{order}/cancel")), "{html}");
    let theirs = seller.page(&order).await.html();
    assert!(!theirs.contains(&code) && theirs.contains(&format!("{order}/deliver")), "{theirs}");
    let wrong = if code == "000000" { "111111" } else { "000000" };
    let said = seller.form(&format!("{order}/deliver"), &[("once", "a"), ("handover_code", wrong)]).await;
    assert!(said.status == 422 && said.text.contains("id=\"handover_code-wrong\">This isn"), "{}", said.text);
    // As it was read out.
    let told = format!("{} {}", &code[..3], &code[3..]);
    assert_eq!(seller.form(&format!("{order}/deliver"), &[("once", "b"), ("handover_code", &told)]).await.leads_to(), order);
    assert!(seller.page(&order).await.html().contains("on its way to your wallet"));
    market.settle().await;
    assert!(buyer.page(&order).await.html().contains("The seller has been paid."));
    assert!(in_swahili(&buyer, &order).await.contains("Muuzaji amelipwa."));
    market.must_be_sound().await;
}

#[tokio::test]
async fn c12_the_buyer_extends_once_renews_the_code_and_confirms() {
    let market = market(1).await;
    let buyer = market.stage.person();
    let order = market.buy(&buyer, 1).await;
    let code = market.ship(&buyer, &order).await;
    let order = page_of(&order);
    assert!(buyer.page(&order).await.html().contains("14 December 2026, 11:00"));
    assert_eq!(buyer.form(&format!("{order}/extend"), &[]).await.leads_to(), order);
    let html = buyer.page(&order).await.html();
    assert!(html.contains("21 December 2026, 11:00") && !html.contains(&format!("{order}/extend")), "{html}");
    let again = buyer.form(&format!("{order}/extend"), &[]).await;
    assert!(again.status == 409 && again.text.contains("You have had a week more already"), "{}", again.text);
    assert_eq!(buyer.form(&format!("{order}/handover-code"), &[]).await.leads_to(), order);
    assert!(!buyer.page(&order).await.html().contains(&format!(">{code}<")));
    assert_eq!(buyer.form(&format!("{order}/confirm"), &[("once", "k")]).await.leads_to(), order);
    assert!(!buyer.page(&order).await.html().contains("class=\"code\""));
}

#[tokio::test]
async fn c12_five_misses_are_told_and_the_buyer_makes_a_new_code() {
    let market = market(1).await;
    let buyer = market.stage.person();
    let order = market.buy(&buyer, 1).await;
    let code = market.ship(&buyer, &order).await;
    let order = page_of(&order);
    let wrong = if code == "000000" { "111111" } else { "000000" };
    for key in ["a", "b", "c", "d", "e"] {
        let said = market.seller.form(&format!("{order}/deliver"), &[("once", key), ("handover_code", wrong)]).await;
        assert_eq!(said.status, 422);
    }
    let said = market.seller.form(&format!("{order}/deliver"), &[("once", "f"), ("handover_code", &code)]).await;
    assert!(said.status == 409 && said.text.contains("Ask the buyer to make a new one"), "{}", said.text);
}

#[tokio::test]
async fn c12_either_side_cancels_and_the_page_tells_where_the_money_is() {
    let market = market(1).await;
    let buyer = market.stage.person();
    let order = page_of(&market.buy(&buyer, 1).await);
    assert_eq!(buyer.form(&format!("{order}/cancel"), &[("once", "k")]).await.leads_to(), order);
    let html = buyer.page(&order).await.html();
    assert!(html.contains("Your money is on its way back") && !html.contains(&format!("{order}/cancel")), "{html}");
    market.settle().await;
    assert!(buyer.page(&order).await.html().contains("Your money is back in your wallet."));
    let late = market.seller.form(&format!("{order}/accept"), &[]).await;
    assert!(late.status == 409 && late.text.contains("The order is past this already"), "{}", late.text);
}

#[tokio::test]
async fn x4_a_deadline_counts_on_the_page_before_anybody_has_swept() {
    let market = market(1).await;
    let buyer = market.stage.person();
    let order = page_of(&market.buy(&buyer, 1).await);
    market.stage.advance(Duration::from_hours(48));
    let html = market.seller.page(&order).await.html();
    assert!(html.contains("Cancelled") && !html.contains(&format!("{order}/ship")), "{html}");
}

#[tokio::test]
async fn w2_orders_are_listed_for_each_side_page_by_page() {
    let market = market(9).await;
    let buyer = market.stage.person();
    assert!(buyer.page("/orders").await.html().contains("You haven&#39;t bought anything yet"));
    assert!(buyer.page("/orders?role=seller").await.html().contains("Nobody has bought from you yet"));
    let (first, last) = (page_of(&market.buy(&buyer, 1).await), page_of(&market.buy(&buyer, 2).await));
    let html = buyer.page("/orders").await.html();
    assert!(html.contains(&first) && html.contains("TZS 25,000") && html.contains("Waiting for the seller"), "{html}");
    let html = market.seller.page("/orders?role=seller&limit=1").await.html();
    assert!(html.contains(&last) && !html.contains(&first) && html.contains("/orders?role=seller&#38;cursor="), "{html}");
    assert!(in_swahili(&buyer, "/orders").await.contains("Inamsubiri muuzaji"));
    assert_eq!(market.stage.anonymous().page("/orders").await.leads_to(), "/login?then=%2Forders");
}

#[tokio::test]
async fn an_orders_page_is_there_for_its_two_sides_only() {
    let market = market(1).await;
    let order = page_of(&market.buy(&market.stage.person(), 1).await);
    let (stranger, nobody) = (market.stage.person(), market.stage.anonymous());
    assert_eq!(stranger.page(&order).await.status, 404);
    assert!(nobody.page(&order).await.leads_to().starts_with("/login"));
    for verb in ["accept", "ship", "deliver", "confirm", "cancel", "extend", "handover-code"] {
        let (path, fields) = (format!("{order}/{verb}"), [("once", "k"), ("carrier", "Bus"), ("handover_code", "1")]);
        assert_eq!(stranger.form(&path, &fields).await.status, 404, "{verb}");
        assert!(nobody.form(&path, &fields).await.leads_to().starts_with("/login"), "{verb}");
        assert_eq!(stranger.page(&path).await.leads_to(), order, "{verb}");
    }
}
