//! The picture for Graphviz.

use std::fmt::Write;

use super::{Fate, Picture};

/// The whole graph.
#[must_use]
pub fn dot(picture: &Picture) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    let mut out = format!(
        "digraph {} {{\n    rankdir=LR\n    node [shape=box, style=rounded]\n",
        quoted(&picture.title)
    );
    for (number, node) in picture.nodes.iter().enumerate() {
        let _ = writeln!(
            out,
            "    n{number} [label={}, tooltip={}]",
            quoted(&node.label),
            quoted(&node.name)
        );
    }
    for edge in &picture.edges {
        let looks = match edge.fate {
            Fate::Same => "",
            Fate::New => " [color=darkgreen, penwidth=2]",
            Fate::Gone => " [color=red, style=dashed]",
        };
        let _ = writeln!(out, "    n{} -> n{}{looks}", edge.from, edge.to);
    }
    out.push_str("}\n");
    out
}
