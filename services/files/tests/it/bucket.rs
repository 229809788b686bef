//! Objects in a bucket: the same service on an S3-compatible server, as somebody else wrote it.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

use testkit::Stage;

use crate::world::{at, document, path, picture, ready, upload, upload_private};

/// moto's server on a port of its own, with an empty bucket; it ends with the test.
struct Bucket {
    server: Child,
    url: String,
}

impl Bucket {
    #[expect(clippy::disallowed_methods, reason = "the set-up of tests, not a setting of the platform")]
    fn open() -> Self {
        let python = std::env::var("NEXGATE_TEST_PYTHON").expect("NEXGATE_TEST_PYTHON names a Python with moto");
        let mut server = Command::new(python)
            .arg("-c")
            .arg(include_str!("bucket.py"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut port = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut port).unwrap();
        Self { server, url: format!("http://key:s%2Fcret@127.0.0.1:{}/media?region=us-east-1", port.trim()) }
    }
}

impl Drop for Bucket {
    fn drop(&mut self) {
        let _gone = self.server.kill();
        let _reaped = self.server.wait();
    }
}

#[tokio::test]
async fn f5_a_bucket_keeps_serves_and_forgets_as_the_local_directory_does() {
    let bucket = Bucket::open();
    let url = bucket.url.clone();
    let stage = Stage::of(files::service()).with(|config| config.s3_url = Some(url)).start().await;
    let amina = stage.person();
    let media = ready(&stage, &amina, 1).await;
    let address = at(&media["variants"][0]["url"]);
    let served = stage.anonymous().get(&address).await;
    assert_eq!((served.status.as_u16(), served.headers["content-type"].to_str().unwrap()), (200, "image/webp"));
    let papers = upload_private(&amina, &[&document()]).await.remove(0);
    stage.settle().await;
    let papers = amina.post(&format!("{}/url", path(&papers)), serde_json::json!({})).await.ok();
    assert_eq!(stage.anonymous().get(&at(&papers["url"])).await.text.as_bytes(), document());
    assert_eq!(amina.delete(&path(&media)).await.status, 204);
    stage.settle().await;
    stage.anonymous().get(&address).await.refused(404, "not_found");
    assert!(!stage.data_dir().join("objects").exists(), "nothing lies here");
}

#[tokio::test]
async fn x8_while_the_bucket_is_away_an_upload_is_503_and_what_waits_goes_on_later() {
    let bucket = Bucket::open();
    let url = bucket.url.clone();
    let stage = Stage::of(files::service()).with(|config| config.s3_url = Some(url)).start().await;
    let amina = stage.person();
    let item = upload(&amina, &[&picture(1)]).await.remove(0);
    drop(bucket);
    let refused = crate::world::send(&amina, crate::world::form("", &[&picture(2)])).await;
    refused.refused(503, "unavailable");
    assert!(refused.headers.contains_key("retry-after"));
    for wait in 0..8 {
        stage.settle().await;
        stage.advance(std::time::Duration::from_secs(1 << wait));
    }
    assert_eq!(amina.get(&path(&item)).await.ok()["status"], "processing", "it is tried again, however often");
}
