//! Two people whose every word can be recognised, and what they do and suffer.

use axum::{
    body::Body,
    http::{Method, Request, header},
};
use kernel::{Id, User};
use serde_json::{Value, json};
use testkit::{Person, Reply};

use super::Needles;
use crate::{
    broker::{fact, publish},
    market::{code_for, stall, text, top_up},
    split::Split,
    world::World,
};

const PHONE: &str = "+255754777123";
const PASSWORD: &str = "kanari-nenosiri-93";
const AGENT: &str = "KanariSimu/1.0 (Android 14)";

/// What everybody may see of somebody is in facts too.
pub const SHOWN_TO_MANY: &[&str] = &[
    "kanari_amina",
    "Kanari Duka",
    "kanari_duka",
    "Kanari Baraka",
    "kanari_baraka",
    "Kanari Gauni",
    "Kanari Basi",
    "KANARI 123 T",
    "Kanari Jina",
    "kanari_jina",
];

/// Everything that was planted, who planted it, and what they bought.
pub struct Plant {
    pub needles: Needles,
    seller: Person,
    buyer: Person,
    variant: String,
    /// Of the buyer's last order.
    order: String,
}

impl Plant {
    /// Somebody with an e-mail address and a stall; somebody with a phone and a password, on a device that has a name.
    pub async fn begin(split: &Split) -> Self {
        let mut needles = Needles::of(&[PHONE, "754777123", PASSWORD, AGENT, "KanariSimu", "kanari_amina@example.com"]);
        let stall = stall(split, "kanari_amina", 3).await;
        needles.add("kanari_amina");
        needles.add(stall.seller.token.as_deref().unwrap());
        let nobody = split.anonymous();
        let sign_up = json!({"phone": PHONE, "display_name": "Kanari Baraka", "birth_date": "1994-05-17",
            "username": "kanari_baraka", "password": PASSWORD});
        let flow = call(&nobody, Method::POST, "/api/v1/auth/register", sign_up).await.ok();
        let code = code_for(split, PHONE).await;
        let verify = json!({"flow_id": flow["flow_id"], "code": code});
        let tokens = call(&nobody, Method::POST, "/api/v1/auth/verify", verify).await.ok();
        for word in [&code, "Kanari Baraka", "kanari_baraka"] {
            needles.add(word);
        }
        let buyer = split.bearer(user(&tokens), text(&tokens["access_token"]));
        let mut plant = Self { needles, seller: stall.seller, buyer, variant: stall.variant, order: String::new() };
        plant.keep(&tokens);
        split.settle().await;
        plant.words(&stall.product, &stall.post).await;
        plant.pages(split).await;
        plant
    }

    /// Somebody who comes by the pages: what they type into forms, and the cookies they get.
    async fn pages(&mut self, split: &Split) {
        let nobody = split.anonymous();
        let fields = [
            ("display_name", "Kanari Jina"),
            ("contact", "+255754777124"),
            ("birth_date", "1993-02-11"),
            ("password", "kanari-nenosiri-94"),
        ];
        for (_, word) in fields {
            self.needles.add(word);
        }
        let asked = nobody.form("/signup", &fields).await;
        let flow = asked.leads_to().split("flow=").nth(1).unwrap().split('&').next().unwrap().to_owned();
        let code = code_for(split, "+255754777124").await;
        self.needles.add(&code);
        let entered = nobody.form("/verify", &[("flow", &flow), ("code", &code)]).await;
        assert_eq!(entered.leads_to(), "/feed");
        for cookie in entered.headers.get_all(header::SET_COOKIE) {
            let value = cookie.to_str().unwrap().split_once('=').unwrap().1.split(';').next().unwrap();
            self.needles.add(value);
        }
        let missed = self.plant("kanari-kosa-95");
        nobody.form("/login", &[("identifier", PHONE), ("password", &missed)]).await;
        let (words, key) = (self.plant("kanari wa ukurasa"), self.plant("kanari-ufunguo-96"));
        assert_eq!(self.buyer.form("/compose", &[("once", &key), ("text", &words)]).await.leads_to(), "/feed");
        let (name, bio) = (self.plant("Kanari Baraka"), self.plant("kanari wa fomu"));
        let profile = [
            ("display_name", name.as_str()),
            ("username", "kanari_baraka"),
            ("bio", &bio),
            ("links", ""),
            ("interests", "kitenge"),
            ("locale", "sw"),
            ("time_zone", "Africa/Nairobi"),
        ];
        self.buyer.form("/me/edit", &profile).await.leads_to();
    }

    /// What is secret in the answer to a login.
    fn keep(&mut self, tokens: &Value) {
        for name in ["access_token", "refresh_token", "device"] {
            self.needles.add(text(&tokens[name]));
        }
    }

    /// Plants a text and gives it back.
    fn plant(&mut self, word: &str) -> String {
        self.needles.add(word);
        word.to_owned()
    }

    /// Everything that somebody can write.
    async fn words(&mut self, product: &str, post: &str) {
        let bio = json!({"bio": self.plant("kanari wa wasifu")});
        self.buyer.patch("/api/v1/users/me", bio).await.ok();
        let words = json!({"name": self.plant("Kanari Gauni"), "description": self.plant("kanari wa maelezo")});
        self.seller.patch(&format!("/api/v1/products/{product}"), words).await.ok();
        let words = json!({"text": self.plant("kanari wa chapisho")});
        self.seller.patch(&format!("/api/v1/posts/{post}"), words).await.ok();
        let words = json!({"type": "standard", "text": self.plant("kanari wa neno")});
        self.buyer.post("/api/v1/posts", words).await.ok();
        let shop = json!({"name": self.plant("Kanari Duka"), "handle": self.plant("kanari_duka")});
        self.buyer.post("/api/v1/shops", shop).await.ok();
    }

    /// The core loop, with every way in and out.
    pub async fn the_loop(&mut self, split: &Split) {
        let nobody = split.anonymous();
        let login = json!({"identifier": PHONE, "password": PASSWORD});
        let tokens = call(&nobody, Method::POST, "/api/v1/auth/login", login).await.ok();
        self.keep(&tokens);
        let refresh = json!({"refresh_token": tokens["refresh_token"]});
        let tokens = call(&nobody, Method::POST, "/api/v1/auth/token/refresh", refresh).await.ok();
        self.keep(&tokens);
        self.buyer = split.bearer(user(&tokens), text(&tokens["access_token"]));
        self.buyer.get("/api/v1/auth/devices").await.ok();
        self.buyer.put(&format!("/api/v1/users/{}/follow", self.seller.id)).await;
        split.settle().await;
        self.buyer.get("/api/v1/feed").await.ok();
        top_up(split, &self.buyer, 5_000_000).await;
        self.order = self.buy(split).await;
        let order = format!("/api/v1/orders/{}", self.order);
        let ship = json!({"carrier": self.plant("Kanari Basi"), "tracking": self.plant("KANARI 123 T")});
        self.seller.post(&format!("{order}/ship"), ship).await.ok();
        let code = text(&self.buyer.get(&order).await.ok()["handover_code"]).to_owned();
        self.needles.add(&code);
        let wrong = if code == "000000" { "111111" } else { "000000" };
        let deliver = format!("{order}/deliver");
        self.seller.post(&deliver, json!({"handover_code": wrong})).await.refused(422, "invalid");
        self.seller.post(&deliver, json!({"handover_code": code})).await.ok();
        split.settle().await;
        self.buyer.get("/api/v1/notifications").await.ok();
        split.anonymous().get(&format!("/dev/outbox?to={}", PHONE.replace('+', "%2B"))).await.ok();
        call(&self.seller, Method::POST, "/api/v1/auth/logout", Value::Null).await;
    }

    /// One unit, sent to an address that can be recognised; the order's id.
    async fn buy(&mut self, split: &Split) -> String {
        let checkout = self.check_out().await.ok();
        let path = format!("/api/v1/checkouts/{}/pay", text(&checkout["id"]));
        let paid = self.buyer.post(&path, json!({"method": "wallet"})).await.ok();
        split.settle().await;
        text(&paid["order_id"]).to_owned()
    }

    async fn check_out(&mut self) -> Reply {
        let address = json!({"name": self.plant("Kanari Mpokeaji"), "phone": self.plant("+255754777456"),
            "region": self.plant("Kanari Mkoa"), "district": self.plant("Kanari Wilaya"), "ward": self.plant("Kanari Kata"),
            "landmark": self.plant("Kanari Msikiti"), "note": self.plant("kanari wa mlango")});
        let body = json!({"source": {"variant_id": self.variant, "quantity": 1}, "shipping": {"address": address}});
        self.buyer.post("/api/v1/checkouts", body).await
    }

    /// What can't be read, isn't allowed, or isn't there, each with something private in it.
    pub async fn bad_input(&mut self, split: &Split) {
        let (buyer, nobody) = (self.buyer.clone(), split.anonymous());
        for path in ["/api/v1/users/kanari_mgeni", "/api/v1/orders/kanari-oda", "/kanari/njia?kanari=swali"] {
            call(&buyer, Method::GET, path, Value::Null).await;
        }
        for word in ["kanari_mgeni", "kanari-oda", "kanari/njia", "kanariukomo", "kanarikipanga", "kanaritokeni", "kanariufunguo"]
        {
            self.needles.add(word);
        }
        call(&buyer, Method::GET, "/api/v1/products?limit=kanariukomo&cursor=kanarikipanga", Value::Null).await;
        split.bearer(buyer.id, "eyJkanaritokeni.a.b").get("/api/v1/users/me").await.refused(401, "invalid_token");
        let lost = json!({"type": self.plant("kanari-aina"), "bio": [self.plant("kanari-orodha")], self.plant("kanari-jina"): 1});
        for (method, path) in [
            (Method::POST, "/api/v1/posts"),
            (Method::POST, "/api/v1/shops"),
            (Method::POST, "/api/v1/wallet/top-ups"),
            (Method::PATCH, "/api/v1/users/me"),
            (Method::POST, "/api/v1/auth/register"),
            (Method::POST, "/api/v1/auth/verify"),
            (Method::POST, "/api/v1/webhooks/sandbox"),
        ] {
            let key = self.plant("kanari-ufunguo");
            for body in
                [lost.to_string(), format!("{{\"{}", self.plant("kanari-bovu")), format!("\"{}\"", self.plant("kanari-neno"))]
            {
                let reply = buyer.call(method.clone(), path, Some(&key), Some(body)).await;
                assert!(reply.status.is_client_error(), "{path}: {}", reply.text);
            }
        }
        let login = json!({"identifier": "kanari_amina@example.com", "password": self.plant("kanari-nenosiri-baya")});
        call(&nobody, Method::POST, "/api/v1/auth/login", login).await.refused(401, "auth.wrong_credentials");
        let login = json!({"identifier": self.plant("kanari_nani@example.com")});
        let flow = call(&nobody, Method::POST, "/api/v1/auth/login/code", login).await.ok();
        let verify = json!({"flow_id": flow["flow_id"], "code": self.plant("918273")});
        call(&nobody, Method::POST, "/api/v1/auth/verify", verify).await.refused(422, "auth.code_wrong");
    }

    /// Payments that are refused: by the provider, and for want of money.
    pub async fn refused(&mut self, split: &Split) {
        let declined = json!({"amount": {"minor": 1_001, "currency": "TZS"}, "method": "sandbox"});
        self.buyer.post("/api/v1/wallet/top-ups", declined).await.ok();
        split.settle().await;
        let checkout = self.check_out().await.ok();
        let refuse = "alter table payment.escrow add constraint nobody_pays check (payer is null) not valid";
        self.while_owner_says(
            split,
            "payment",
            refuse,
            "alter table payment.escrow drop constraint nobody_pays",
            async |plant| {
                let path = format!("/api/v1/checkouts/{}/pay", text(&checkout["id"]));
                let reply = plant.buyer.post(&path, json!({"method": "wallet"})).await;
                assert!(reply.status.is_server_error(), "{}", reply.text);
            },
        )
        .await;
        split.settle().await;
    }

    /// Rows that the database refuses, in requests and in jobs: faults of ours, answered 500 and tried again.
    pub async fn a_database_that_refuses(&mut self, split: &Split) {
        let word = self.plant("kanari-katazo");
        let email = self.plant("kanari-katazo@example.com");
        let patch = json!({"bio": word});
        let post = json!({"type": "standard", "text": word});
        let register = json!({"email": email, "display_name": word, "birth_date": "1994-05-17"});
        for (column, method, path, body) in [
            ("profile.profile.bio", Method::PATCH, "/api/v1/users/me", patch),
            ("social.post.text", Method::POST, "/api/v1/posts", post),
            ("auth.flow.contact", Method::POST, "/api/v1/auth/register", register),
        ] {
            let (table, name) = column.rsplit_once('.').unwrap();
            let refuse = format!("alter table {table} add constraint no_canaries check ({name} not like '%kanari-%') not valid");
            let end = format!("alter table {table} drop constraint no_canaries");
            self.while_owner_says(split, "auth", &refuse, &end, async |plant| {
                call(&plant.buyer, method, path, body).await.refused(500, "internal");
            })
            .await;
        }
        // A code that can't be delivered, until it can.
        let refuse =
            "alter table notification.dev_outbox add constraint no_canaries check (to_address not like '%kanari%') not valid";
        let end = "alter table notification.dev_outbox drop constraint no_canaries";
        self.while_owner_says(split, "notification", refuse, end, async |_| {
            let login = json!({"identifier": "kanari_amina@example.com"});
            call(&split.anonymous(), Method::POST, "/api/v1/auth/login/code", login).await.ok();
            split.until_a_job_fails("notification").await;
        })
        .await;
        let code = code_for(split, "kanari_amina@example.com").await;
        self.needles.add(&code);
    }

    async fn while_owner_says(
        &mut self,
        split: &Split,
        service: &str,
        begin: &str,
        end: &str,
        work: impl AsyncFnOnce(&mut Self),
    ) {
        let owner = split.owner(service);
        sqlx::raw_sql(sqlx::AssertSqlSafe(begin.to_owned())).execute(owner).await.unwrap();
        work(self).await;
        sqlx::raw_sql(sqlx::AssertSqlSafe(end.to_owned())).execute(owner).await.unwrap();
    }

    /// Facts that can't be read, aren't what they say, or aren't known: they wait or are parked with what was wrong.
    pub async fn facts_by_another_hand(&mut self, split: &Split) {
        let (word, number) = (self.plant("kanari wa tukio"), 511_509_554_246_i64);
        self.needles.add(&number.to_string());
        let (amina, baraka) = (self.seller.id, self.buyer.id);
        let (follow, v9) = ("profile.followed.v1", fact(9, "profile.followed.v9", &json!({"follower": word})));
        let mut messages = vec![
            fact(1, follow, &json!({"follower": word, "followee": baraka, "version": 1})),
            fact(2, follow, &json!({"follower": amina, "followee": baraka, "version": word})),
            fact(3, follow, &json!({"follower": number, "followee": baraka, "version": 1})),
            fact(4, "profile.profile_changed.v1", &json!({"user": baraka, "version": 9, "username": [word], "display_name": 1})),
            fact(5, "auth.code_issued.v1", &json!({"flow": "flw_00000000000000000000000001", "to": word, "code": word})),
            json!({"exchange": "", "key": "nexgate.social", "body": v9["body"]}),
        ];
        for body in [
            json!({"specversion": "1.0", "id": word, "source": "profile", "type": follow, "time": word, "data": {}}).to_string(),
            json!({"specversion": "1.0", "id": uuid::Uuid::nil(), "source": 7, "type": [word], "data": {}}).to_string(),
            json!({"specversion": "1.0", "id": uuid::Uuid::nil(), "source": "x", "type": follow, "time": word, "data": {}})
                .to_string(),
            format!("{{\"{word}\": {word}"),
            word,
        ] {
            messages.push(json!({"exchange": "nexgate.facts", "key": follow, "body": body}));
        }
        publish(split, &messages);
        split.until_failed("social", 9).await;
        split.until_failed("notification", 10).await;
        // Nobody waits two hours here.
        for service in ["social", "notification"] {
            let park = "update kernel.inbox set state = 'parked' where state = 'waiting'";
            sqlx::query(park).execute(split.owner(service)).await.unwrap();
        }
    }
}

fn user(tokens: &Value) -> Id<User> {
    text(&tokens["user_id"]).parse().expect("a user id")
}

/// A call from a device whose name can be recognised.
async fn call(person: &Person, method: Method, path: &str, body: Value) -> Reply {
    let mut request = Request::builder().method(method).uri(path).header(header::USER_AGENT, AGENT);
    request = request.header(header::CONTENT_TYPE, "application/json");
    if let Some(token) = &person.token {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    let body = if body.is_null() { Body::empty() } else { Body::from(body.to_string()) };
    person.send(request.body(body).unwrap()).await
}
