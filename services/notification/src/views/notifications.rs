//! One's own notifications, in one's own language.

use contracts::ids::Notification;
use host::Here;
use kernel::{Fault, Id, Locale, Page, PageQuery, Timestamp, User, zone::HOME};
use serde::Serialize;
use sqlx::types::Json;
use utoipa::ToSchema;

use crate::model::{
    data::Data,
    kind::Kind,
    private::Private,
    words::{Said, render},
};

/// One notification.
#[derive(Serialize, ToSchema)]
pub struct NotificationView {
    pub id: Id<Notification>,
    #[serde(rename = "type")]
    pub kind: Kind,
    #[schema(example = "Your order is on its way")]
    pub title: String,
    #[schema(example = "Kitenge dress from Amina Fabrics was sent with Bus.")]
    pub body: String,
    #[schema(required)]
    pub read_at: Option<Timestamp>,
    pub at: Timestamp,
    /// Where a tap on it leads, relative to the public address.
    #[schema(example = "/orders/ord_01jc7hnyg70000800000000001")]
    pub link: String,
}

/// How many are unread.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnreadCount {
    #[schema(example = 3)]
    pub count: i64,
}

struct Row {
    id: Id<Notification>,
    kind: Kind,
    template: String,
    data: Json<Data>,
    link: String,
    at: Timestamp,
    read_at: Option<Timestamp>,
    locale: Locale,
    time_zone: Option<String>,
    name: String,
}

/// In the language of the page around them, or in the reader's own.
pub async fn list(
    here: &Here,
    viewer: Id<User>,
    locale: Option<Locale>,
    query: &PageQuery,
) -> Result<Page<NotificationView>, Fault> {
    let (limit, key, name) = (query.limit()?, here.config.keys.cursors(), format!("notification.{viewer}"));
    let after = query.after::<(Timestamp, Id<Notification>)>(&key, &name)?;
    let rows = load(here, viewer, after, limit).await?;
    let page = Page::cut(rows, limit, &key, &name, |row| (row.at, row.id))?;
    let items: Result<Vec<_>, _> = page.items.into_iter().map(|row| read(row, locale)).collect();
    Ok(Page { items: items?, next_cursor: page.next_cursor })
}

/// Words are made here, at every look: a changed language or name shows at once.
fn read(row: Row, locale: Option<Locale>) -> Result<NotificationView, Fault> {
    let zone = row.time_zone.as_deref().unwrap_or(HOME);
    let said = Said { template: &row.template, data: &row.data.0, name: Private(&row.name), at: row.at, until: None, zone };
    let words = render(locale.unwrap_or(row.locale), &said)?;
    let (id, kind, link, at, read_at) = (row.id, row.kind, row.link, row.at, row.read_at);
    Ok(NotificationView { id, kind, title: words.title, body: words.body, read_at, at, link })
}

/// What speaks of somebody who is locked, or whom the reader hears nothing of, isn't shown: nobody else shows them either (X6).
async fn load(
    here: &Here,
    viewer: Id<User>,
    after: Option<(Timestamp, Id<Notification>)>,
    limit: u16,
) -> Result<Vec<Row>, Fault> {
    let (at, id) = after.unzip();
    Ok(sqlx::query_as!(
        Row,
        r#"select notification.id, kind, template, data as "data: Json<Data>", link, at, read_at,
                  coalesce(reader.chosen_locale, reader.locale) as "locale!: Locale", reader.time_zone,
                  coalesce(other.username, reader.display_name) as "name!"
             from notification.notification
             join notification.person reader on reader.user_id = notification.user_id
             left join notification.person other on other.user_id = notification.about
            where notification.user_id = $1
              and (about is null or (other.state = 'open' and not other.withheld and not exists (select 1 from notification.silences($1, about, $5))))
              and (at, id) < (coalesce($2, 'infinity'::timestamptz), coalesce($3, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
            order by at desc, id desc
            limit $4"#,
        viewer.uuid(),
        at,
        id.map(Id::uuid),
        i64::from(limit) + 1,
        here.clock.now(),
    )
    .fetch_all(here.db.reader())
    .await?)
}

pub async fn unread_count(here: &Here, viewer: Id<User>) -> Result<UnreadCount, Fault> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!"
             from notification.notification
             left join notification.person other on other.user_id = notification.about
            where notification.user_id = $1
              and read_at is null
              and (about is null or (other.state = 'open' and not other.withheld and not exists (select 1 from notification.silences($1, about, $2))))"#,
        viewer.uuid(),
        here.clock.now(),
    );
    Ok(UnreadCount { count: count.fetch_one(here.db.reader()).await? })
}
