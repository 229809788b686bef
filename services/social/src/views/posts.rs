//! Posts in full.

use contracts::{
    files::{Picture, PictureView},
    ids::{Post, Product},
    profile::Card,
};
use host::Here;
use kernel::{Fault, Id, Timestamp, User};
use serde::{Deserialize, Serialize};
use sqlx::types::Json;
use utoipa::ToSchema;

use super::{
    authors::Authors,
    cards::{CardView, Products},
};
use crate::model::{
    draft::PostType,
    filling::{Listed, Place},
};

/// A post as the viewer sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PostView {
    pub id: Id<Post>,
    #[serde(rename = "type")]
    #[schema(example = "product")]
    pub kind: PostType,
    pub authors: Vec<Card>,
    #[schema(example = "New dresses!")]
    pub text: String,
    /// Those of its pictures that are ready, in their order.
    pub media: Vec<AttachmentView>,
    /// Null on posts without a product.
    #[schema(required)]
    pub card: Option<CardView>,
    /// Orders placed from this post.
    #[schema(example = 3)]
    pub sales: i64,
    pub published_at: Timestamp,
    /// Null while nothing was changed.
    #[schema(required)]
    pub edited_at: Option<Timestamp>,
    /// Whether a moderator keeps it from everybody but its author; not said where nobody does.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(example = false)]
    pub withheld: bool,
}

/// A picture of a post.
#[derive(Debug, Serialize, ToSchema)]
pub struct AttachmentView {
    /// What it shows; empty where nobody said.
    #[schema(example = "A red dress on a line")]
    pub alt: String,
    #[serde(flatten)]
    pub picture: PictureView,
}

/// The same, as it is kept.
#[derive(Deserialize)]
pub struct Attachment {
    alt: String,
    picture: Picture,
}

/// A post as it is read, before it is known who may see it.
pub struct Row {
    pub id: Id<Post>,
    pub author: Id<User>,
    pub text: String,
    pub product: Option<Id<Product>>,
    pub sales: i64,
    pub published_at: Timestamp,
    pub edited_at: Option<Timestamp>,
    pub withheld: bool,
    pub media: Option<Json<Vec<Attachment>>>,
}

impl Row {
    /// What is withheld is there for its author only.
    pub fn is_for(&self, viewer: Option<Id<User>>) -> bool {
        !self.withheld || viewer == Some(self.author)
    }
}

impl Listed for Row {
    fn place(&self) -> Place {
        (self.published_at, self.id)
    }
}

/// One post; 404 where it isn't there for the viewer.
pub async fn by_id(here: &Here, viewer: Option<Id<User>>, id: Id<Post>) -> Result<PostView, Fault> {
    let row = load(here, id).await?.filter(|row| row.is_for(viewer)).ok_or_else(Fault::not_found)?;
    render(here, vec![row], &mut Authors::of(viewer)).await?.pop().ok_or_else(Fault::not_found)
}

/// Posts of authors who may be shown, with their live cards. Products come first: then one question is about authors and
/// sellers alike, unless a list has met its authors already.
pub async fn render(here: &Here, mut rows: Vec<Row>, authors: &mut Authors) -> Result<Vec<PostView>, Fault> {
    let products = Products::of(here, rows.iter().filter_map(|row| row.product).collect()).await;
    let wrote = rows.iter().map(|row| row.author);
    authors.meet(here, wrote.chain(products.sellers())).await?;
    rows.retain(|row| authors.card(row.author).is_some());
    let authors = &*authors;
    let view = |row: Row| PostView {
        id: row.id,
        kind: PostType::with(row.product),
        authors: authors.card(row.author).cloned().into_iter().collect(),
        text: row.text,
        media: row.media.map(|media| attached(media.0, &here.config.media_url)).unwrap_or_default(),
        card: row.product.map(|product| products.card(product, authors)),
        sales: row.sales,
        published_at: row.published_at,
        edited_at: row.edited_at,
        withheld: row.withheld,
    };
    Ok(rows.into_iter().map(view).collect())
}

pub(super) fn attached(media: Vec<Attachment>, media_url: &str) -> Vec<AttachmentView> {
    let view = |one: Attachment| AttachmentView { alt: one.alt, picture: one.picture.shown(media_url) };
    media.into_iter().map(view).collect()
}

async fn load(here: &Here, post: Id<Post>) -> Result<Option<Row>, Fault> {
    Ok(sqlx::query_as!(
        Row,
        r#"select post.id, post.author, post.text, post.product_id as product, post.sales, post.published_at, post.edited_at,
                post.withheld_at is not null as "withheld!", attached.media as "media: Json<Vec<Attachment>>"
           from social.post
           join social.person writer on writer.user_id = post.author
          cross join lateral social.attached(post) as attached
          where post.id = $1
            and post.deleted_at is null
            and writer.state = 'open'"#,
        post.uuid(),
    )
    .fetch_optional(here.db.reader())
    .await?)
}
