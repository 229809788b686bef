//! A running commerce service beside a bank, with one shop that has one product.

pub mod bank;

use std::{
    collections::HashSet,
    sync::{Arc, Mutex},
};

use bank::Bank;
use contracts::{
    files::PicturesOf,
    profile::{Relationship, Relationships},
};
use kernel::{Id, User};
use serde_json::{Value, json};
use testkit::{Album, Person, Reply, Setting, Stage};

/// A running commerce service beside a bank, with one shop that has one product.
pub struct Market {
    pub stage: Stage,
    pub bank: Bank,
    /// Nobody but themselves may know of these people.
    pub absent: Arc<Mutex<HashSet<Id<User>>>>,
    pub album: Album,
    pub seller: Person,
    pub shop: String,
    pub product: String,
    pub variant: String,
}

/// A market whose one product has so many units at 12,500 shillings.
pub async fn market(stock: i64) -> Market {
    market_with(stock, |_| ()).await
}

pub async fn market_with(stock: i64, configure: impl FnOnce(&mut host::Config) + 'static) -> Market {
    let (bank, absent, album) = (Bank::new(), Arc::new(Mutex::new(HashSet::new())), Album::default());
    let stage = setting(&bank, &absent, &album).with(configure).start().await;
    let seller = stage.person();
    let shop = open_shop(&seller, "amina_fabrics").await;
    let (product, variant) = add_product(&seller, &shop, stock).await;
    Market { stage, bank, absent, album, seller, shop, product, variant }
}

pub fn setting(bank: &Bank, absent: &Arc<Mutex<HashSet<Id<User>>>>, album: &Album) -> Setting {
    let (known, album) = (absent.clone(), album.clone());
    let stage = Stage::of(commerce::service()).answering(move |ask: PicturesOf| album.pictures_of(&ask));
    bank.beside(stage.answering(move |ask| Ok(related(&ask, &known.lock().unwrap()))))
}

/// Profile, as the test plays it.
pub fn related(ask: &Relationships, absent: &HashSet<Id<User>>) -> Vec<Relationship> {
    let stand = |target: &Id<User>| {
        let visible = !absent.contains(target);
        Relationship {
            target: *target,
            visible,
            content: visible,
            following: false,
            followed_by: false,
            requested: false,
            requested_by: false,
            blocking: false,
            muting: Vec::new(),
            restricting: false,
        }
    };
    ask.targets.iter().map(stand).collect()
}

pub async fn open_shop(seller: &Person, handle: &str) -> String {
    let shop = seller.post("/api/v1/shops", json!({"name": "Amina Fabrics", "handle": handle})).await.ok();
    text(&shop["id"])
}

/// A dress; its id and its variant's.
pub async fn add_product(seller: &Person, shop: &str, stock: i64) -> (String, String) {
    let added = seller.post(&format!("/api/v1/shops/{shop}/products"), dress(stock)).await.ok();
    (text(&added["id"]), text(&added["variants"][0]["id"]))
}

pub fn dress(stock: i64) -> Value {
    json!({"name": "Kitenge dress", "description": "Cotton, all sizes", "kind": "physical",
        "price": {"minor": 1_250_000, "currency": "TZS"}, "stock": stock})
}

pub fn address() -> Value {
    json!({"name": "Baraka Mushi", "phone": "+255712000001", "region": "Dar es Salaam", "district": "Ilala"})
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("not a text: {value}")).to_owned()
}

impl Market {
    /// Another node of this market, with other settings.
    pub fn beside(&self, configure: impl FnOnce(&mut host::Config) + 'static) -> Stage {
        setting(&self.bank, &self.absent, &self.album).with(configure).beside(&self.stage)
    }

    pub fn basket(&self, quantity: u32) -> Value {
        json!({"source": {"variant_id": self.variant, "quantity": quantity}, "shipping": {"address": address()}})
    }

    /// Opens a checkout; the path of it.
    pub async fn check_out(&self, buyer: &Person, quantity: u32) -> String {
        let checkout = buyer.post("/api/v1/checkouts", self.basket(quantity)).await.ok();
        format!("/api/v1/checkouts/{}", text(&checkout["id"]))
    }

    /// Buys so many units; the path of the order.
    pub async fn buy(&self, buyer: &Person, quantity: u32) -> String {
        let checkout = self.check_out(buyer, quantity).await;
        let paid = pay(buyer, &checkout).await.ok();
        assert_eq!(paid["status"], "paid");
        format!("/api/v1/orders/{}", text(&paid["order_id"]))
    }

    /// Ships an order; the buyer's code.
    pub async fn ship(&self, buyer: &Person, order: &str) -> String {
        self.seller.post(&format!("{order}/ship"), json!({"carrier": "Bus", "tracking": "T 123 ABC"})).await.ok();
        text(&buyer.get(order).await.ok()["handover_code"])
    }

    pub async fn available(&self) -> i64 {
        let product = self.seller.get(&format!("/api/v1/products/{}", self.product)).await.ok();
        product["variants"][0]["available"].as_i64().unwrap()
    }

    pub async fn settle(&self) {
        self.bank.settle(&self.stage).await;
    }

    /// How many rows the owner counts.
    pub async fn count(&self, query: &'static str) -> i64 {
        sqlx::query_scalar(query).fetch_one(&self.stage.database.owner).await.unwrap()
    }

    /// What must hold whatever happened: the ledger of movements sums to the shelf, held units have their holds, sold
    /// units their orders, and money has its order.
    pub async fn must_be_sound(&self) {
        let broken = self
            .count(
                "select count(*)
                   from commerce.variant shelf
                  where (select (sum(m.capacity), sum(m.held), sum(m.sold)) is distinct from (shelf.capacity::numeric, shelf.held::numeric, shelf.sold::numeric)
                           from commerce.movement m where m.variant = shelf.id)
                     or held <> (select coalesce(sum(h.quantity), 0) from commerce.hold h where h.variant = shelf.id)
                     or sold <> (select coalesce(sum(o.quantity), 0) from commerce.orders o
                                  where o.variant = shelf.id and o.state <> 'cancelled')",
            )
            .await;
        assert_eq!(broken, 0, "a shelf and its ledger, holds and orders");
        let orders: Vec<String> = sqlx::query_scalar(
            "select reference from commerce.orders where payment = 'held' and state = 'open' order by reference",
        )
        .fetch_all(&self.stage.database.owner)
        .await
        .unwrap();
        assert_eq!(self.bank.held(), orders, "money and its orders");
    }
}

pub async fn pay(buyer: &Person, checkout: &str) -> Reply {
    buyer.post(&format!("{checkout}/pay"), json!({"method": "wallet"})).await
}

pub async fn post(person: &Person, order: &str, verb: &str) -> Reply {
    person.post(&format!("{order}/{verb}"), json!({})).await
}
