//! DOCX: WordprocessingML (ECMA-376) with real headings, numbering, tables, contents, language and bookmarks.
//!
//! Written part by part, elements in the order of the schema, since readers differ in what disorder they forgive. Nothing
//! depends on time or machine: equal documents have equal bytes.

mod body;
mod numbering;
mod package;
mod styles;
mod xml;

use crate::notice::document::Document;

/// The document as the bytes of a `.docx` file.
///
/// # Errors
/// The archive cannot be written: only if a part is larger than the format admits, 4 GiB.
pub fn docx(document: &Document) -> Result<Vec<u8>, zip::result::ZipError> {
    let (body, lists, targets) = body::body(document);
    package::archive(&[
        ("[Content_Types].xml", package::CONTENT_TYPES.to_owned()),
        ("_rels/.rels", package::RELATIONS.to_owned()),
        ("docProps/core.xml", package::core(document)),
        ("word/document.xml", body),
        ("word/styles.xml", styles::styles(document)),
        ("word/numbering.xml", numbering::numbering(document, lists)),
        ("word/settings.xml", package::settings(document)),
        ("word/footer1.xml", package::footer()),
        ("word/_rels/document.xml.rels", package::document_relations(&targets)),
    ])
}

/// The language tag with its country, as office programs know it.
fn language(document: &Document) -> String {
    format!("{}-KG", document.language)
}
