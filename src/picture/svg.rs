//! The picture as SVG, complete in itself.

use std::fmt::Write;

use super::layout::{LINE, PADDING, SIZE, layout};
use super::widths::width;
use super::{Picture, escaped};

/// Its looks: they follow the light of the reader's screen.
pub(super) const STYLE: &str = "\
.box{fill:#fff;stroke:#64748b;stroke-width:1.2}.source .box{fill:#ecfdf5}.data .box{fill:#eff6ff}.purpose .box{fill:#fefce8}\
.recipient .box{fill:#fdf2f8}.country .box{fill:#f1f5f9}text{font-family:'DejaVu Sans',Verdana,'Noto Sans',sans-serif;fill:#0f172a}\
.line{fill:none;stroke:#64748b;stroke-opacity:.5;stroke-width:1.4}.knot{fill:#64748b}\
.frame{fill:#f8fafc;stroke:#94a3b8;stroke-width:1.2;stroke-dasharray:4 3}.head{font-size:12px;fill:#475569}.title{font-weight:600}\
.node.new .box{stroke:#15803d;stroke-width:3}.node.gone .box{stroke:#b91c1c;stroke-width:3;stroke-dasharray:6 4}\
.line.new{stroke:#15803d;stroke-opacity:.9;stroke-width:2.4}.line.gone{stroke:#b91c1c;stroke-opacity:.9;stroke-width:2.4;stroke-dasharray:6 4}";

/// The whole file; `heads` are the words above the columns, in their order.
#[must_use]
pub fn svg(picture: &Picture, heads: &[String; 5]) -> String {
    let drawn = layout(picture);
    let (wide, high) = (drawn.width, drawn.height);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide:.0} {high:.0}\" width=\"{wide:.0}\" height=\"{high:.0}\" role=\"img\" aria-labelledby=\"picture-title\">\n<title id=\"picture-title\">{title}</title>\n<style>{STYLE}</style>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n",
        title = escaped(&picture.title)
    );
    let _ = writeln!(out, "{}", text(&picture.title, 24.0, 36.0, SIZE * 1.3, "title"));
    for (column, x) in &drawn.columns {
        let _ = writeln!(out, "{}", text(&heads[*column as usize], *x, 72.0, 12.0, "head"));
    }
    for curve in &drawn.curves {
        let ((x1, y1), (x2, y2)) = (curve.from, curve.to);
        let bend = f64::midpoint(x1, x2);
        let _ = writeln!(
            out,
            "<path class=\"line {}\" data-edges=\"{}\" d=\"M{x1:.1} {y1:.1}C{bend:.1} {y1:.1} {bend:.1} {y2:.1} {x2:.1} {y2:.1}\"/>",
            curve.fate.word(),
            numbers(&curve.edges)
        );
    }
    for (x, y) in &drawn.knots {
        let _ = writeln!(out, "<circle class=\"knot\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\"/>");
    }
    for (frame, boxes) in &drawn.frames {
        let column = boxes
            .first()
            .and_then(|at| picture.nodes.get(*at))
            .map_or("", |node| node.column.word());
        let _ = writeln!(
            out,
            "<rect class=\"frame {column}\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"9\"/>",
            frame.x, frame.y, frame.width, frame.height
        );
    }
    for (number, (node, placed)) in picture.nodes.iter().zip(&drawn.nodes).enumerate() {
        let _ = writeln!(
            out,
            "<g class=\"node {} {}\" id=\"n{number}\"><title>{}</title><rect class=\"box\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"6\"/>",
            node.column.word(),
            node.fate.word(),
            escaped(&node.name),
            placed.x,
            placed.y,
            placed.width,
            placed.height
        );
        for (line, words) in placed.lines.iter().enumerate() {
            let y = placed.y + PADDING + LINE * line as f64 + SIZE;
            let _ = writeln!(out, "{}", text(words, placed.x + PADDING, y, SIZE, "label"));
        }
        out.push_str("</g>\n");
    }
    out.push_str("</svg>\n");
    out
}

fn numbers(all: &[usize]) -> String {
    let all: Vec<String> = all.iter().map(ToString::to_string).collect();
    all.join(" ")
}

/// A line of text that is as wide as it was measured, whatever the font.
fn text(words: &str, x: f64, y: f64, size: f64, class: &str) -> String {
    format!(
        "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{size:.1}\" textLength=\"{:.1}\" lengthAdjust=\"spacingAndGlyphs\">{}</text>",
        width(words, size) * 0.96,
        escaped(words)
    )
}
