//! What kind of address a request is for. Logs and metrics hold this instead of the path: which article
//! somebody reads is health data.

/// A kind of address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RouteClass {
    /// Whatever a person reads.
    Page,
    /// What a reader searches for.
    Search,
    /// Built files: client, styles, fonts.
    Asset,
    /// Images of the content folder, and covers.
    Image,
    /// Pictures of link previews.
    Card,
    /// What programs ask for.
    Api,
    /// What other sites show of an article.
    Embedding,
    /// What record systems ask for.
    Infobutton,
    /// Feeds, sitemap, robots.
    Feed,
    /// Health, readiness, metrics.
    Probe,
    /// Reports of browsers about the Content-Security-Policy.
    Report,
    /// For people who work on the site.
    Dev,
}

impl RouteClass {
    /// The class of a path.
    pub fn of(path: &str) -> Self {
        let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
        match first {
            "pkg" | "fonts" => Self::Asset,
            "images" | "covers" => Self::Image,
            "cards" => Self::Card,
            // `/api` itself is a page for people.
            "api" if path.trim_matches('/') != "api" => Self::Api,
            "oembed" => Self::Embedding,
            "infobutton" => Self::Infobutton,
            "feed.rss" | "feed.atom" | "feed.json" | "sitemap.xml" | "robots.txt" => Self::Feed,
            "healthz" | "readyz" | "metrics" => Self::Probe,
            "csp-report" => Self::Report,
            "search" if !path.contains('.') => Self::Search,
            "search" => Self::Asset,
            "clinic" if path.contains('.') => Self::Asset,
            "pack" if path.contains('.') => Self::Asset,
            "dev" => Self::Dev,
            // Slugs have no dots: an address like /favicon.svg is a file.
            file if file.contains('.') => Self::Asset,
            _ => Self::Page,
        }
    }

    /// Whether one address may ask for it so often only: what programs ask for, and what costs more than a page.
    pub fn is_limited(self) -> bool {
        matches!(self, Self::Card | Self::Api | Self::Embedding | Self::Infobutton)
    }

    /// Whether other sites may show it.
    pub fn is_for_other_sites(self) -> bool {
        matches!(self, Self::Card | Self::Api | Self::Embedding)
    }

    /// For logs and metrics.
    pub fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Search => "search",
            Self::Asset => "asset",
            Self::Image => "image",
            Self::Card => "card",
            Self::Api => "api",
            Self::Embedding => "embedding",
            Self::Infobutton => "infobutton",
            Self::Feed => "feed",
            Self::Probe => "probe",
            Self::Report => "report",
            Self::Dev => "dev",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_known_by_its_kind_only() {
        for (path, class) in [
            ("/", RouteClass::Page),
            ("/articles/grounding", RouteClass::Page),
            ("//articles", RouteClass::Page),
            ("/pack", RouteClass::Page),
            ("/pack/new", RouteClass::Page),
            ("/pack/articles.txt", RouteClass::Asset),
            ("/search", RouteClass::Search),
            ("/search/", RouteClass::Search),
            ("/search/index.1a2b3c4d.bin", RouteClass::Asset),
            ("/pkg/doorway.1a2b3c4d.css", RouteClass::Asset),
            ("/favicon.svg", RouteClass::Asset),
            ("/covers/grounding.svg", RouteClass::Image),
            ("/clinic/logo.1a2b3c4d.svg", RouteClass::Asset),
            ("/cards/articles/grounding.png", RouteClass::Card),
            ("/api", RouteClass::Page),
            ("/api/v1/articles", RouteClass::Api),
            ("/oembed", RouteClass::Embedding),
            ("/infobutton", RouteClass::Infobutton),
            ("/feed.atom", RouteClass::Feed),
            ("/metrics", RouteClass::Probe),
        ] {
            assert_eq!(RouteClass::of(path), class, "{path}");
        }
    }
}
