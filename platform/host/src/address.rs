//! Where a database is: for us, for PostgreSQL's programs, and for people.

use std::{ffi::OsString, fmt, path::Path, time::Duration};

use sqlx::{Connection, PgConnection, postgres::PgConnectOptions};

use crate::db;

/// How long a database may take to answer a new connection.
const PATIENCE: Duration = Duration::from_secs(10);

/// A database's address. Shown to people it has no password.
#[derive(Clone)]
pub(crate) struct Address {
    pub options: PgConnectOptions,
    password: Option<String>,
}

impl Address {
    pub fn read(url: &str) -> Result<Self, String> {
        let options = db::options(url).map_err(|fault| fault.to_string())?;
        Ok(Self { options, password: password(url).map(decoded) })
    }

    pub fn database(&self) -> &str {
        self.options.get_database().unwrap_or_else(|| self.options.get_username())
    }

    pub async fn connect(&self) -> Result<PgConnection, String> {
        match tokio::time::timeout(PATIENCE, PgConnection::connect_with(&self.options.clone().options(db::PLANS))).await {
            Ok(connected) => connected.map_err(|error| self.told(&error)),
            Err(_) => Err(format!("{self} doesn't answer")),
        }
    }

    /// An error, with the database it came from.
    pub fn told(&self, error: &impl fmt::Display) -> String {
        format!("{self}: {error}")
    }

    /// How libpq reads the same from its environment. A command line could be read by every user of the machine. A password
    /// that isn't in the address is where libpq and we both look: in `PGPASSWORD` or in `PGPASSFILE`.
    pub fn environment(&self) -> Vec<(&'static str, OsString)> {
        let host = self.options.get_socket().map_or(Path::new(self.options.get_host()), |socket| socket.as_path());
        let mut environment = vec![
            ("PGHOST", host.into()),
            ("PGPORT", self.options.get_port().to_string().into()),
            ("PGUSER", self.options.get_username().into()),
            ("PGDATABASE", self.database().into()),
        ];
        environment.extend(self.password.iter().map(|password| ("PGPASSWORD", password.into())));
        environment
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.options.get_socket() {
            Some(socket) => write!(f, "{} in {}", self.database(), socket.display()),
            None => write!(f, "{} at {}:{}", self.database(), self.options.get_host(), self.options.get_port()),
        }
    }
}

/// The password as the URL has it: before the host or, as libpq allows too, among the parameters.
fn password(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let (authority, _) = rest.split_once(['/', '?', '#']).unwrap_or((rest, ""));
    let before_host = authority.rsplit_once('@').and_then(|(user, _)| user.split_once(':')).map(|(_, password)| password);
    let parameters = rest.split_once('?').map_or("", |(_, parameters)| parameters).split('&');
    parameters.filter_map(|parameter| parameter.strip_prefix("password=")).next_back().or(before_host)
}

/// Percent-decodes part of a URL (RFC 3986).
fn decoded(text: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), text.as_bytes());
    while let Some((first, after)) = rest.split_first() {
        let code =
            after.get(..2).filter(|_| *first == b'%').and_then(|code| data_encoding::HEXUPPER_PERMISSIVE.decode(code).ok());
        bytes.push(code.as_ref().and_then(|code| code.first()).copied().unwrap_or(*first));
        rest = if code.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_is_shown_without_its_password() {
        let shown = |url: &str| Address::read(url).unwrap().to_string();
        assert_eq!(shown("postgres://amina:canary@db.test:5433/market"), "market at db.test:5433");
        assert_eq!(shown("postgres://amina:canary@localhost/market?host=/run/pg"), "market in /run/pg");
        assert_eq!(shown("postgres://amina:canary@db.test"), "amina at db.test:5432");
    }

    #[test]
    fn programs_find_the_same_database_with_the_same_password() {
        let cases = [
            ("postgres://amina:can%40ry%2F%C3%BC@db.test:5433/market?sslmode=disable", ["db.test", "5433", "market"], "can@ry/ü"),
            ("postgres://amina:100%25:@localhost/market?host=/run/pg", ["/run/pg", "5432", "market"], "100%:"),
            ("postgres://amina@db.test/market?password=can%26ry&port=5433", ["db.test", "5433", "market"], "can&ry"),
            ("postgres://amina@db.test/market?application_name=a:b@c", ["db.test", "5432", "market"], ""),
        ];
        for (url, [host, port, database], password) in cases {
            let found = Address::read(url).unwrap().environment();
            let value = |name: &str| found.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value.to_str().unwrap());
            assert_eq!([value("PGHOST"), value("PGPORT"), value("PGDATABASE")], [host, port, database], "{url}");
            assert_eq!((value("PGUSER"), value("PGPASSWORD")), ("amina", password), "{url}");
        }
    }
}
