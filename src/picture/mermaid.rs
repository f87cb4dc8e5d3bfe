//! The picture for Mermaid.

use std::fmt::Write;

use super::{Column, Fate, Picture};

/// The whole diagram.
#[must_use]
pub fn mermaid(picture: &Picture) -> String {
    let mut out = String::from("flowchart LR\n");
    for column in Column::ALL {
        for (number, node) in picture
            .nodes
            .iter()
            .enumerate()
            .filter(|(_, node)| node.column == column)
        {
            let label = node.label.replace('"', "#quot;").replace('\n', " ");
            let _ = writeln!(out, "    n{number}[\"{label}\"]:::{}", node.column.word());
        }
    }
    for edge in &picture.edges {
        let arrow = match edge.fate {
            Fate::Same => "-->",
            Fate::New => "==>",
            Fate::Gone => "-.->",
        };
        let _ = writeln!(out, "    n{} {arrow} n{}", edge.from, edge.to);
    }
    out.push_str(
        "    classDef source fill:#ecfdf5\n    classDef data fill:#eff6ff\n    classDef purpose fill:#fefce8\n",
    );
    out.push_str("    classDef recipient fill:#fdf2f8\n    classDef country fill:#f1f5f9\n");
    out
}
