//! Who calls: behind a proxy we trust, the address it saw.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::HeaderMap,
    middleware::Next,
    response::Response,
};
use ipnet::IpNet;

const FORWARDED_FOR: &str = "x-forwarded-for";

/// Puts the caller's own address in the place of a trusted proxy's.
pub(super) async fn behind_proxies(State(trusted): State<Arc<[IpNet]>>, mut request: Request, next: Next) -> Response {
    if let Some(ConnectInfo(peer)) = request.extensions().get::<ConnectInfo<SocketAddr>>().copied() {
        let caller = caller(peer.ip(), request.headers(), &trusted);
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(caller, peer.port())));
    }
    next.run(request).await
}

/// The nearest address that isn't a proxy of ours: each proxy adds at the end whom it heard, so what stands before the first
/// stranger may be made up.
fn caller(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_ours = |address: &IpAddr| trusted.iter().any(|net| net.contains(address));
    let texts: Vec<&str> = headers.get_all(FORWARDED_FOR).iter().filter_map(|value| value.to_str().ok()).collect();
    // On a listener for both families a proxy comes as `::ffff:10.0.0.1`.
    let mut nearest = peer.to_canonical();
    for hop in texts.iter().flat_map(|text| text.split(',')).rev() {
        if !is_ours(&nearest) {
            break;
        }
        match address(hop.trim()) {
            Some(address) => nearest = address,
            None => break,
        }
    }
    nearest
}

/// An address, as some proxies write it with its port.
fn address(text: &str) -> Option<IpAddr> {
    let plain = text.trim_start_matches('[').trim_end_matches(']').parse().ok();
    plain.or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip())).map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(peer: &str, forwarded: &[&str]) -> String {
        let trusted = ["10.0.0.0/8", "fd00::/8"].map(|net| net.parse().unwrap());
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append(FORWARDED_FOR, value.parse().unwrap());
        }
        caller(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn the_nearest_stranger_counts_and_nobody_makes_up_another() {
        assert_eq!(seen("10.0.0.1", &["41.59.1.2"]), "41.59.1.2");
        assert_eq!(seen("10.0.0.1", &["1.1.1.1, 41.59.1.2"]), "41.59.1.2", "the caller said 1.1.1.1");
        assert_eq!(seen("10.0.0.1", &["1.1.1.1", "41.59.1.2, 10.0.0.7"]), "41.59.1.2", "two proxies, two headers");
        assert_eq!(seen("fd00::1", &["[2001:db8::7]:443"]), "2001:db8::7");
        assert_eq!(seen("41.59.1.2", &["1.1.1.1"]), "41.59.1.2", "who is no proxy is not believed");
        assert_eq!(seen("::ffff:10.0.0.1", &["41.59.1.2"]), "41.59.1.2");
        assert_eq!(seen("10.0.0.1", &["unknown"]), "10.0.0.1");
        assert_eq!(seen("10.0.0.1", &[]), "10.0.0.1");
    }
}
