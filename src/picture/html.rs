//! The picture as a page: moved and enlarged with hand or wheel, searched; a box tells its clauses.

use serde_json::json;

use super::svg::svg;
use super::{Picture, escaped};

const SCRIPT: &str = include_str!("page.js");

const STYLE: &str = "\
html,body{margin:0;height:100%;font:15px/1.45 'DejaVu Sans',Verdana,'Noto Sans',sans-serif;color:#0f172a;background:#fff}\
body{display:flex;flex-direction:column}header{display:flex;gap:.5rem;padding:.5rem .75rem;border-bottom:1px solid #cbd5e1;flex-wrap:wrap}\
header h1{flex:1 1 100%;font-size:1rem;margin:0}.head{paint-order:stroke;stroke:#fff;stroke-width:5px}svg .title{display:none}\
header input{flex:1 1 10rem;min-width:8rem;font:inherit;padding:.35rem .5rem}header button{font:inherit;min-width:2.4rem;padding:.35rem .6rem}\
main{flex:1;display:flex;min-height:0;position:relative}svg{flex:1;width:100%;height:100%;touch-action:none;cursor:grab;min-width:0}\
aside{width:22rem;max-width:100%;box-sizing:border-box;overflow:auto;padding:.75rem 1rem;border-left:1px solid #cbd5e1;background:#f8fafc}\
aside h2{font-size:1.1rem;margin:.2rem 0 .6rem}aside h3{font-size:1rem;margin:.9rem 0 .2rem}aside p{margin:.2rem 0 .4rem;overflow-wrap:anywhere}\
aside button{float:right;font:inherit;min-width:2.4rem;min-height:2.4rem}\
.node{cursor:pointer}.dim{opacity:.12}.node.found .box{stroke:#c2410c;stroke-width:4}.node:focus-visible .box{stroke:#1d4ed8;stroke-width:4}\
@media(max-width:700px){aside{position:absolute;inset:auto 0 0 0;width:auto;max-height:55%;border-left:0;border-top:1px solid #cbd5e1}}";

/// The words of a page.
pub struct Words {
    /// Above the columns, in their order.
    pub heads: [String; 5],
    /// Search, larger, smaller, all of it, close.
    pub page: [String; 5],
    /// The language of both.
    pub language: &'static str,
}

/// The whole page, complete in itself. `notice`: the address of the published notice, to whose anchors the clauses lead.
#[must_use]
pub fn html(picture: &Picture, words: &Words, notice: Option<&str>) -> String {
    let nodes: Vec<_> = picture
        .nodes
        .iter()
        .map(|node| json!({"label": node.label, "name": node.name}))
        .collect();
    let edges: Vec<_> = picture
        .edges
        .iter()
        .map(|edge| {
            let clause = |clause: &super::Clause| json!([clause.number, clause.sentence, clause.id]);
            let clauses: Vec<_> = edge.clauses.iter().map(clause).collect();
            json!({"from": edge.from, "to": edge.to, "clauses": clauses})
        })
        .collect();
    // No text of a policy ends the script.
    let data = json!({"nodes": nodes, "edges": edges, "notice": notice})
        .to_string()
        .replace('<', "\\u003c");
    let [search, larger, smaller, all, close] = words.page.each_ref().map(|word| escaped(word));
    let language = words.language;
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<header><h1>{title}</h1><input id=\"found\" type=\"search\" placeholder=\"{search}\" aria-label=\"{search}\"><button id=\"in\" aria-label=\"{larger}\">+</button><button id=\"out\" aria-label=\"{smaller}\">−</button><button id=\"all\">{all}</button></header>\n<main>\n{picture}<aside hidden data-close=\"{close}\"></aside>\n</main>\n<script>\nconst data = {data};\n{SCRIPT}</script>\n</body>\n</html>\n",
        title = escaped(&picture.title),
        picture = svg(picture, &words.heads),
    )
}
