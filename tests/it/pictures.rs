//! Pictures of the data flow.

use std::collections::BTreeSet;
use std::fs;

use kupuya::picture::bundle::{End, bundled};
use kupuya::picture::widths::width;
use kupuya::picture::{Options, Picture, flows, layout};
use kupuya::pipeline;
use kupuya::project::{Disk, Project};

use crate::shell::{folder, kupuya};
use crate::sources::{options, root, shop};

fn picture(example: &str, around: Option<&str>, depth: usize) -> Picture {
    let project = Project::read(&root().join("examples").join(example), &Disk).unwrap();
    let analysis = pipeline::analyze(&project.sources, &options());
    let document = pipeline::document(&analysis, &project.notice);
    let options = Options {
        around: around.map(str::to_owned),
        depth,
        ..Options::default()
    };
    flows(&analysis.model, &analysis.meaning, &document, &options)
}

#[test]
fn no_two_boxes_overlap_and_each_holds_its_label() {
    for (example, around, depth) in [
        ("megapay", None, 0),
        ("megapay", None, 1),
        ("mega24", None, 0),
        ("om", None, 0),
        ("modern", None, 2),
        ("ogogo", None, 1),
        ("ogogo", Some("face_photo"), 0),
    ] {
        let picture = picture(example, around, depth);
        assert!(
            picture.nodes.len() > 3 && picture.edges.len() > 2,
            "{example}: {}",
            picture.nodes.len()
        );
        let drawn = layout(&picture);
        for (at, one) in drawn.nodes.iter().enumerate() {
            assert_eq!(
                one.lines.join(" ").replace(' ', ""),
                picture.nodes[at].label.replace([' ', '\n'], ""),
                "{example}"
            );
            assert!(
                one.lines.iter().all(|line| width(line, 13.0) + 12.0 < one.width),
                "{example}: {:?}",
                one.lines
            );
            assert!(one.lines.len() as f64 * 17.0 < one.height, "{example}: {:?}", one.lines);
            assert!(
                one.x >= 0.0 && one.x + one.width <= drawn.width && one.y >= 64.0 && one.y + one.height <= drawn.height
            );
            for other in &drawn.nodes[at + 1..] {
                let apart = one.x + one.width <= other.x
                    || other.x + other.width <= one.x
                    || one.y + one.height <= other.y
                    || other.y + other.height <= one.y;
                assert!(apart, "{example}: {:?} and {:?}", one.lines, other.lines);
            }
        }
        // A frame holds its boxes and touches no other.
        for (frame, boxes) in &drawn.frames {
            assert!(boxes.len() > 1, "{example}");
            for (at, one) in drawn.nodes.iter().enumerate() {
                let beside = one.x + one.width <= frame.x || frame.x + frame.width <= one.x;
                let above = one.y + one.height <= frame.y || frame.y + frame.height <= one.y;
                let inside = one.x >= frame.x
                    && one.y >= frame.y
                    && one.x + one.width <= frame.x + frame.width
                    && one.y + one.height <= frame.y + frame.height;
                assert!(
                    if boxes.contains(&at) { inside } else { beside || above },
                    "{example}: {:?}",
                    one.lines
                );
            }
        }
    }
}

/// Lines say what the edges say, no more and no less, however they are put together; and they are few.
#[test]
fn few_lines_say_all_that_flows() {
    for (example, most) in [("megapay", 90), ("ogogo", 80), ("mega24", 10), ("om", 40)] {
        let picture = picture(example, None, 0);
        let bundled = bundled(&picture);
        assert!(bundled.lines.len() <= most, "{example}: {} lines", bundled.lines.len());
        let of = |end: End| match end {
            End::Frame(frame) => vec![frame],
            End::Knot(_) => Vec::new(),
        };
        let mut told = BTreeSet::new();
        let mut pairs = |from: usize, to: usize| {
            for one in &bundled.frames[from] {
                told.extend(bundled.frames[to].iter().map(|other| (*one, *other)));
            }
        };
        for line in &bundled.lines {
            match (line.from, line.to) {
                (End::Frame(from), End::Frame(to)) => pairs(from, to),
                (End::Frame(from), knot @ End::Knot(_)) => {
                    let leads = bundled.lines.iter().filter(|other| other.from == knot);
                    leads.flat_map(|other| of(other.to)).for_each(|to| pairs(from, to));
                }
                _ => {}
            }
            assert!(!line.edges.is_empty());
        }
        let edges: BTreeSet<(usize, usize)> = picture.edges.iter().map(|edge| (edge.from, edge.to)).collect();
        assert_eq!(told, edges, "{example}");
        let stood: BTreeSet<usize> = bundled
            .lines
            .iter()
            .flat_map(|line| line.edges.iter().copied())
            .collect();
        assert_eq!(stood.len(), picture.edges.len(), "{example}");
    }
}

#[test]
fn pictures_mark_what_changed() {
    let folder = folder("pictures", "pictures");
    fs::write(folder.join("old.kup"), shop()).unwrap();
    let more = "    share   contacts with bank for delivery under order\n    keep ";
    let new = shop().replacen("    keep ", more, 1);
    let bank = "recipient bank \"банк\" is third_party in KG\nrecipient couriers";
    fs::write(folder.join("new.kup"), new.replacen("recipient couriers", bank, 1)).unwrap();
    let (code, svg) = kupuya(&folder, &["graph", "new.kup", "--changes", "old.kup"]);
    assert!(
        code == 0 && svg.contains("class=\"node recipient new\"") && svg.contains("class=\"line new\""),
        "{svg}"
    );
    assert!(!svg.contains(" gone\""), "{svg}");
    let (_, page) = kupuya(&folder, &["graph", "new.kup", "--format", "html"]);
    assert!(page.contains("<script>") && page.contains("Издөө"), "{page}");
}

/// What is new is marked where each line of it was there before: data that a recipient of other data gets, for a purpose that they
/// had; and a noun that got another name is no other.
#[test]
fn what_flows_anew_over_old_lines_is_marked() {
    let folder = folder("pictures", "anew");
    let old = shop()
        .replacen("data contacts", "data letters \"каттары\"\ndata contacts", 1)
        .replacen("recipient couriers", "recipient post \"почта\" is third_party in KG\nrecipient couriers", 1)
        .replacen(
            "    keep ",
            "    collect letters from buyer for delivery under order\n    share letters with post for delivery under order\n    keep ",
            1,
        );
    let new = old.replacen("share letters with post", "share letters, contacts with post", 1);
    let renamed = old
        .replace("couriers", "carriers")
        .replacen(
            "recipient carriers \"жеткирүү кызматы\" is third_party in KG",
            "recipient carriers \"жеткирүү кызматы\" is third_party in KG {\n    was: \"couriers\"\n}",
            1,
        )
        .replace("contacts", "reach")
        .replacen(
            "data reach \"байланыш маалыматтары\" {",
            "data reach \"байланыш маалыматтары\" {\n    was: \"contacts\"",
            1,
        );
    for (name, text) in [("old", &old), ("new", &new), ("renamed", &renamed)] {
        fs::write(folder.join(format!("{name}.kup")), text).unwrap();
    }
    let marked = |to: &str, more: &[&str]| {
        let line = [&["graph", to, "--changes", "old.kup", "--format", "dot"], more].concat();
        let (code, dot) = kupuya(&folder, &line);
        assert_eq!(code, 0, "{dot}");
        dot.lines()
            .filter(|line| line.contains("->") && line.contains("color"))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(marked("new.kup", &[]).len(), 2, "{:?}", marked("new.kup", &[]));
    assert_eq!(marked("renamed.kup", &[]), Vec::<String>::new());
    assert_eq!(marked("renamed.kup", &["--around", "carriers"]), Vec::<String>::new());
}
