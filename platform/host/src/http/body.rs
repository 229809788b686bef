//! JSON bodies: read within the limit, parsed with a pointer to what is wrong, checked by the type's own rules.

use std::time::Duration;

use axum::{
    body::{Bytes, HttpBody},
    extract::{FromRequest, Request},
    http::header,
};
use futures_util::{StreamExt, stream};
use garde::Validate;
use kernel::{Fault, Field, Kind};
use serde::{Deserialize, de::DeserializeOwned};

use super::{Problem, strict::Strict};
use crate::here::Here;

/// A JSON body that obeys its type's rules.
#[derive(Debug)]
pub struct Body<T>(pub T);

/// For routes whose body says nothing: empty, or an empty object.
#[derive(Debug, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct NoBody {}

impl<T> FromRequest<Here> for Body<T>
where
    T: DeserializeOwned + Validate<Context = ()>,
{
    type Rejection = Problem;

    async fn from_request(request: Request, here: &Here) -> Result<Self, Problem> {
        let bytes = read(request, here.config.limits.body_bytes).await?;
        Ok(Self(parse(&bytes)?))
    }
}

/// The bytes of a body as they came, whatever they are: for what others sign.
#[derive(Debug)]
pub struct RawBody(pub Bytes);

impl FromRequest<Here> for RawBody {
    type Rejection = Problem;

    async fn from_request(request: Request, here: &Here) -> Result<Self, Problem> {
        let most = here.config.limits.body_bytes;
        let bytes = axum::body::to_bytes(request.into_body(), most).await;
        Ok(Self(bytes.map_err(|error| unread(error, most))?))
    }
}

/// The whole body, or 413 past `most` bytes, or 415 where it isn't JSON.
pub(super) async fn read(request: Request, most: usize) -> Result<Bytes, Fault> {
    let json = request.headers().get(header::CONTENT_TYPE).is_none_or(is_json);
    let bytes = axum::body::to_bytes(request.into_body(), most).await.map_err(|error| unread(error, most))?;
    if json || bytes.is_empty() {
        Ok(bytes)
    } else {
        Err(Fault::new(Kind::MediaType, "unsupported_media_type", "Send application/json."))
    }
}

fn unread(error: axum::Error, most: usize) -> Fault {
    let cause = error.into_inner();
    if cause.is::<http_body_util::LengthLimitError>() {
        return Fault::new(Kind::TooLarge, "body_too_large", format!("The body may have at most {most} bytes."));
    }
    Fault::new(Kind::Malformed, "body_unreadable", "The body ended too early or came too slowly.").because(cause)
}

/// A body that must be there in time: who sends a byte now and then would keep a place for ever.
pub(super) fn in_time(body: axum::body::Body, patience: Duration) -> axum::body::Body {
    if body.is_end_stream() {
        return body;
    }
    let late = stream::once(async move {
        tokio::time::sleep(patience).await;
        Some(Err(axum::Error::new("the body took too long")))
    });
    let data = body.into_data_stream().map(Some).chain(stream::once(async { None }));
    axum::body::Body::from_stream(stream::select(data, late).scan((), |(), next| std::future::ready(next)))
}

fn is_json(value: &header::HeaderValue) -> bool {
    essence(value) == "application/json"
}

/// The media type without its parameters, in lower case.
fn essence(value: &header::HeaderValue) -> String {
    value.to_str().unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

pub(super) fn parse<T>(bytes: &[u8]) -> Result<T, Fault>
where
    T: DeserializeOwned + Validate<Context = ()>,
{
    let bytes = if bytes.is_empty() { b"{}" } else { bytes };
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let read: Strict = serde_path_to_error::deserialize(&mut reader).map_err(|error| refused(&error))?;
    reader.end().map_err(|error| malformed(&error))?;
    checked(serde_path_to_error::deserialize(read).map_err(|error| refused(&error))?)
}

/// A value that obeys its type's rules, or 422 with a pointer to what doesn't.
pub fn checked<T: Validate<Context = ()>>(value: T) -> Result<T, Fault> {
    value.validate().map_err(|report| broken(&report))?;
    Ok(value)
}

/// A whole form as it came (`application/x-www-form-urlencoded`): 413 past the limit, 415 where it is something else.
pub async fn text(request: Request, here: &Here) -> Result<Bytes, Fault> {
    let is_form =
        request.headers().get(header::CONTENT_TYPE).is_some_and(|value| essence(value) == "application/x-www-form-urlencoded");
    let most = here.config.limits.body_bytes;
    let bytes = axum::body::to_bytes(request.into_body(), most).await.map_err(|error| unread(error, most))?;
    if is_form || bytes.is_empty() {
        Ok(bytes)
    } else {
        Err(Fault::new(Kind::MediaType, "unsupported_media_type", "Send application/x-www-form-urlencoded."))
    }
}

fn malformed(error: &serde_json::Error) -> Fault {
    Fault::new(Kind::Malformed, "malformed_json", format!("The body isn't JSON: {error}."))
}

/// Not JSON at all is 400; JSON of the wrong shape is 422 with a pointer to the place.
fn refused(error: &serde_path_to_error::Error<serde_json::Error>) -> Fault {
    let inner = error.inner();
    if inner.is_data() { Fault::field(pointer(&error.path().to_string()), "wrong_type", plain(inner)) } else { malformed(inner) }
}

/// The parser's words without its line and column, which mean nothing to a form.
fn plain(error: &serde_json::Error) -> String {
    let words = error.to_string();
    words.split(" at line ").next().unwrap_or_default().to_owned()
}

fn broken(report: &garde::Report) -> Fault {
    let fault = Fault::new(Kind::Invalid, "invalid", "Some fields were refused.");
    report.iter().fold(fault, |fault, (path, error)| fault.with_field(field(pointer(&path.to_string()), error.message())))
}

/// A broken rule, which garde tells in words alone.
fn field(pointer: String, said: &str) -> Field {
    let limit = |rule: &str| said.strip_prefix(rule)?.parse::<i64>().ok();
    if let Some(least) = limit("length is lower than ") {
        return Field::refused(pointer, "too_short", format!("There must be at least {least}.")).at(least);
    }
    if let Some(most) = limit("length is greater than ") {
        return Field::refused(pointer, "too_long", format!("There may be at most {most}.")).at(most);
    }
    if let Some(least) = limit("lower than ") {
        return Field::refused(pointer, "too_small", format!("It must be at least {least}.")).at(least);
    }
    if let Some(most) = limit("greater than ") {
        return Field::refused(pointer, "too_great", format!("It may be at most {most}.")).at(most);
    }
    if [kernel::text::NOT_PLAIN, kernel::text::NOT_A_LINE].contains(&said) {
        return Field::refused(pointer, "unreadable_text", said.to_owned());
    }
    Field::refused(pointer, "invalid", said.to_owned())
}

/// `items[0].name` as a JSON pointer (RFC 6901); the root is the empty pointer.
fn pointer(path: &str) -> String {
    if path == "." {
        return String::new();
    }
    let parts = path.split(['.', '[', ']']).filter(|part| !part.is_empty());
    parts.fold(String::new(), |pointer, part| format!("{pointer}/{}", part.replace('~', "~0").replace('/', "~1")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize, Validate)]
    #[serde(deny_unknown_fields)]
    struct Basket {
        #[garde(dive)]
        lines: Vec<Line>,
    }
    #[derive(Debug, Deserialize, Validate)]
    struct Line {
        #[garde(range(min = 1, max = 9))]
        quantity: i64,
    }

    fn fault(text: &str) -> Fault {
        parse::<Basket>(text.as_bytes()).unwrap_err()
    }

    #[test]
    fn x8_each_kind_of_bad_body_has_its_status_code_and_pointer() {
        assert_eq!((fault("{").kind(), fault("{").code()), (Kind::Malformed, "malformed_json"));
        assert_eq!(fault("{\"lines\":[]} x").code(), "malformed_json");
        for text in ["{\"lines\":[{\"quantity\":\"2\"}]}", "{\"lines\":[{\"quantity\":1.5}]}", "{\"lines\":[{\"quantity\":99}]}"]
        {
            let fault = fault(text);
            assert_eq!((fault.kind(), fault.fields()[0].pointer.as_str()), (Kind::Invalid, "/lines/0/quantity"), "{text}");
        }
        assert_eq!(fault("{\"lines\":[],\"more\":1}").kind(), Kind::Invalid);
        for text in ["[]", "null", "7", "\"{}\""] {
            assert_eq!((fault(text).code(), fault(text).fields()[0].pointer.as_str()), ("invalid", ""), "{text}");
        }
        assert!(parse::<Basket>(b"{\"lines\":[{\"quantity\":2}]}").is_ok());
    }

    #[test]
    fn x8_a_broken_rule_has_a_code_of_its_own_and_tells_its_limit() {
        #[derive(Debug, Deserialize, Validate)]
        struct Bounds {
            #[garde(length(chars, min = 2, max = 3))]
            name: String,
            #[garde(range(min = -1, max = 9))]
            count: i64,
            #[garde(custom(kernel::text::line))]
            line: String,
        }
        let broken = |name: &str, count, line: &str| {
            let fault = checked(Bounds { name: name.into(), count, line: line.into() }).unwrap_err();
            let [field] = fault.fields() else { panic!("{fault:?}") };
            (field.pointer.clone(), field.code.clone().into_owned(), field.limit)
        };
        let is = |pointer: &str, code: &str, limit| (pointer.to_owned(), code.to_owned(), limit);
        assert_eq!(broken("é", 0, ""), is("/name", "too_short", Some(2)));
        assert_eq!(broken("éééé", 0, ""), is("/name", "too_long", Some(3)));
        assert_eq!(broken("éé", -2, ""), is("/count", "too_small", Some(-1)));
        assert_eq!(broken("éé", 10, ""), is("/count", "too_great", Some(9)));
        assert_eq!(broken("éé", 0, "a\nb"), is("/line", "unreadable_text", None));
    }

    #[tokio::test(start_paused = true)]
    async fn x8_a_body_that_trickles_in_is_given_up() {
        let trickle = stream::unfold((), async |()| {
            tokio::time::sleep(Duration::from_secs(1)).await;
            Some((Ok::<_, std::io::Error>(" "), ()))
        });
        let body = in_time(axum::body::Body::from_stream(trickle), Duration::from_secs(30));
        let begun = tokio::time::Instant::now();
        let refused = read(Request::new(body), 1 << 20).await.unwrap_err();
        assert_eq!((refused.code(), begun.elapsed()), ("body_unreadable", Duration::from_secs(30)));
        let whole = in_time(axum::body::Body::from("{}"), Duration::from_secs(30));
        assert_eq!(read(Request::new(whole), 2).await.unwrap(), "{}");
        let long = in_time(axum::body::Body::from("{ }"), Duration::from_secs(30));
        assert_eq!(read(Request::new(long), 2).await.unwrap_err().code(), "body_too_large");
    }

    #[test]
    fn a_pointer_escapes_what_rfc_6901_says() {
        assert_eq!(pointer("a/b.c~d[0]"), "/a~1b/c~0d/0");
        assert_eq!(pointer("."), "");
    }
}
