//! Shops open, their shelves are filled, and their owners post what they sell.

use std::collections::{BTreeMap, HashSet};

use futures_util::{StreamExt, TryStreamExt, stream};
use serde_json::{Value, json};

use super::{
    market::{Market, Product, Shop},
    people::{Cast, find},
    visitor::{Login, Node, text},
};

/// Shops opened at once.
const AT_ONCE: usize = 4;

/// A product on its shelf.
#[derive(Debug)]
pub struct Shelf {
    pub seller: String,
    pub product: String,
    pub variant: String,
    /// In minor units.
    pub price: i64,
}

/// Every product of the market, by name.
pub type Shelves = BTreeMap<String, Shelf>;

pub async fn open(node: &Node, cast: &Cast, market: &Market) -> Result<Shelves, String> {
    let opened = stream::iter(&market.shops).map(|shop| fill(node, cast, shop)).buffer_unordered(AT_ONCE);
    let filled: Vec<Vec<(String, Shelf)>> = opened.try_collect().await?;
    Ok(filled.into_iter().flatten().collect())
}

/// Opens a shop and puts on its shelves what isn't there.
async fn fill(node: &Node, cast: &Cast, shop: &Shop) -> Result<Vec<(String, Shelf)>, String> {
    let owner = find(cast, &shop.owner.name)?;
    let id = open_one(node, owner, shop).await?;
    let there = node.all(owner, &format!("products?shop={id}")).await?;
    let mut shelves = Vec::new();
    for product in &shop.products {
        let known = there.iter().find(|card| card["name"] == product.name.as_str());
        let (product_id, variant) = match known {
            Some(card) => (text(card, "id")?, text(card, "variant")?),
            None => add(node, owner, &id, product).await?,
        };
        let shelf = Shelf { seller: shop.owner.name.clone(), product: product_id, variant, price: product.price * 100 };
        shelves.push((product.name.clone(), shelf));
    }
    Ok(shelves)
}

async fn open_one(node: &Node, owner: &Login, shop: &Shop) -> Result<String, String> {
    let opened = match node.find(Some(owner), &format!("shops/{}", shop.handle)).await? {
        Some(opened) => opened,
        None => {
            node.post(
                Some(owner),
                "shops",
                &format!("demo-shop-{}", shop.handle),
                &json!({"name": shop.name, "handle": shop.handle}),
            )
            .await?
        }
    };
    let id = text(&opened, "id")?;
    if opened["description"] != shop.says.as_str() {
        node.patch(owner, &format!("shops/{id}"), &json!({"description": shop.says})).await?;
    }
    Ok(id)
}

/// With its picture; the product and its variant.
async fn add(node: &Node, owner: &Login, shop: &str, product: &Product) -> Result<(String, String), String> {
    let (art, hue) = (product.art, product.hue);
    let painted = tokio::task::spawn_blocking(move || super::art::paint(art, hue)).await.map_err(|died| died.to_string())??;
    let picture = node.upload(owner, &painted).await?;
    let body = json!({"name": product.name, "description": product.about, "kind": "physical",
        "price": {"minor": product.price * 100, "currency": "TZS"}, "stock": product.stock, "media_ids": [picture]});
    let key = format!("demo-product-{shop}-{}", product.name);
    let added = node.post(Some(owner), &format!("shops/{shop}/products"), &key, &body).await?;
    Ok((text(&added, "id")?, text(&added["variants"][0], "id")?))
}

/// Product posts of the sellers, and words of others; what stands there already isn't said twice.
pub async fn post(node: &Node, cast: &Cast, market: &Market, shelves: &Shelves) -> Result<(), String> {
    let mut said = HashSet::new();
    for (name, login) in cast {
        let posts = node.all(login, &format!("users/{}/posts", login.id)).await?;
        said.extend(posts.iter().filter_map(|post| Some((name.clone(), post["text"].as_str()?.to_owned()))));
    }
    let of_products = market.shops.iter().flat_map(|shop| shop.products.iter().map(move |product| (shop, product)));
    let mut posts: Vec<(&str, &str, Value)> = Vec::new();
    for (shop, product) in of_products {
        if let (Some(words), Some(shelf)) = (&product.post, shelves.get(&product.name)) {
            let body = json!({"type": "product", "text": words, "product_id": shelf.product});
            posts.push((&shop.owner.name, words, body));
        }
    }
    posts.extend(
        market
            .posts
            .iter()
            .map(|post| (post.author.as_str(), post.text.as_str(), json!({"type": "standard", "text": post.text}))),
    );
    for (author, words, body) in posts {
        if !said.contains(&(author.to_owned(), words.to_owned())) {
            node.post(Some(find(cast, author)?), "posts", "post", &body).await?;
        }
    }
    Ok(())
}
