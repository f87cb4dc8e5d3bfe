//! The views: the summary before the clauses and the overview behind them, linked to what they repeat.

use super::{Page, escape};
use crate::notice::document::{CellLine, Link, Overview, Summary};
use crate::notice::render::answered;

impl Page<'_> {
    pub(super) fn summary(&mut self, summary: &Summary) {
        self.line(format_args!(
            "<section class=\"summary\" aria-labelledby=\"summary\">\n<h2 id=\"summary\">{}</h2>\n<dl>",
            escape(&summary.heading)
        ));
        for line in &summary.lines {
            let see = line
                .see
                .as_ref()
                .map_or_else(String::new, |link| format!(" ({})", self.link(link)));
            let (answer, end) = answered(line);
            self.line(format_args!(
                "<div><dt>{}</dt><dd>{}{see}{end}</dd></div>",
                escape(&line.question),
                self.linked(&answer)
            ));
        }
        self.put("</dl>\n</section>\n");
    }

    pub(super) fn overview(&mut self, overview: &Overview) {
        self.line(format_args!(
            "<section class=\"overview\" aria-labelledby=\"overview\">\n<h2 id=\"overview\">{}</h2>",
            escape(&overview.heading)
        ));
        self.open_table(&escape(&overview.caption), &overview.head);
        for row in &overview.rows {
            self.put("<tr role=\"row\">");
            for (at, cell) in row.iter().enumerate() {
                let lines = cell.iter().map(|line| match line {
                    CellLine::Text(text) => self.linked(text),
                    CellLine::Link(link) => self.link(link),
                });
                let lines: Vec<String> = lines.collect();
                let content = match lines.as_slice() {
                    [one] => one.clone(),
                    all => format!("<ul><li>{}</li></ul>", all.join("</li><li>")),
                };
                self.cell(at, &overview.head, &content);
            }
            self.put("</tr>\n");
        }
        self.put("</tbody>\n</table>\n</section>\n");
    }

    /// A link, if what it leads to is on the page.
    fn link(&self, link: &Link) -> String {
        let text = escape(&link.text);
        match self.places.get(&link.anchor) {
            Some(id) => format!("<a href=\"#{}\">{text}</a>", escape(id)),
            None => text,
        }
    }
}
