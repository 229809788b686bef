//! Who is in the market, what they sell and what they buy, as `market.toml` says.

use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Market {
    /// Everybody's.
    pub password: String,
    /// Those who only buy.
    pub people: Vec<Person>,
    pub shops: Vec<Shop>,
    pub orders: Vec<Order>,
    pub posts: Vec<Post>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// The username, and the first part of the e-mail address.
    pub name: String,
    pub shown: String,
    pub birth: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shop {
    pub owner: Person,
    pub handle: String,
    pub name: String,
    pub says: String,
    pub products: Vec<Product>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Product {
    pub name: String,
    pub about: String,
    /// Shillings.
    pub price: i64,
    pub stock: i64,
    /// What its picture shows, and in which colour, in degrees.
    pub art: super::art::Art,
    pub hue: u16,
    /// What its seller says when they post it.
    pub post: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Order {
    pub buyer: String,
    pub product: String,
    pub goal: Goal,
}

/// How far an order has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Goal {
    Placed,
    Accepted,
    Shipped,
    Delivered,
    Cancelled,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Post {
    pub author: String,
    pub text: String,
}

impl Market {
    pub fn read() -> Result<Self, String> {
        toml::from_str(include_str!("market.toml")).map_err(|error| error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_market_is_a_dozen_shops_with_forty_products_and_orders_in_every_state() {
        let market = Market::read().unwrap();
        let products: Vec<&Product> = market.shops.iter().flat_map(|shop| &shop.products).collect();
        let names: HashSet<&str> = products.iter().map(|product| product.name.as_str()).collect();
        assert_eq!((market.shops.len(), products.len(), names.len()), (12, 40, 40));
        for goal in [Goal::Placed, Goal::Accepted, Goal::Shipped, Goal::Delivered, Goal::Cancelled] {
            assert!(market.orders.iter().any(|order| order.goal == goal), "{goal:?}");
        }
        assert!(market.orders.iter().all(|order| names.contains(order.product.as_str())));
        let people: HashSet<&str> =
            market.people.iter().chain(market.shops.iter().map(|shop| &shop.owner)).map(|person| person.name.as_str()).collect();
        assert_eq!(people.len(), 18);
        assert!(
            market
                .orders
                .iter()
                .map(|order| &order.buyer)
                .chain(market.posts.iter().map(|post| &post.author))
                .all(|name| people.contains(name.as_str()))
        );
    }
}
