//! Which articles a reader may want next.
//!
//! What the editor names comes first. Then articles are ranked by what they share: a tag counts more the rarer it
//! is (the logarithm of the number of articles over those that have it), a phase of treatment counts one half,
//! the category one quarter. Of equals, the one that was changed last comes first.

use std::collections::HashMap;

use crate::{Article, Slug, address_form};

/// How many are shown.
const SHOWN: usize = 4;
/// How many articles of one tag or category are looked at, so that a large library is not compared with itself.
const LOOKED_AT: usize = 100;

/// For each article the slugs of its related ones, nearest first. `articles` are in the library's order.
pub(crate) fn related(articles: &[Article], by_slug: &HashMap<Slug, usize>) -> Vec<Vec<Slug>> {
    let tags: Vec<Vec<String>> = articles
        .iter()
        .map(|article| article.meta.tags.iter().map(|tag| address_form(tag)).collect())
        .collect();
    let mut with_tag: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut with_category: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, article) in articles.iter().enumerate() {
        for tag in &tags[at] {
            with_tag.entry(tag).or_default().push(at);
        }
        with_category.entry(&article.meta.category).or_default().push(at);
    }
    let worth = |tag: &str| (articles.len() as f32 / with_tag.get(tag).map_or(1, Vec::len) as f32).ln() + 0.1;

    let nearest = |at: usize| {
        let article = &articles[at];
        let mut scores: HashMap<usize, f32> = HashMap::new();
        for tag in &tags[at] {
            for &other in with_tag.get(tag.as_str()).into_iter().flatten().take(LOOKED_AT) {
                *scores.entry(other).or_default() += worth(tag);
            }
        }
        for &other in with_category.get(article.meta.category.as_str()).into_iter().flatten().take(LOOKED_AT)
        {
            scores.entry(other).or_default();
        }
        scores.remove(&at);
        let mut ranked: Vec<(usize, f32)> = scores
            .into_iter()
            .map(|(other, score)| {
                let meta = &articles[other].meta;
                let phases = meta.phases.iter().filter(|phase| article.meta.phases.contains(phase)).count();
                let category = if meta.category == article.meta.category { 0.25 } else { 0.0 };
                (other, score + phases as f32 * 0.5 + category)
            })
            .collect();
        ranked.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        let named = article.meta.related.iter().filter(|slug| by_slug.contains_key(*slug)).cloned();
        let mut slugs: Vec<Slug> = Vec::new();
        for slug in named.chain(ranked.into_iter().map(|(other, _)| articles[other].meta.slug.clone())) {
            if slugs.len() < SHOWN && slug != article.meta.slug && !slugs.contains(&slug) {
                slugs.push(slug);
            }
        }
        slugs
    };
    (0..articles.len()).map(nearest).collect()
}
