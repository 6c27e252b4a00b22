//! CDNs, and whether the caches of each leave queries out of their key as they are set up by default.

/// A CDN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cdn {
    /// Its name in the configuration.
    pub name: &'static str,
    /// Its name for people.
    pub shown: &'static str,
    /// Whether it serves one copy for all queries by default.
    pub ignores_query: bool,
}

const fn cdn(name: &'static str, shown: &'static str, ignores_query: bool) -> Cdn {
    Cdn { name, shown, ignores_query }
}

/// The CDNs by what their documentation says of cache keys: the managed `CachingOptimized` policy of `CloudFront`, Azure CDN's
/// and Edgio's standard caching, and bunny.net without Vary Cache ignore queries.
pub static CDNS: [Cdn; 9] = [
    cdn("akamai", "Akamai", false),
    cdn("azure", "Azure CDN", true),
    cdn("bunny", "bunny.net", true),
    cdn("cloudflare", "Cloudflare", false),
    cdn("cloudfront", "CloudFront", true),
    cdn("edgio", "Edgio", true),
    cdn("fastly", "Fastly", false),
    cdn("gcore", "Gcore", false),
    cdn("google", "Google Cloud CDN", false),
];
