//! Work on a clock.

use std::time::Duration;

use crate::world::{Place, post};

const DAY: Duration = Duration::from_hours(24);

#[tokio::test]
async fn x12_the_words_of_a_deleted_post_go_after_thirty_days_and_no_others() {
    let place = Place::open().await;
    let amina = place.stage.person();
    let path = post(&amina, "Soon gone").await;
    post(&amina, "To stay").await;
    assert_eq!(amina.delete(&path).await.status, 204);
    let words = async || {
        let words = sqlx::query_scalar::<_, String>("select text from social.post where text <> '' order by text");
        words.fetch_all(&place.stage.database.owner).await.unwrap()
    };
    place.stage.advance(DAY * 29);
    place.stage.settle().await;
    assert_eq!(words().await, ["Soon gone", "To stay"]);
    place.stage.advance(DAY + Duration::from_hours(1));
    place.stage.settle().await;
    assert_eq!(words().await, ["To stay"]);
}
