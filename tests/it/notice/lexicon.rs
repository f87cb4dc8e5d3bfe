//! `[lexicon]`: how a project's names are read, and what is not regular about its words.

use kupuya::notice::options::Word;
use kupuya::notice::{self, Options, render};

use super::{meant, one};

const POLICY: &str = "\
policy p \"Zulip купуялык саясаты\" {
    alias: \"Саясат\"
}
controller zulip \"Zulip\" {
    email: \"a@b.example\"
}
clause \"[zulip]ге кат жазылат; [чардак]ы сакталат; [чардак]лар өчүрүлөт.\"
data чардак \"чардак\"
";

fn said(lexicon: &[(&str, Word)]) -> String {
    let (model, meaning) = meant(&one(POLICY));
    let options = Options {
        lexicon: lexicon
            .iter()
            .map(|(lemma, word)| ((*lemma).to_owned(), word.clone()))
            .collect(),
        ..Options::default()
    };
    render::text(&notice::document(&model, &meaning, &options))
}

fn word(reading: &str, third: &str, plural: &str) -> Word {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Word {
        reading: some(reading),
        third: some(third),
        plural: some(plural),
        possessive: false,
    }
}

#[test]
fn a_name_is_read_as_the_project_says() {
    assert!(said(&[]).contains("Zulip’ке кат"), "the guess: {}", said(&[]));
    let back = said(&[("Zulip", word("зулуб", "", ""))]);
    assert!(back.contains("Zulip’га кат"), "{back}");
    // What one notice was told, the next does not know.
    assert!(said(&[]).contains("Zulip’ке кат"));
}

#[test]
fn a_word_has_the_forms_that_the_project_says() {
    let plain = said(&[]);
    assert!(plain.contains("чардагы сакталат; чардактар өчүрүлөт"), "{plain}");
    let own = said(&[("чардак", word("", "чардакасы", "чардакалар"))]);
    assert!(own.contains("чардакасы сакталат; чардакалар өчүрүлөт"), "{own}");
}

/// The lines that the pages for authors show, in a project.
#[test]
fn the_pages_show_what_works() {
    for page in ["grammar/README.md", "grammar/README.ky.md"] {
        let page = std::fs::read_to_string(super::root().join(page)).unwrap();
        let block = page
            .split("```toml\n")
            .find(|block| block.starts_with("[lexicon]"))
            .unwrap();
        let block = block.split("```").next().unwrap();
        let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("lexicon");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("kupuya.toml"), block).unwrap();
        let policy = "policy p \"Саясат\"\ndata wise \"Wise\"\ndata идп \"ИДП\"\ndata эрин \"эрин\"\n\
                      clause \"[wise]дан, [идп]нын, [эрин]ына.\"\n";
        std::fs::write(folder.join("p.kup"), policy).unwrap();
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_kupuya"))
            .args(["render", ".", "--format", "text"])
            .current_dir(&folder)
            .output()
            .unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(said.contains("Wise’дан, ИДПнын, эрдине."), "{said}");
        for form in ["Wise’дан", "ИДПнын", "эрдине"] {
            assert!(block.contains(&format!("# {form}")), "{block}");
        }
    }
}
