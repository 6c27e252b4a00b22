//! Where in a source a reference stands: the fixed set of places and their names.

/// The relation of a `<link>`, as far as it loads a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkRel {
    /// `rel="stylesheet"`.
    Stylesheet,
    /// `rel="icon"`, `rel="shortcut icon"`.
    Icon,
    /// `rel="apple-touch-icon"`, `apple-touch-icon-precomposed`, `apple-touch-startup-image`.
    AppleTouchIcon,
    /// `rel="mask-icon"`.
    MaskIcon,
    /// `rel="preload"` with `as="font"`.
    PreloadFont,
    /// `rel="preload"` of anything else.
    Preload,
    /// `rel="modulepreload"`.
    ModulePreload,
    /// `rel="prefetch"`, `rel="prerender"` of a file.
    Prefetch,
    /// `rel="manifest"`: a web app manifest.
    Manifest,
}

/// Where a reference stands. The names (`name`) are listed in server/README.md and are stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// `<link href>`.
    LinkHref(LinkRel),
    /// `<link imagesrcset>`.
    LinkImageSrcset,
    /// `<script src>`.
    ScriptSrc,
    /// `<script type="module" src>`.
    ModuleScriptSrc,
    /// `<img src>`.
    ImgSrc,
    /// `<img srcset>`, one candidate.
    ImgSrcset,
    /// `<source src>`.
    SourceSrc,
    /// `<source srcset>`, one candidate.
    SourceSrcset,
    /// `<video src>`.
    VideoSrc,
    /// `<video poster>`.
    VideoPoster,
    /// `<audio src>`.
    AudioSrc,
    /// `<track src>`.
    TrackSrc,
    /// `<embed src>`.
    EmbedSrc,
    /// `<input type="image" src>`.
    InputSrc,
    /// `<iframe src>`.
    IframeSrc,
    /// `<object data>`.
    ObjectData,
    /// SVG `<use href>` or `xlink:href`.
    UseHref,
    /// SVG `<image href>` or `xlink:href`.
    ImageHref,
    /// SVG `<feImage href>` or `xlink:href`.
    FeImageHref,
    /// `<table|td|th|tr|body background>`.
    Background,
    /// `<meta property="og:image" content>` and its kin (`og:image:url`, `og:video`, `og:audio`).
    MetaOgImage,
    /// `<meta name="twitter:image" content>`.
    MetaTwitterImage,
    /// `<meta name="msapplication-…" content>` that names a file.
    MetaMsApplication,
    /// `url()` in a `style` attribute.
    StyleAttributeUrl,
    /// `url()` in CSS.
    CssUrl,
    /// `url()` of a `@font-face` source in CSS.
    CssFontUrl,
    /// `@import` in CSS.
    CssImport,
    /// `import …`, `import()` or `export … from` in a module script.
    ModuleImport,
    /// An address in an import map.
    ImportMap,
    /// An attribute of a lazy loader (`data-src`, …).
    LazyAttribute,
    /// One candidate of a lazy loader's `data-srcset`.
    LazySrcset,
    /// Any other `data-…` attribute whose value is made by a helper.
    DataAttribute,
    /// A string in a script.
    ScriptString,
    /// A URL given to `navigator.serviceWorker.register(…)`.
    ServiceWorker,
    /// `<a href>`.
    AnchorHref,
    /// `<a href download>`.
    AnchorDownload,
    /// A helper's call in `{% set … %}` or `{% with … %}`.
    Set,
    /// A tag helper that stores its URL: `{% static '…' as name %}`.
    StoredTag,
    /// A helper's call among a macro's, function's or tag's arguments, in a list or a dictionary.
    Nested,
    /// A helper's call in running text, or in an attribute that loads nothing itself.
    Text,
}

impl Place {
    /// Its stable name in output and documentation.
    pub const fn name(self) -> &'static str {
        match self {
            Self::LinkHref(LinkRel::Stylesheet) => "link[stylesheet].href",
            Self::LinkHref(LinkRel::Icon) => "link[icon].href",
            Self::LinkHref(LinkRel::AppleTouchIcon) => "link[apple-touch-icon].href",
            Self::LinkHref(LinkRel::MaskIcon) => "link[mask-icon].href",
            Self::LinkHref(LinkRel::PreloadFont) => "link[preload][font].href",
            Self::LinkHref(LinkRel::Preload) => "link[preload].href",
            Self::LinkHref(LinkRel::ModulePreload) => "link[modulepreload].href",
            Self::LinkHref(LinkRel::Prefetch) => "link[prefetch].href",
            Self::LinkHref(LinkRel::Manifest) => "link[manifest].href",
            Self::LinkImageSrcset => "link.imagesrcset",
            Self::ScriptSrc => "script.src",
            Self::ModuleScriptSrc => "script[module].src",
            Self::ImgSrc => "img.src",
            Self::ImgSrcset => "img.srcset",
            Self::SourceSrc => "source.src",
            Self::SourceSrcset => "source.srcset",
            Self::VideoSrc => "video.src",
            Self::VideoPoster => "video.poster",
            Self::AudioSrc => "audio.src",
            Self::TrackSrc => "track.src",
            Self::EmbedSrc => "embed.src",
            Self::InputSrc => "input[image].src",
            Self::IframeSrc => "iframe.src",
            Self::ObjectData => "object.data",
            Self::UseHref => "use.href",
            Self::ImageHref => "image.href",
            Self::FeImageHref => "feImage.href",
            Self::Background => "background",
            Self::MetaOgImage => "meta[og:image].content",
            Self::MetaTwitterImage => "meta[twitter:image].content",
            Self::MetaMsApplication => "meta[msapplication].content",
            Self::StyleAttributeUrl => "style-attribute-url",
            Self::CssUrl => "css-url",
            Self::CssFontUrl => "css-font-url",
            Self::CssImport => "css-import",
            Self::ModuleImport => "module-import",
            Self::ImportMap => "import-map",
            Self::LazyAttribute => "lazy-attribute",
            Self::LazySrcset => "lazy-srcset",
            Self::DataAttribute => "data-attribute",
            Self::ScriptString => "script-string",
            Self::ServiceWorker => "service-worker",
            Self::AnchorHref => "a.href",
            Self::AnchorDownload => "a[download].href",
            Self::Set => "set",
            Self::StoredTag => "stored-tag",
            Self::Nested => "nested",
            Self::Text => "text",
        }
    }
}
