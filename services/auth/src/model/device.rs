//! What a device calls itself: a name and a platform out of its User-Agent, for the list its owner sees.

/// Longest User-Agent that is looked at.
const LONGEST: usize = 400;
/// A word that gives a platform away, the platform, and how people call it; the first that matches counts.
const PLATFORMS: [(&str, &str, &str); 6] = [
    ("android", "android", "Android"),
    ("iphone", "ios", "iPhone"),
    ("ipad", "ios", "iPad"),
    ("windows", "windows", "Windows"),
    ("mac os", "macos", "Mac"),
    ("linux", "linux", "Linux"),
];
/// Browsers name those they stem from, too: the younger ones come first.
const BROWSERS: [(&str, &str); 7] = [
    ("edg", "Edge"),
    ("opr/", "Opera"),
    ("samsungbrowser", "Samsung Internet"),
    ("firefox", "Firefox"),
    ("chrome", "Chrome"),
    ("safari", "Safari"),
    ("nexgate", "Nexgate"),
];

/// A device as its owner sees it in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    pub name: String,
    pub platform: &'static str,
}

/// What a User-Agent header says; it is a hint and nothing else.
pub fn look(user_agent: Option<&str>) -> Look {
    let agent: String = user_agent.unwrap_or_default().chars().take(LONGEST).collect::<String>().to_ascii_lowercase();
    let platform = PLATFORMS.iter().find(|(word, ..)| agent.contains(word));
    let browser = BROWSERS.iter().find(|(word, _)| agent.contains(word));
    let name = match (browser, platform) {
        (Some((_, browser)), Some((.., platform))) => format!("{browser} on {platform}"),
        (Some((_, browser)), None) => (*browser).to_owned(),
        (None, Some((.., platform))) => (*platform).to_owned(),
        (None, None) => "Unknown device".to_owned(),
    };
    Look { name, platform: platform.map_or("other", |(_, platform, _)| platform) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a5_devices_get_the_names_people_know() {
        for (agent, name, platform) in [
            (
                "Mozilla/5.0 (Linux; Android 14; TECNO BG6) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36",
                "Chrome on Android",
                "android",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/604.1",
                "Safari on iPhone",
                "ios",
            ),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox on Linux", "linux"),
            ("Nexgate/1.0 (Android 13)", "Nexgate on Android", "android"),
            ("curl/8.1", "Unknown device", "other"),
        ] {
            assert_eq!(look(Some(agent)), Look { name: name.into(), platform }, "{agent}");
        }
        assert_eq!(look(None).name, "Unknown device");
    }
}
