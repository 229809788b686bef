//! The pages: people, whom they follow, and one's own account.

mod faces;
mod moderation;
mod verification;

use axum::{body::Body, http::Request};
use contracts::auth::AccountLocked;
use serde_json::json;
use testkit::Person;

use crate::world::{go_private, person, stage};

const SCRIPT: &str = "<script>alert(1)</script>";

async fn in_swahili(person: &Person, path: &str) -> String {
    let request = Request::get(path)
        .header("accept", "text/html")
        .header("accept-language", "sw")
        .header("authorization", format!("Bearer {}", person.token.as_deref().unwrap()));
    person.send(request.body(Body::empty()).unwrap()).await.html()
}

#[tokio::test]
async fn w1_a_profile_is_public_and_has_a_preview() {
    let stage = stage().await;
    let amina = person(&stage, "amina").await;
    amina.patch("/api/v1/users/me", json!({"display_name": "Amina Juma", "bio": "Fabrics from Kariakoo."})).await.ok();
    for path in ["/users/amina".to_owned(), format!("/users/{}", amina.id)] {
        let page = stage.anonymous().page(&path).await.html();
        for part in [
            "<h1>Amina Juma</h1>",
            "<meta property=\"og:type\" content=\"profile\">",
            "<meta property=\"og:title\" content=\"Amina Juma (@amina)\">",
            "<meta property=\"og:description\" content=\"Fabrics from Kariakoo.\">",
            &format!("<meta property=\"og:url\" content=\"http://nexgate.test/users/{}\">", amina.id),
            &format!("href=\"/users/{}/posts\"", amina.id),
            &format!("hx-get=\"/users/{}/posts\"", amina.id),
            "0 followers",
        ] {
            assert!(page.contains(part), "{part}: {page}");
        }
    }
    let own = amina.page("/users/amina").await.html();
    assert!(own.contains("href=\"/me/edit\"") && !own.contains("id=\"follow\""), "{own}");
    assert!(in_swahili(&amina, "/users/amina").await.contains("Wafuasi 0"));
}

#[tokio::test]
async fn p2_following_is_a_button_and_a_stranger_is_led_to_the_login() {
    let stage = stage().await;
    let (amina, baraka) = (person(&stage, "amina").await, person(&stage, "baraka").await);
    let (page, id) = (format!("/users/{}", amina.id), amina.id);
    assert!(stage.anonymous().page("/users/amina").await.html().contains("href=\"/login?then=%2Fusers%2Famina\""));
    assert!(baraka.page("/users/amina").await.html().contains(&format!("action=\"{page}/follow\"")));
    for _ in 0..2 {
        assert_eq!(baraka.form(&format!("{page}/follow"), &[]).await.leads_to(), page);
    }
    let seen = baraka.page(&page).await.html();
    assert!(seen.contains("1 follower<") && seen.contains(&format!("action=\"/users/{id}/unfollow\"")), "{seen}");
    assert!(amina.page("/users/baraka").await.html().contains("Follows you"));
    assert_eq!(baraka.form(&format!("{page}/unfollow"), &[]).await.leads_to(), page);
    assert!(baraka.page(&page).await.html().contains("0 followers"));
    assert!(stage.anonymous().form(&format!("{page}/follow"), &[]).await.leads_to().starts_with("/login"));
    assert_eq!(amina.form(&format!("{page}/follow"), &[]).await.status, 422);
    assert_eq!(amina.form(&format!("/users/{}/follow", stage.person().id), &[]).await.status, 404);
}

#[tokio::test]
async fn p2_followers_come_in_pages() {
    let stage = stage().await;
    let amina = person(&stage, "amina").await;
    let list = format!("/users/{}/followers", amina.id);
    assert!(amina.page(&list).await.html().contains("href=\"/compose\""));
    for number in 0..3 {
        person(&stage, &format!("fan_{number}")).await.put(&format!("/api/v1/users/{}/follow", amina.id)).await;
    }
    let first = stage.anonymous().page(&format!("{list}?limit=2")).await.html();
    assert!(first.contains("@fan_2") && first.contains("@fan_1") && !first.contains("@fan_0"), "{first}");
    let more = first.split_once(&format!("href=\"{list}?cursor=")).and_then(|(_, rest)| rest.split('"').next()).unwrap();
    let second = stage.anonymous().page(&format!("{list}?cursor={more}")).await.html();
    assert!(second.contains("href=\"/users/fan_0\"") && !second.contains("class=\"more\""), "{second}");
    let following = amina.page(&format!("/users/{}/following", amina.id)).await.html();
    assert!(following.contains("You follow nobody yet.") && following.contains("href=\"/feed\""), "{following}");
    assert!(in_swahili(&amina, &list).await.contains("Wanaomfuata amina"));
}

#[tokio::test]
async fn x6_who_may_not_be_seen_is_not_there() {
    let stage = stage().await;
    let (amina, baraka) = (person(&stage, "amina").await, person(&stage, "baraka").await);
    stage.tell(&AccountLocked { user: amina.id, version: 2 }).await;
    let id = amina.id;
    for path in
        [format!("/users/{id}"), format!("/users/{id}/followers"), format!("/users/{id}/following"), "/users/amina".into()]
    {
        assert_eq!(baraka.page(&path).await.status, 404, "{path}");
        assert_eq!(stage.anonymous().page(&path).await.status, 404, "{path}");
    }
    assert_eq!(baraka.form(&format!("/users/{id}/follow"), &[]).await.status, 404);
    assert_eq!(baraka.page("/users/nobody").await.status, 404);
}

#[tokio::test]
async fn w2_ones_own_page_leads_to_everything_of_ones_own() {
    let stage = stage().await;
    let amina = person(&stage, "amina").await;
    let page = amina.page("/me").await.html();
    for place in ["/users/amina", "/me/edit", "/wallet", "/orders", "/sell", "/orders?role=seller", "/sessions"] {
        assert!(page.contains(&format!("href=\"{place}\"")), "{place}: {page}");
    }
    assert!(page.contains("action=\"/logout\""), "{page}");
    assert!(in_swahili(&amina, "/me").await.contains("Maduka yangu"));
    for path in ["/me", "/me/edit"] {
        assert!(stage.anonymous().page(path).await.leads_to().starts_with("/login?then="), "{path}");
    }
    let fields = ["display_name", "username", "bio", "links", "interests", "locale", "time_zone"].map(|name| (name, "xxx"));
    assert!(stage.anonymous().form("/me/edit", &fields).await.leads_to().starts_with("/login"));
}

#[tokio::test]
async fn w2_what_people_wrote_stays_text() {
    let stage = stage().await;
    let (amina, baraka) = (person(&stage, "amina").await, person(&stage, "baraka").await);
    amina.patch("/api/v1/users/me", json!({"display_name": SCRIPT, "bio": SCRIPT})).await.ok();
    baraka.put(&format!("/api/v1/users/{}/follow", amina.id)).await;
    amina.put(&format!("/api/v1/users/{}/follow", baraka.id)).await;
    let followers = format!("/users/{}/followers", baraka.id);
    let following = format!("/users/{}/following", amina.id);
    for path in ["/users/amina", "/me", "/me/edit", &followers, &following] {
        let page = amina.page(path).await.html();
        assert!(!page.contains(SCRIPT) && page.contains("alert(1)"), "{path}: {page}");
    }
    let fields = ["display_name", "username", "bio", "links", "interests", "locale", "time_zone"].map(|name| (name, SCRIPT));
    let again = amina.form("/me/edit", &fields).await;
    assert!(again.status == 422 && !again.text.contains(SCRIPT), "{}", again.text);
}

#[tokio::test]
async fn p3_requests_are_made_and_answered_by_buttons() {
    let stage = stage().await;
    let (amina, baraka) = (person(&stage, "amina").await, person(&stage, "baraka").await);
    go_private(&amina).await;
    let page = format!("/users/{}", amina.id);
    let seen = baraka.page(&page).await.html();
    assert!(!seen.contains("/followers\"") && seen.contains("0 followers"), "a list that isn't shown is no link: {seen}");
    assert!(seen.contains(">Ask to follow</button>") && seen.contains("Only followers see what is posted here."), "{seen}");
    assert!(!seen.contains("hx-trigger=\"load\" hx-select=\"#items\""), "{seen}");
    assert_eq!(baraka.form(&format!("{page}/follow"), &[]).await.leads_to(), page);
    assert!(baraka.page(&page).await.html().contains("Don&#39;t ask any more"));
    assert!(baraka.page("/me/requested").await.html().contains("@amina"));
    let asking = amina.page("/me/requests").await.html();
    let accept = format!("/users/{}/accept", baraka.id);
    assert!(asking.contains("@baraka") && asking.contains(&format!("action=\"{accept}\"")), "{asking}");
    assert!(amina.page("/users/baraka").await.html().contains("baraka asks to follow you."));
    assert_eq!(amina.form(&accept, &[]).await.leads_to(), "/me/requests");
    assert_eq!(amina.form(&accept, &[]).await.status, 404);
    assert!(baraka.page(&page).await.html().contains(">Stop following</button>"));
    let followers = format!("/users/{}/followers", amina.id);
    let remove = format!("/users/{}/remove", baraka.id);
    assert!(amina.page(&followers).await.html().contains(&remove) && !baraka.page(&followers).await.html().contains(&remove));
    assert_eq!(amina.form(&remove, &[]).await.leads_to(), followers);
    assert_eq!(baraka.page(&followers).await.status, 403);
    assert!(in_swahili(&amina, "/me/requests").await.contains("Maombi ya kufuata"));
}

#[tokio::test]
async fn p4_who_is_blocked_is_gone_and_is_unblocked_from_a_list() {
    let stage = stage().await;
    let (amina, baraka) = (person(&stage, "amina").await, person(&stage, "baraka").await);
    let page = format!("/users/{}", baraka.id);
    assert_eq!(amina.form(&format!("{page}/mute"), &[]).await.leads_to(), page);
    for path in [&*page, "/me/mutes"] {
        assert!(amina.page(path).await.html().contains(&format!("action=\"{page}/unmute\"")), "{path}");
    }
    assert_eq!(amina.form(&format!("{page}/unmute"), &[]).await.leads_to(), page);
    assert_eq!(amina.form(&format!("{page}/block"), &[]).await.leads_to(), "/me/blocks");
    assert_eq!((amina.page(&page).await.status.as_u16(), baraka.page("/users/amina").await.status.as_u16()), (404, 404));
    let blocks = amina.page("/me/blocks").await.html();
    assert!(blocks.contains("@baraka") && blocks.contains(&format!("action=\"{page}/unblock\"")), "{blocks}");
    assert_eq!(amina.form(&format!("{page}/unblock"), &[]).await.leads_to(), page);
    assert_eq!(amina.page(&page).await.status, 200);
    assert!(stage.anonymous().page("/me/blocks").await.leads_to().starts_with("/login"));
}

#[tokio::test]
async fn p3_privacy_is_a_form_that_asks_about_those_who_wait() {
    let stage = stage().await;
    let (amina, baraka) = (person(&stage, "amina").await, person(&stage, "baraka").await);
    let lists = [("followers", "followers"), ("following", "me")];
    assert_eq!(amina.form("/me/privacy", &[("private", "on"), lists[0], lists[1]]).await.leads_to(), "/me/privacy");
    baraka.form(&format!("/users/{}/follow", amina.id), &[]).await;
    let form = amina.page("/me/privacy").await.html();
    assert!(form.contains("name=\"private\" checked") && form.contains("1 person waits for your answer."), "{form}");
    assert!(form.contains("<option value=\"me\" selected>"), "{form}");
    let refused = amina.form("/me/privacy", &[("followers", "me"), ("following", "everyone")]).await;
    assert!(refused.status == 409 && refused.text.contains("Say what becomes of the people who wait"), "{}", refused.text);
    assert!(refused.text.contains("name=\"private\">"), "what was wished stays: {}", refused.text);
    let wished: Vec<&str> = refused.text.split("\" selected>").map(|before| before.rsplit('"').next().unwrap()).take(5).collect();
    assert_eq!(wished, ["everyone", "everyone", "everyone", "me", "everyone"]);
    let decided = [lists[0], lists[1], ("waiting", "accept")];
    assert_eq!(amina.form("/me/privacy", &decided).await.leads_to(), "/me/privacy");
    stage.settle().await;
    assert!(baraka.page("/users/amina").await.html().contains(">Stop following</button>"));
    assert!(in_swahili(&amina, "/me/privacy").await.contains("Akaunti yangu ni binafsi"));
}
