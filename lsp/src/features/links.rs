//! Places in a text that lead elsewhere: addresses in strings, and the pages of accepted findings.

use kupuya::format::tokens::{Token, tokens};

use super::diagnostics;
use crate::proto::{DocumentLink, Uri};
use crate::view::View;

/// The links of the view's document.
#[must_use]
pub fn links(view: &View) -> Vec<DocumentLink> {
    let all = tokens(&view.text, 0..view.text.len());
    let mut found = Vec::new();
    for (place, token) in all.iter().enumerate() {
        if token.is_string() {
            found.extend(
                addresses(token)
                    .into_iter()
                    .filter_map(|(bytes, address)| link(view, bytes, &address)),
            );
        } else if place > 0 && all.get(place - 1).is_some_and(|before| before.text == "waive") {
            let page = diagnostics::page(token.text);
            found.extend(page.map(|page| DocumentLink {
                range: view.now(token.at..token.end()),
                target: Some(page.href),
                tooltip: Some(format!("What `{}` means", token.text)),
                data: None,
            }));
        }
    }
    found
}

fn link(view: &View, bytes: std::ops::Range<usize>, address: &str) -> Option<DocumentLink> {
    Some(DocumentLink {
        range: view.now(bytes),
        target: Some(address.parse::<Uri>().ok()?),
        tooltip: None,
        data: None,
    })
}

/// Web and mail addresses in a string, with their bytes.
fn addresses(token: &Token<'_>) -> Vec<(std::ops::Range<usize>, String)> {
    let inside = token.text.trim_matches('"');
    let start = token.at + 1;
    let mut found = Vec::new();
    let mut at = 0;
    for word in inside.split_inclusive([' ', ',', ';', '(', ')', '«', '»']) {
        let bare = word.trim_end_matches([' ', ',', ';', '(', ')', '«', '»', '.']);
        let place = start + at..start + at + bare.len();
        at += word.len();
        if bare.starts_with("https://") || bare.starts_with("http://") {
            found.push((place, bare.to_owned()));
        } else if let Some((name, host)) = bare.split_once('@')
            && !name.is_empty()
            && host.contains('.')
            && bare.is_ascii()
        {
            found.push((place, format!("mailto:{bare}")));
        }
    }
    found
}
