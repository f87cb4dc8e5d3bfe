//! Styles. Fonts are those that every office program has or replaces by one of the same widths, with all Kyrgyz letters.

use super::language;
use super::xml::{HEAD, W};
use crate::notice::document::Document;

/// Id, name, what it is based on, paragraph properties, run properties.
type Style = (
    &'static str,
    &'static str,
    Option<&'static str>,
    &'static str,
    &'static str,
);

const PARAGRAPHS: &[Style] = &[
    (
        "Title",
        "Title",
        Some("Normal"),
        "<w:keepNext/><w:spacing w:before=\"0\" w:after=\"120\"/>",
        "<w:b/><w:bCs/><w:sz w:val=\"36\"/><w:szCs w:val=\"36\"/>",
    ),
    (
        "Subtitle",
        "Subtitle",
        Some("Normal"),
        "<w:spacing w:before=\"0\" w:after=\"60\"/>",
        "<w:color w:val=\"4A5059\"/>",
    ),
    (
        "Heading1",
        "heading 1",
        Some("Normal"),
        "<w:keepNext/><w:keepLines/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr><w:spacing w:before=\"360\" w:after=\"120\"/><w:outlineLvl w:val=\"0\"/>",
        "<w:b/><w:bCs/><w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/>",
    ),
    (
        "HeadingPlain",
        "Heading without number",
        Some("Heading1"),
        "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"0\"/></w:numPr><w:ind w:left=\"0\" w:firstLine=\"0\"/>",
        "",
    ),
    (
        "Heading2",
        "heading 2",
        Some("Normal"),
        "<w:keepNext/><w:keepLines/><w:spacing w:before=\"240\" w:after=\"80\"/><w:outlineLvl w:val=\"1\"/>",
        "<w:b/><w:bCs/>",
    ),
    (
        "Clause",
        "Clause",
        Some("Normal"),
        "<w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr>",
        "",
    ),
    (
        "ListParagraph",
        "List Paragraph",
        Some("Normal"),
        "<w:spacing w:before=\"0\" w:after=\"40\"/>",
        "",
    ),
    (
        "Caption",
        "caption",
        Some("Clause"),
        "<w:keepNext/><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr>",
        "",
    ),
    (
        "TOCHeading",
        "TOC Heading",
        Some("Normal"),
        "<w:keepNext/><w:spacing w:before=\"240\" w:after=\"120\"/>",
        "<w:b/><w:bCs/><w:sz w:val=\"26\"/><w:szCs w:val=\"26\"/>",
    ),
    (
        "TOC1",
        "toc 1",
        Some("Normal"),
        "<w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"9354\"/></w:tabs><w:spacing w:before=\"0\" w:after=\"40\"/>",
        "",
    ),
    (
        "Blank",
        "Blank to fill in",
        Some("Normal"),
        "<w:keepLines/><w:tabs><w:tab w:val=\"right\" w:leader=\"underscore\" w:pos=\"9354\"/></w:tabs><w:spacing w:before=\"120\" w:after=\"120\"/>",
        "",
    ),
    (
        "Tick",
        "Box to tick",
        Some("Normal"),
        "<w:keepLines/><w:spacing w:before=\"60\" w:after=\"60\"/><w:ind w:left=\"284\" w:hanging=\"284\"/>",
        "",
    ),
    (
        "TableText",
        "Table Text",
        Some("Normal"),
        "<w:spacing w:before=\"20\" w:after=\"20\"/>",
        "<w:sz w:val=\"19\"/><w:szCs w:val=\"19\"/>",
    ),
    (
        "Footer",
        "footer",
        Some("Normal"),
        "<w:spacing w:before=\"0\" w:after=\"0\"/>",
        "<w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/>",
    ),
];

pub(super) fn styles(document: &Document) -> String {
    let language = language(document);
    let mut out = format!(
        "{HEAD}<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"Times New Roman\" w:cs=\"Times New Roman\"/><w:sz w:val=\"22\"/><w:szCs w:val=\"22\"/><w:lang w:val=\"{language}\" w:eastAsia=\"{language}\" w:bidi=\"{language}\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:before=\"0\" w:after=\"100\" w:line=\"264\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults>"
    );
    out.push_str("<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>");
    out.push_str("<w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\"><w:name w:val=\"Default Paragraph Font\"/><w:uiPriority w:val=\"1\"/><w:semiHidden/></w:style>");
    out.push_str("<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:uiPriority w:val=\"99\"/><w:semiHidden/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"100\" w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"100\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>");
    out.push_str("<w:style w:type=\"numbering\" w:default=\"1\" w:styleId=\"NoList\"><w:name w:val=\"No List\"/><w:uiPriority w:val=\"99\"/><w:semiHidden/></w:style>");
    for (id, name, based_on, paragraph, run) in PARAGRAPHS {
        let based_on = based_on.map_or_else(String::new, |id| format!("<w:basedOn w:val=\"{id}\"/>"));
        let paragraph = wrapped("pPr", paragraph);
        let run = wrapped("rPr", run);
        out.push_str(&format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>{based_on}<w:qFormat/>{paragraph}{run}</w:style>"
        ));
    }
    out.push_str("<w:style w:type=\"character\" w:styleId=\"Strong\"><w:name w:val=\"Strong\"/><w:basedOn w:val=\"DefaultParagraphFont\"/><w:qFormat/><w:rPr><w:b/><w:bCs/></w:rPr></w:style>");
    out.push_str("<w:style w:type=\"character\" w:styleId=\"Hyperlink\"><w:name w:val=\"Hyperlink\"/><w:basedOn w:val=\"DefaultParagraphFont\"/><w:rPr><w:color w:val=\"0B4F9C\"/><w:u w:val=\"single\"/></w:rPr></w:style>");
    let border = |side: &str| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"8A9099\"/>");
    let borders: String = ["top", "left", "bottom", "right", "insideH", "insideV"]
        .map(border)
        .concat();
    out.push_str(&format!(
        "<w:style w:type=\"table\" w:styleId=\"TableGrid\"><w:name w:val=\"Table Grid\"/><w:basedOn w:val=\"TableNormal\"/><w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr></w:style></w:styles>\n"
    ));
    out
}

fn wrapped(element: &str, content: &str) -> String {
    match content {
        "" => String::new(),
        some => format!("<w:{element}>{some}</w:{element}>"),
    }
}
