//! `kupuya.toml`: the pages of its codes, the page for authors, and what is said of each mistake.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use kupuya::manifest::{self, Manifest};
use kupuya::pipeline::{self, Options};
use kupuya::project::{Files, Project, Unreadable};
use kupuya::syntax::ast::Date;

/// A folder that holds a policy, house rules and these settings.
struct Folder(String);

impl Files for Folder {
    fn is_folder(&self, path: &Path) -> io::Result<bool> {
        Ok(path == Path::new("shop"))
    }

    fn size(&self, path: &Path) -> io::Result<u64> {
        self.bytes(path).map(|bytes| bytes.len() as u64)
    }

    fn bytes(&self, path: &Path) -> io::Result<Vec<u8>> {
        match path.to_str().unwrap() {
            "shop/kupuya.toml" => Ok(self.0.clone().into_bytes()),
            "shop/policy.kup" => Ok(include_bytes!("../../src/cli/new/policy.kup").to_vec()),
            "shop/rules/a.kup" => Ok(b"// Nothing yet.\n".to_vec()),
            "shop/house.kup" => Ok("law house \"Ички эрежелер\" {}\n".into()),
            _ => Err(io::Error::from(io::ErrorKind::NotFound)),
        }
    }

    fn matching(&self, pattern: &str) -> Result<Vec<PathBuf>, String> {
        let pattern = glob::Pattern::new(pattern).map_err(|error| error.to_string())?;
        let all = ["shop/policy.kup", "shop/rules/a.kup"].into_iter();
        Ok(all.filter(|path| pattern.matches(path)).map(PathBuf::from).collect())
    }
}

/// Reads and analyses the project; what is wrong with its settings.
fn wrong(settings: &str) -> Vec<(String, (usize, usize, usize), String)> {
    let day = Date {
        year: 2026,
        month: 11,
        day: 1,
    };
    let read = Project::read(Path::new("shop"), &Folder(settings.to_owned())).and_then(|project| {
        let options = Options {
            today: day,
            law: None,
            levels: project.levels.clone(),
        };
        let analysis = pipeline::analyze(&project.sources, &options);
        project.known_levels(&analysis.files)?;
        project.known_chapters(&analysis)
    });
    match read {
        Ok(()) => Vec::new(),
        Err(Unreadable::Settings(wrong)) => {
            let places = wrong.found.iter().map(|found| {
                let span = found.place().unwrap();
                let (line, start) = wrong.texts.get(span.source).unwrap().line_column(span.start);
                let width = wrong.texts.text(span).chars().count().max(1);
                let help = found.help.as_ref().map(|help| format!("; {}", help.english()));
                let said = format!("{}{}", found.message.english(), help.unwrap_or_default());
                (found.code.clone(), (line, start, start + width), said)
            });
            places.collect()
        }
        Err(other) => panic!("{other}"),
    }
}

fn blocks(page: &str) -> Vec<&str> {
    let parts = page.split("```toml\n").skip(1);
    parts.map(|part| part.split("```").next().unwrap()).collect()
}

#[test]
fn the_pages_show_their_mistakes() {
    for known in manifest::ALL {
        let [found, better] = blocks(known.page)[..] else {
            panic!("{}: two blocks", known.code);
        };
        let drawing = found.lines().position(|line| line.contains('^')).unwrap();
        let line = found.lines().nth(drawing).unwrap();
        let start = line.find('^').unwrap();
        let carets = line.matches('^').count();
        let drawn = if start == 1 {
            (drawing, 1, carets + 2)
        } else {
            (drawing, start + 1, start + 1 + carets)
        };
        let places: Vec<_> = wrong(found).into_iter().map(|(code, place, _)| (code, place)).collect();
        assert_eq!(places, [(known.code.to_owned(), drawn)]);
        assert!(line.ends_with(known.code), "{line}");
        assert_eq!(wrong(better), []);
    }
}

#[test]
fn the_page_for_authors_can_be_copied() {
    let page = include_str!("../../docs/project.md");
    let blocks = blocks(page);
    assert_eq!(blocks.len(), 4);
    for block in blocks {
        assert_eq!(wrong(block), [], "{block}");
    }
}

#[test]
fn each_mistake_says_where_and_what_instead() {
    let cases: &[(&str, (usize, usize), &str)] = &[
        (
            "sorces = []",
            (1, 1),
            "`kupuya.toml` has no key `sorces`; did you mean `sources`?",
        ),
        (
            "a = 1",
            (1, 1),
            "`kupuya.toml` has no key `a`; its keys are `name`, `sources`, `packs`, `language`, `lints`, `notice`, `lexicon`",
        ),
        (
            "numbering = \"decimal\"",
            (1, 1),
            "`kupuya.toml` has no key `numbering`; `numbering` stands below `[notice]`",
        ),
        (
            "[notice]\nname = \"x\"",
            (2, 1),
            "`[notice]` has no key `name`; `name` stands at the top, before the first `[…]`",
        ),
        ("name = 3", (1, 8), "`name` takes a text in quotes"),
        (
            "name = \"a/b\"",
            (1, 8),
            "`name` names the files that are written: it holds no `/` and no `\\`",
        ),
        (
            "sources = \"*.kup\"",
            (1, 11),
            "`sources` takes a list of texts, such as `[\"…\"]`",
        ),
        (
            "sources = [\"*.kup\", \"rules/*.kpu\"]",
            (1, 21),
            "`rules/*.kpu` matches no file",
        ),
        (
            "sources = [\"***\"]",
            (1, 12),
            "`***` is no pattern of files: Pattern syntax error near position 7: wildcards are either regular `*` or recursive `**`",
        ),
        (
            "packs = [\"house.kup\", \"hous.kup\"]",
            (1, 23),
            "cannot read shop/hous.kup: there is no such file or folder",
        ),
        (
            "sources = [\"policy.kup\"]\npacks = [\"policy.kup\"]",
            (2, 10),
            "`packs` lists every file of the project, and no file is left for the policy; list only law packs and house rules; what stands in the project's own files applies without being listed",
        ),
        ("language = \"kg\"", (1, 12), "`language` takes `en` or `ky`, not `kg`"),
        (
            "lints = 3",
            (1, 9),
            "`[lints]` is a table; write `[lints]` on a line of its own, and its keys below",
        ),
        (
            "[lints]\nunused_noun = \"alow\"",
            (2, 15),
            "`unused_noun` takes `allow`, `note`, `warning` or `error`, not `alow`; did you mean `allow`?",
        ),
        (
            "[lints]\nunused_noun = true",
            (2, 15),
            "`unused_noun` takes `allow`, `note`, `warning` or `error` in quotes",
        ),
        (
            "[lints]\nunused_noun = { reason = \"x\" }",
            (2, 1),
            "`unused_noun` has no level; write it like `{ level = \"allow\", reason = \"…\" }`",
        ),
        (
            "[lints]\nunused_noun = { level = \"allow\", reson = \"x\" }",
            (2, 34),
            "`[lints]` has no key `reson`; did you mean `reason`?",
        ),
        (
            "[lints]\nunused_noun = { level = \"allow\", reason = \"\" }",
            (2, 43),
            "`reason` takes a text in quotes",
        ),
        (
            "[lints]\nunused_nuon = \"allow\"",
            (2, 1),
            "there is no rule `unused_nuon`; did you mean `unused_noun`? `kupuya explain` lists all",
        ),
        (
            "[lints]\nunknown_name = \"allow\"",
            (2, 1),
            "`unknown_name` cannot be given another level; only rules can: without syntax, names and kinds there is no meaning",
        ),
        (
            "[lexicon]\nWise = { readin = \"вайз\" }",
            (2, 10),
            "`[lexicon]` has no key `readin`; did you mean `reading`?",
        ),
        (
            "[notice]\nsummary = \"yes\"",
            (2, 11),
            "`summary` takes `true` or `false`",
        ),
    ];
    for (settings, place, said) in cases {
        let wrong: Vec<_> = wrong(settings)
            .into_iter()
            .map(|(_, (line, start, _), said)| ((line, start), said))
            .collect();
        assert_eq!(wrong, [(*place, (*said).to_owned())], "{settings}");
    }
    let chapters = wrong("[notice]\norder = [\"rihgts\"]");
    assert!(
        chapters[0]
            .2
            .starts_with("the notice has no chapter `rihgts`; did you mean `rights`? It has "),
        "{chapters:?}"
    );
    let two = wrong("nme = \"x\"\nlanguage = 5\n");
    assert_eq!(two.len(), 2, "all of it is said at once: {two:?}");
}

#[test]
fn any_bytes_are_settings_or_have_an_error() {
    for bytes in [
        &b"\xFF\xFE"[..],
        b"\xEF\xBB\xBFname = \"x\"",
        b"= = =",
        b"[[[",
        b"name",
        b"\0",
        b"a.b.c = 1",
        b"[lints.x.y]\n",
    ] {
        match Manifest::read("kupuya.toml", bytes) {
            Ok(manifest) => assert_eq!(manifest.name.as_deref(), Some("x")),
            Err(wrong) => {
                let said = wrong.text().english();
                assert!(said.starts_with("kupuya.toml:1:"), "{said}");
            }
        }
    }
}

#[test]
fn the_keys_of_the_page_are_the_keys() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/project.md")).unwrap();
    let rows = page
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    for key in rows {
        let found = wrong(&format!("{key} = []\n[notice]\n{key} = []\n"));
        let unknown = found.iter().filter(|(code, ..)| code == "unknown_setting").count();
        assert_eq!(unknown, 1, "{key} is a key of one of the two: {found:?}");
    }
}
