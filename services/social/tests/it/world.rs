//! The neighbours as a test plays them: who sees whom, and what is for sale.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard},
};

use contracts::{
    commerce::{ProductCard, ProductCards},
    files::PicturesOf,
    ids::Product,
    profile::{Badge, Card, Followed, Met, People, Relationship, Relationships, Surface},
};
use kernel::{Currency, Fault, Id, Money, User};
use serde_json::{Value, json};
use testkit::{Album, Person, Stage};

/// What the neighbours know; a test changes it as it goes.
#[derive(Debug, Default)]
pub struct World {
    /// Nobody may know of these people.
    pub absent: HashSet<Id<User>>,
    /// Nobody may see what these people post.
    pub closed: HashSet<Id<User>>,
    /// Everybody mutes what these people post.
    pub muted: HashSet<Id<User>>,
    /// What is verified of these people.
    pub badges: HashMap<Id<User>, Badge>,
    pub products: HashMap<Id<Product>, ProductCard>,
    pub profile_is_down: bool,
    pub commerce_is_down: bool,
    /// How often profile and commerce were asked.
    pub asked: usize,
}

/// A running social service among neighbours.
pub struct Place {
    pub stage: Stage,
    pub album: Album,
    world: Arc<Mutex<World>>,
}

impl Place {
    pub async fn open() -> Self {
        let world = Arc::new(Mutex::new(World::default()));
        let album = Album::default();
        let uploads = album.clone();
        let (one, two, three) = (world.clone(), world.clone(), world.clone());
        let stage = testkit::Stage::of(social::service())
            .answering(move |ask: Relationships| one.lock().unwrap().relationships(&ask))
            .answering(move |ask: PicturesOf| uploads.pictures_of(&ask))
            .answering(move |ask: People| two.lock().unwrap().people(&ask))
            .answering(move |ask: ProductCards| three.lock().unwrap().products(&ask))
            .start()
            .await;
        Self { stage, album, world }
    }

    pub fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap()
    }

    /// A product with so many units left.
    pub fn product(&self, available: i64) -> Id<Product> {
        let id = self.stage.id();
        let card = ProductCard {
            id,
            variant: self.stage.id(),
            name: "Kitenge dress".into(),
            price: Money::new(1_250_000, Currency::TZS),
            available,
            on_sale: true,
            seller: self.stage.id(),
            shop_handle: "amina_fabrics".into(),
            shop_name: "Amina Fabrics".into(),
            picture: None,
        };
        self.world().products.insert(id, card);
        id
    }

    /// `follower` follows `followee`, as profile tells it.
    pub async fn follow(&self, follower: &Person, followee: &Person) {
        self.stage.tell(&Followed { follower: follower.id, followee: followee.id, version: 1 }).await;
    }
}

impl World {
    fn relationships(&mut self, ask: &Relationships) -> Result<Vec<Relationship>, Fault> {
        self.asked += 1;
        if self.profile_is_down {
            return Err(Fault::internal("profile is down"));
        }
        let stand = |target: &Id<User>| {
            let visible = !self.absent.contains(target);
            let content = visible && !self.closed.contains(target);
            let muting = if self.muted.contains(target) { vec![Surface::Posts] } else { Vec::new() };
            Relationship {
                target: *target,
                visible,
                content,
                following: false,
                followed_by: false,
                requested: false,
                requested_by: false,
                blocking: false,
                muting,
                restricting: false,
            }
        };
        Ok(ask.targets.iter().map(stand).collect())
    }

    fn people(&mut self, ask: &People) -> Result<Vec<Met>, Fault> {
        let related = self.relationships(&Relationships { viewer: ask.viewer, targets: ask.targets.clone() })?;
        let met = |relationship: Relationship| {
            let id = relationship.target;
            let badge = self.badges.get(&id).copied();
            let card = Card { id, username: format!("u{id}"), display_name: "Somebody".into(), avatar: None, badge };
            Met { card: relationship.visible.then_some(card), relationship }
        };
        Ok(related.into_iter().map(met).collect())
    }

    fn products(&mut self, ask: &ProductCards) -> Result<Vec<ProductCard>, Fault> {
        self.asked += 1;
        if self.commerce_is_down {
            return Err(Fault::unavailable(1, "commerce is down"));
        }
        Ok(ask.products.iter().filter_map(|id| self.products.get(id).cloned()).collect())
    }
}

/// Posts words; the post's path.
pub async fn post(author: &Person, text: &str) -> String {
    path(&author.post("/api/v1/posts", json!({"type": "standard", "text": text})).await.ok())
}

/// Posts a product; the post's path.
pub async fn recommend(author: &Person, product: Id<Product>) -> String {
    let body = json!({"type": "product", "text": "New dresses!", "product_id": product});
    path(&author.post("/api/v1/posts", body).await.ok())
}

fn path(post: &Value) -> String {
    format!("/api/v1/posts/{}", post["id"].as_str().unwrap())
}

/// The texts of a list's first page.
pub async fn texts(reader: &Person, list: &str) -> Vec<String> {
    texts_of(&reader.get(list).await.ok())
}

pub fn texts_of(page: &Value) -> Vec<String> {
    let items = page["items"].as_array().unwrap().iter();
    items.map(|item| item["text"].as_str().unwrap().to_owned()).collect()
}

/// `list` after the page that was answered, `None` after the last.
pub fn next(list: &str, page: &Value) -> Option<String> {
    let joint = if list.contains('?') { '&' } else { '?' };
    page["next_cursor"].as_str().map(|cursor| format!("{list}{joint}cursor={cursor}"))
}
