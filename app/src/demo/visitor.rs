//! The public API as a client calls it.

use std::time::Duration;

use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};

/// How long anything may take to arrive that isn't there at once.
const PATIENCE: u32 = 200;
const PAUSE: Duration = Duration::from_millis(100);
/// Between the parts of a form.
const BOUNDARY: &str = "nexgate-demo-part";

/// A running node.
#[derive(Debug)]
pub struct Node {
    client: reqwest::Client,
    url: String,
}

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub struct Login {
    pub id: String,
    token: String,
}

impl Login {
    pub fn token(&self) -> &str {
        &self.token
    }
}

/// What was answered: the status, and JSON where there is any.
type Answered = Result<(StatusCode, Value), String>;

impl Node {
    pub fn at(url: &str) -> Result<Self, String> {
        let client = reqwest::Client::builder().timeout(Duration::from_mins(1)).build().map_err(|error| error.to_string())?;
        Ok(Self { client, url: url.trim_end_matches('/').to_owned() })
    }

    /// A page of ours, or `None` where there is none.
    pub async fn find(&self, who: Option<&Login>, path: &str) -> Result<Option<Value>, String> {
        match self.send(self.request(who, Method::GET, path), path).await? {
            (StatusCode::NOT_FOUND, _) => Ok(None),
            answered => good(path, answered).map(Some),
        }
    }

    pub async fn get(&self, who: &Login, path: &str) -> Result<Value, String> {
        good(path, self.send(self.request(Some(who), Method::GET, path), path).await?)
    }

    /// Every item of a list.
    pub async fn all(&self, who: &Login, path: &str) -> Result<Vec<Value>, String> {
        let joint = if path.contains('?') { '&' } else { '?' };
        let (mut items, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = self.get(who, &format!("{path}{joint}limit=100{cursor}")).await?;
            items.extend(page["items"].as_array().cloned().unwrap_or_default());
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return Ok(items),
            }
        }
    }

    pub async fn put(&self, who: &Login, path: &str) -> Result<(), String> {
        good(path, self.send(self.request(Some(who), Method::PUT, path), path).await?).map(drop)
    }

    pub async fn patch(&self, who: &Login, path: &str, body: &Value) -> Result<(), String> {
        good(path, self.send(self.request(Some(who), Method::PATCH, path).json(body), path).await?).map(drop)
    }

    /// `key` names the wish, so that sending it twice is wishing once.
    pub async fn post(&self, who: Option<&Login>, path: &str, key: &str, body: &Value) -> Result<Value, String> {
        let request =
            self.request(who, Method::POST, path).header("idempotency-key", key.replace(|c: char| !c.is_ascii_graphic(), "_"));
        good(path, self.send(request.json(body), path).await?)
    }

    /// Uploads a picture and waits until it is ready; its id.
    pub async fn upload(&self, who: &Login, png: &[u8]) -> Result<String, String> {
        let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"picture.png\"\r\n\r\n");
        let body = [head.as_bytes(), png, format!("\r\n--{BOUNDARY}--\r\n").as_bytes()].concat();
        let request = self.request(Some(who), Method::POST, "media");
        let request = request.header("content-type", format!("multipart/form-data; boundary={BOUNDARY}")).body(body);
        let sent = good("media", self.send(request, "media").await?)?;
        let id = text(&sent["items"][0], "id").map_err(|_| format!("media: {}", sent["items"][0]))?;
        self.until(who, &format!("media/{id}"), |media| media["status"] != "processing").await?;
        Ok(id)
    }

    /// Asks again and again until what is there is as it should be.
    pub async fn until(&self, who: &Login, path: &str, is_so: impl Fn(&Value) -> bool) -> Result<Value, String> {
        for _ in 0..PATIENCE {
            let seen = self.get(who, path).await?;
            if is_so(&seen) {
                return Ok(seen);
            }
            tokio::time::sleep(PAUSE).await;
        }
        Err(format!("{path}: it isn't as it should be after {} s", (PAUSE * PATIENCE).as_secs()))
    }

    /// The newest code sent to an address, from the development outbox.
    pub async fn code_for(&self, to: &str) -> Result<String, String> {
        for _ in 0..PATIENCE {
            let path = format!("/dev/outbox?to={to}");
            let (status, outbox) = self.send(self.client.get(format!("{}{path}", self.url)), &path).await?;
            if status == StatusCode::NOT_FOUND {
                return Err("this node isn't in development mode: nobody can read the codes it sends".into());
            }
            let newest = outbox["items"].as_array().and_then(|items| items.iter().find_map(|item| item["data"]["code"].as_str()));
            if let Some(code) = newest {
                return Ok(code.to_owned());
            }
            tokio::time::sleep(PAUSE).await;
        }
        Err(format!("no code came to {to}"))
    }

    pub async fn log_in(&self, email: &str, password: &str) -> Result<Login, String> {
        let body = json!({"identifier": email, "password": password});
        login(&self.post(None, "auth/login", "log-in", &body).await?)
    }

    fn request(&self, who: Option<&Login>, method: Method, path: &str) -> RequestBuilder {
        let request = self.client.request(method, format!("{}/api/v1/{path}", self.url));
        match who {
            Some(login) => request.bearer_auth(&login.token),
            None => request,
        }
    }

    /// One that is shed waits as long as it is told.
    async fn send(&self, request: RequestBuilder, path: &str) -> Answered {
        let mut left = PATIENCE;
        loop {
            let again = request.try_clone().ok_or("a request can't be repeated")?;
            let answer = again.send().await.map_err(|error| format!("{path}: is a node running at {}? {error}", self.url))?;
            let status = answer.status();
            let is_later = status == StatusCode::SERVICE_UNAVAILABLE || status == StatusCode::TOO_MANY_REQUESTS;
            if !is_later || left == 0 {
                let text = answer.text().await.map_err(|error| format!("{path}: {error}"))?;
                return Ok((status, serde_json::from_str(&text).unwrap_or(Value::Null)));
            }
            left -= 1;
            tokio::time::sleep(PAUSE).await;
        }
    }
}

/// What a sign-up or a login answers.
pub fn login(tokens: &Value) -> Result<Login, String> {
    Ok(Login { id: text(tokens, "user_id")?, token: text(tokens, "access_token")? })
}

pub fn text(value: &Value, field: &str) -> Result<String, String> {
    value[field].as_str().map(str::to_owned).ok_or_else(|| format!("an answer has no {field}"))
}

fn good(path: &str, (status, body): (StatusCode, Value)) -> Result<Value, String> {
    if status.is_success() { Ok(body) } else { Err(format!("{path}: {status} {} {}", body["code"], body["detail"])) }
}
