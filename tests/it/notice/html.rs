//! The page is well formed: tags close in order, ids are unique, every link leads somewhere.

use std::collections::BTreeSet;

use kupuya::notice::render;

use super::{EVERYTHING, POLITE, document, megapay, one};

/// Elements without an end tag.
const VOID: &[&str] = &["meta", "!doctype", "input"];

/// Walks the tags; returns ids and link targets.
pub fn walk(page: &str) -> (Vec<String>, Vec<String>) {
    let (mut ids, mut links, mut open) = (Vec::new(), Vec::new(), Vec::new());
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        let text = &rest[..start];
        assert!(
            !text.contains('>') || open.last().is_some_and(|element: &String| element == "style"),
            "a bare sign in: {text}"
        );
        let end = rest[start..].find('>').expect("a tag ends") + start;
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(|c| !c.is_whitespace())
            .collect();
        if tag.starts_with('/') {
            assert_eq!(open.pop().as_deref(), Some(name.as_str()), "closed in order");
        } else if !VOID.contains(&name.as_str()) {
            open.push(name);
        }
        let value = |attribute: &str| {
            let (_, after) = tag.split_once(&format!(" {attribute}=\""))?;
            Some(after.split('"').next().unwrap_or("").to_owned())
        };
        ids.extend(value("id"));
        links.extend(value("href"));
        assert_eq!(tag.matches('"').count() % 2, 0, "quotes pair in: {tag}");
    }
    assert!(open.is_empty(), "left open: {open:?}");
    (ids, links)
}

#[test]
fn well_formed() {
    for files in [one(""), one(EVERYTHING), one(POLITE), megapay()] {
        let document = document(&files);
        let page = render::html(&document);
        let (ids, links) = walk(&page);
        let unique: BTreeSet<&String> = ids.iter().collect();
        assert_eq!(unique.len(), ids.len(), "ids are unique");
        for link in &links {
            let outside = ["https://", "http://", "mailto:"]
                .iter()
                .any(|scheme| link.starts_with(scheme));
            let here = link
                .strip_prefix('#')
                .is_some_and(|target| unique.contains(&target.to_owned()));
            assert!(outside || here, "{link} leads nowhere");
        }
        let views = usize::from(document.summary.is_some()) + usize::from(document.overview.is_some());
        let contents = document.chapters.len() + views;
        let listed = page.split("</nav>").next().unwrap().matches("<li>").count();
        assert_eq!(listed, if contents > 1 { contents } else { 0 });
        assert!(page.contains("<html lang=\"ky\">") && page.contains(&document.meaning_digest));
        // References inside the text are links, too.
        let own = page.split("<main").nth(1).unwrap().matches("class=\"see\"").count();
        let referring = render::text(&document).matches("-пунктта").count();
        assert!(own >= referring.min(1), "{own} of {referring}");
        // The one script is data, and nothing is fetched.
        assert_eq!(page.matches("<script").count(), 1);
        assert!(page.contains("<script type=\"application/ld+json\">") && !page.contains(" src="));
    }
}
