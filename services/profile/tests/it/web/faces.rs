//! The pages on which people show and tell something of themselves, and what is made of their deals.

use contracts::{
    commerce::{OrderCompleted, OrderHead},
    files::PicturesOf,
};
use kernel::{Currency, Money};
use serde_json::json;
use testkit::{Album, Stage};

use super::in_swahili;
use crate::world::{person, stage};

#[tokio::test]
async fn p1_what_is_wrong_of_a_profile_is_said_beside_its_field() {
    let stage = stage().await;
    let (amina, _baraka) = (person(&stage, "amina").await, person(&stage, "baraka").await);
    assert!(amina.page("/me/edit").await.html().contains("value=\"amina\""));
    let long = "x".repeat(301);
    let right = [
        ("display_name", "Amina"),
        ("username", "amina"),
        ("bio", "Hello"),
        ("links", ""),
        ("interests", ""),
        ("locale", ""),
        ("time_zone", "Africa/Nairobi"),
    ];
    for (field, value, said) in [
        ("display_name", " ", "Fill this in."),
        ("username", "a b", "starting with a letter"),
        ("username", "Baraka", "Somebody has this username, or one that looks like it."),
        ("bio", &long, "Too long: at most 300 fit here."),
        ("links", "javascript:alert(1)", "the address of a page on the web"),
        ("interests", "a,b,<c>", "at most 30 letters"),
        ("time_zone", "Atlantis", "Africa/Dar_es_Salaam"),
    ] {
        let fields = right.map(|(name, typed)| (name, if name == field { value } else { typed }));
        let page = amina.form("/me/edit", &fields).await;
        assert_eq!(page.status, 422, "{field}={value}");
        let beside = page.text.split_once(&format!("id=\"{field}-wrong\">")).map(|(_, rest)| rest.split('<').next().unwrap());
        assert!(beside.is_some_and(|text| text.contains(said)), "{field}={value}: {}", page.text);
        assert_eq!(page.text.contains("These are free: baraka2"), value == "Baraka", "{}", page.text);
    }
}

#[tokio::test]
async fn p1_what_is_filled_in_is_kept_shown_and_there_when_the_form_is_opened_again() {
    let stage = stage().await;
    let amina = person(&stage, "amina").await;
    let fields = [
        ("display_name", " Amina Juma "),
        ("username", "Amina_J"),
        ("bio", "One\r\ntwo"),
        ("links", "duka.co.tz\r\n\r\nhttp://b.example/x"),
        ("interests", "Kitenge, street food, "),
        ("locale", "sw"),
        ("time_zone", "africa/kigali"),
    ];
    assert_eq!(amina.form("/me/edit", &fields).await.leads_to(), "/me");
    let seen = amina.get("/api/v1/users/me").await.ok();
    let changed = ["display_name", "username", "bio"].map(|name| seen[name].as_str().unwrap());
    assert_eq!(changed, ["Amina Juma", "amina_j", "One\ntwo"]);
    assert_eq!(
        (&seen["links"], &seen["interests"], &seen["settings"]),
        (
            &json!(["https://duka.co.tz/", "http://b.example/x"]),
            &json!(["kitenge", "street food"]),
            &json!({"locale": "sw", "time_zone": "Africa/Kigali"})
        )
    );
    let form = amina.page("/me/edit").await.html();
    for part in [
        ">https://duka.co.tz/\nhttp://b.example/x</textarea>",
        "value=\"kitenge, street food\"",
        "<option value=\"sw\" selected>",
    ] {
        assert!(form.contains(part), "{part}: {form}");
    }
    let page = stage.anonymous().page("/users/amina_j").await.html();
    let link = "<a class=\"tap\" href=\"https://duka.co.tz/\" rel=\"me nofollow ugc noopener noreferrer\">duka.co.tz</a>";
    assert!(page.contains(link) && page.contains(">street food</span>"), "{page}");
    // Who knows the old name is led to the new one.
    assert_eq!(stage.anonymous().page("/users/amina").await.leads_to(), "/users/amina_j");
}

#[tokio::test]
async fn p1_ones_own_page_is_looked_at_as_others_see_it() {
    let stage = stage().await;
    let amina = person(&stage, "amina").await;
    amina.patch("/api/v1/users/me", json!({"bio": "Only for those who follow"})).await.ok();
    let fields = [("bio", "followers"), ("links", "me"), ("followers", "everyone"), ("following", "nonsense")];
    assert_eq!(amina.form("/me/privacy", &fields).await.leads_to(), "/me/privacy");
    let form = amina.page("/me/privacy").await.html();
    assert!(form.contains("<option value=\"followers\" selected>") && form.contains("<option value=\"me\" selected>"), "{form}");
    let (everybody, follower) = (amina.page("/me/as/everyone").await.html(), amina.page("/me/as/followers").await.html());
    assert!(!everybody.contains("Only for those who follow") && everybody.contains("This is what everybody sees"), "{everybody}");
    assert!(follower.contains("Only for those who follow") && follower.contains("href=\"/me/as/everyone\""), "{follower}");
    assert!(!everybody.contains("id=\"follow\"") && !everybody.contains("href=\"/me/edit\""), "{everybody}");
    assert_eq!(amina.page("/me/as/nobody").await.status, 404);
    assert!(stage.anonymous().page("/me/as/everyone").await.leads_to().starts_with("/login"));
}

#[tokio::test]
async fn p1_an_avatar_is_chosen_from_what_was_sent_and_taken_away_again() {
    let album = Album::default();
    let uploads = album.clone();
    let stage = Stage::of(profile::service()).answering(move |ask: PicturesOf| uploads.pictures_of(&ask)).start().await;
    let (amina, baraka) = (person(&stage, "amina").await, person(&stage, "baraka").await);
    let (one, other) = (stage.id(), stage.id());
    for media in [one, other] {
        album.upload(amina.id, media);
        album.finish(media);
    }
    let chosen = format!("{one},{other}");
    for (path, part) in [("/me/avatar", "class=\"face\" aria-hidden=\"true\"><picture>"), ("/me/cover", "class=\"cover\"")] {
        let sent = amina.page(&format!("{path}?media={chosen}")).await.html();
        assert!(sent.contains(&format!("name=\"media\" value=\"{chosen}\"")), "{sent}");
        // Whoever sends one after another means the last.
        for media in [chosen.as_str(), &one.to_string(), &other.to_string()] {
            assert_eq!(amina.form(path, &[("media", media)]).await.leads_to(), "/me");
        }
        let form = amina.page(path).await.html();
        assert!(
            form.contains(&format!("/{other}/")) && form.contains("name=\"media\" value=\"\""),
            "what is there isn't chosen: {form}"
        );
        let seen = stage.anonymous().page("/users/amina").await.html();
        assert!(seen.contains(part) && seen.contains(&format!("/{other}/")), "{part}: {seen}");
        for odd in [chosen.as_str(), "nonsense", ""] {
            let refused = baraka.form(path, &[("media", odd)]).await;
            assert!(refused.status == 422 && refused.text.contains("There is no such picture of yours."), "{}", refused.text);
        }
        assert_eq!(amina.form(path, &[("media", ""), ("none", "on")]).await.leads_to(), "/me");
        assert!(!stage.anonymous().page("/users/amina").await.html().contains(&format!("/{other}/")));
        assert!(stage.anonymous().page(path).await.leads_to().starts_with("/login"));
    }
    // Without a picture, a letter stands there.
    assert!(stage.anonymous().page("/users/amina").await.html().contains("aria-hidden=\"true\">A</span>"));
}

#[tokio::test]
async fn p5_trust_has_a_page_that_says_what_it_is_made_of() {
    let stage = stage().await;
    let amina = person(&stage, "amina").await;
    let path = format!("/users/{}/trust", amina.id);
    assert!(stage.anonymous().page(&path).await.html().contains("They have sold nothing here yet."));
    assert!(!stage.anonymous().page("/users/amina").await.html().contains(&path));
    let sell = async |buyer| {
        let head = OrderHead {
            order: stage.id(),
            version: 5,
            shop: stage.id(),
            shop_name: "Amina Fabrics".into(),
            seller: amina.id,
            buyer,
            title: "Kitenge dress".into(),
            quantity: 1,
            total: Money::new(5_000_000, Currency::TZS),
        };
        stage.tell(&OrderCompleted { head, delivered_at: Some(stage.clock.now()), late: false }).await;
        stage.advance(std::time::Duration::from_secs(11));
        stage.settle().await;
    };
    sell(stage.id()).await;
    let new = stage.anonymous().page(&path).await.html();
    assert!(new.contains("1 completed deal counts.") && !new.contains("What it is made of"), "{new}");
    for _ in 0..4 {
        sell(stage.id()).await;
    }
    let page = stage.anonymous().page(&path).await.html();
    for part in ["42 / 100", "at least 42 of 100", "In time", "5 deals", "nowhere else: 2.50", "From TZS 50,000", "New"] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(stage.anonymous().page("/users/amina").await.html().contains("Trust 42 of 100"));
    assert!(in_swahili(&amina, &path).await.contains("Kwa wakati"));
}
