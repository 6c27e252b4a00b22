//! CDNs, and whether the caches of each leave queries out of their key as they are set up by default.

/// A CDN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cdn {
    /// Its name in the configuration.
    pub name: &'static str,
    /// Its name for people.
    pub shown: &'static str,
    /// Whether it serves one copy for all queries by default; `None` where its documentation names no default.
    pub ignores_query: Option<bool>,
}

const fn cdn(name: &'static str, shown: &'static str, ignores_query: Option<bool>) -> Cdn {
    Cdn { name, shown, ignores_query }
}

/// The CDNs by what their documentation says of cache keys: the managed `CachingOptimized` policy of `CloudFront`, Azure CDN's
/// and Edgio's standard caching, and bunny.net without Vary Cache ignore queries. Azure Front Door has it set for each route
/// and `KeyCDN` for each zone.
pub static CDNS: [Cdn; 11] = [
    cdn("akamai", "Akamai", Some(false)),
    cdn("azure", "Azure CDN", Some(true)),
    cdn("azure-front-door", "Azure Front Door", None),
    cdn("bunny", "bunny.net", Some(true)),
    cdn("cloudflare", "Cloudflare", Some(false)),
    cdn("cloudfront", "CloudFront", Some(true)),
    cdn("edgio", "Edgio", Some(true)),
    cdn("fastly", "Fastly", Some(false)),
    cdn("gcore", "Gcore", Some(false)),
    cdn("google", "Google Cloud CDN", Some(false)),
    cdn("keycdn", "KeyCDN", None),
];
