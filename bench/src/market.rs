//! A market to load: sellers with products and posts about them, and viewers who follow some of the sellers and have money.
//! All of it comes about through the API, as in life.

use std::{io::Cursor, net::SocketAddr, sync::Arc, time::Instant};

use anyhow::{Context, Result};
use futures_util::{StreamExt, TryStreamExt, stream};
use image::{ImageFormat, Rgb, RgbImage};
use reqwest::Client;
use serde_json::json;

use crate::{
    people::{Person, SignUp, text},
    platform::Platform,
    settling::Settling,
};

const SELLERS: usize = 200;
/// Of each seller.
const PRODUCTS: usize = 3;
const POSTS: usize = 10;
const VIEWERS: usize = 64;
/// Sellers a viewer follows.
const FOLLOWED: usize = 50;
const STOCK: u64 = 1_000_000_000;
/// Ten shillings, so that a wallet lasts.
const PRICE: u64 = 1_000;
/// Calls under way while the market is being set up.
const AT_ONCE: usize = 16;
/// Every viewer's.
pub const PASSWORD: &str = "maembe saba ya bluu";
const GOODS: [&str; 10] = [
    "Kitenge dress",
    "Sisal basket",
    "Solar lantern",
    "Coffee from Kilimanjaro",
    "Maasai beads",
    "School bag",
    "Cast iron pot",
    "Phone cover",
    "Carved stool",
    "Football",
];

/// Everybody and everything a scenario needs.
#[derive(Clone)]
pub struct Market {
    pub address: SocketAddr,
    pub viewers: Vec<Person>,
    pub wares: Arc<[Ware]>,
}

/// Something on sale.
#[derive(Clone)]
pub struct Ware {
    pub product: String,
    pub variant: String,
    /// The newest post about it.
    pub post: String,
}

struct Seller {
    person: Person,
    wares: Vec<(String, String)>,
}

impl Market {
    pub async fn open(platform: &Platform) -> Result<Self> {
        let begun = Instant::now();
        let (client, base) = (Client::new(), platform.base());
        let sellers = all(SELLERS, |number| Seller::open(&client, &base, number)).await?;
        let viewers = all(VIEWERS, |number| viewer(&client, &base, number)).await?;
        all(VIEWERS * FOLLOWED, |number| follow(&viewers, &sellers, number)).await?;
        // Everybody posts in turn, so that the newest posts are of many people.
        let posts = all(SELLERS * POSTS, |number| post(&sellers, number)).await?;
        Settling::of(&platform.database()?)?.wait().await?;
        let newest = posts.get(posts.len() - SELLERS * PRODUCTS..).unwrap_or_default();
        let wares: Vec<Ware> = newest.iter().map(|(product, variant, post)| ware(product, variant, post)).collect();
        println!(
            "a market of {SELLERS} sellers, {} products, {} posts and {VIEWERS} viewers who follow {FOLLOWED} each: {:.0} s",
            wares.len(),
            posts.len(),
            begun.elapsed().as_secs_f64()
        );
        Ok(Self { address: platform.address()?, viewers, wares: wares.into() })
    }

    /// Gives everybody an access token that is good for a while.
    pub async fn renew(&mut self) -> Result<()> {
        for viewer in &mut self.viewers {
            viewer.renew().await?;
        }
        Ok(())
    }

    /// Everybody gets their turn before somebody has another one: nobody calls twice at once.
    pub fn viewer(&self, turn: usize) -> Result<&Person> {
        self.viewers.get(turn % self.viewers.len()).context("no viewers")
    }

    /// Neighbouring turns meet things of different sellers.
    pub fn ware(&self, turn: usize) -> Result<&Ware> {
        self.wares.get(turn % self.wares.len()).context("nothing on sale")
    }
}

impl Seller {
    async fn open(client: &Client, base: &str, number: usize) -> Result<Self> {
        let username = format!("seller_{number}");
        let wish = SignUp { username: &username, display_name: &format!("Seller {number} of the bench"), password: None };
        let person = Person::sign_up(client, base, wish).await?;
        let shop = open_shop(&person, &format!("shop_{number}")).await?;
        let (picture, mut wares) = (person.upload(&picture(number)?).await?, Vec::new());
        for own in 0..PRODUCTS {
            wares.push(offer(&person, &shop, number * PRODUCTS + own, &[&picture]).await?);
        }
        Ok(Self { person, wares })
    }
}

/// The id of a new shop.
pub async fn open_shop(seller: &Person, handle: &str) -> Result<String> {
    let shop = seller.post("/api/v1/shops", json!({"name": format!("Shop {handle}"), "handle": handle})).await?;
    Ok(text(&shop["id"])?.to_owned())
}

/// The ids of a new product and of its variant.
pub async fn offer(seller: &Person, shop: &str, number: usize, pictures: &[&str]) -> Result<(String, String)> {
    let name = GOODS.get(number % GOODS.len()).copied().unwrap_or_default();
    let product = json!({"name": format!("{name}, number {number}"), "kind": "physical", "stock": STOCK,
        "description": "Made by hand, wrapped with care, and sent by bus on the day it is paid for. Ask before you come.",
        "price": {"minor": PRICE, "currency": "TZS"}, "media_ids": pictures});
    let product = seller.post(&format!("/api/v1/shops/{shop}/products"), product).await?;
    let product = text(&product["id"])?.to_owned();
    let seen = seller.get(&format!("/api/v1/products/{product}")).await?;
    Ok((product, text(&seen["variants"][0]["id"])?.to_owned()))
}

/// Two colours that flow into each other, of other ones for each seller: large enough for every size pictures are served in.
fn picture(number: usize) -> Result<Vec<u8>> {
    let hue = u32::try_from(number)?;
    let part = |value: u32| u8::try_from(value % 256).unwrap_or_default();
    let pixel = |x, y| Rgb([part(hue * 37 + x / 8), part(hue * 59 + y / 6), part(hue * 83 + (x + y) / 16)]);
    let mut png = Cursor::new(Vec::new());
    RgbImage::from_fn(1920, 1440, pixel).write_to(&mut png, ImageFormat::Png)?;
    Ok(png.into_inner())
}

async fn viewer(client: &Client, base: &str, number: usize) -> Result<Person> {
    let username = format!("viewer_{number}");
    let wish = SignUp { username: &username, display_name: &format!("Viewer {number}"), password: Some(PASSWORD) };
    let viewer = Person::sign_up(client, base, wish).await?;
    viewer.top_up().await?;
    Ok(viewer)
}

/// Viewers share some of those they follow with others, and no two follow the same ones.
async fn follow(viewers: &[Person], sellers: &[Seller], number: usize) -> Result<()> {
    let (viewer, nth) = (number / FOLLOWED, number % FOLLOWED);
    let followed = sellers.get((viewer * 3 + nth * 7) % sellers.len()).context("no such seller")?;
    viewers.get(viewer).context("no such viewer")?.follow(&followed.person.id).await
}

/// A product, its variant, and the post about it.
async fn post(sellers: &[Seller], number: usize) -> Result<(String, String, String)> {
    let seller = sellers.get(number % SELLERS).context("no such seller")?;
    let (product, variant) = seller.wares.get(number / SELLERS % PRODUCTS).context("no such product")?;
    let words = format!("Fresh from the workshop, batch {number}: come and look before they are gone, or order from here.");
    let post = seller.person.post("/api/v1/posts", json!({"type": "product", "text": words, "product_id": product})).await?;
    Ok((product.clone(), variant.clone(), text(&post["id"])?.to_owned()))
}

fn ware(product: &str, variant: &str, post: &str) -> Ware {
    Ware { product: product.to_owned(), variant: variant.to_owned(), post: post.to_owned() }
}

/// Does something so many times, some of them at once; what came of it, in order.
async fn all<T, F: Future<Output = Result<T>>>(many: usize, each: impl Fn(usize) -> F) -> Result<Vec<T>> {
    stream::iter((0..many).map(each)).buffered(AT_ONCE).try_collect().await
}
