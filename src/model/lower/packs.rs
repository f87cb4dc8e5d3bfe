//! Which packs count: the laws that the policy names, by its day, and house rules.

use super::{Active, Lower};
use crate::diagnostic::{Applicability, Diagnostic, Fix, Severity, Text};
use crate::model::names::Looker;
use crate::model::packs::{self, Head, NoPack};
use crate::model::{Policy, codes};
use crate::source::{Origin, SourceId, Span, Spanned};
use crate::syntax::ast::{Date, Declaration, Item, Node};
use crate::syntax::vocabulary::Kind;

impl Lower<'_> {
    /// The laws asked for: behind the policy's `law:`, or from outside where there is no policy.
    pub(super) fn named_laws(&self, options: &super::Options) -> Vec<Spanned<String>> {
        let start = Span {
            source: SourceId(0),
            start: 0,
            end: 0,
        };
        match &self.model.policy {
            Some(policy) => policy.laws.clone(),
            None => options
                .law
                .iter()
                .map(|law| Spanned {
                    value: law.clone(),
                    span: start,
                })
                .collect(),
        }
    }

    /// The packs in force: house rules of the project's own files, and those that `law:` names. Of a family one counts.
    pub(super) fn choose_packs<'a>(
        &mut self,
        heads: &[Head<'a>],
        laws: &[Spanned<String>],
        options: &super::Options,
    ) -> Vec<Active<'a>> {
        let day = options.day.or(self.model.policy.as_ref().and_then(Policy::begins));
        let mut active = Vec::new();
        for head in heads.iter().filter(|head| head.origin == Origin::Project) {
            if day.is_none_or(|day| head.contains(day)) {
                let looker = Looker::House(head.name.clone());
                active.push(Active {
                    head: head.clone(),
                    looker,
                    day,
                    chosen_by: None,
                });
            } else {
                self.report(not_then(head));
            }
        }
        for (at, law) in laws.iter().enumerate() {
            match packs::choose(heads, &law.value, day) {
                Ok(head) if active.iter().any(|known| same(&known.head, head)) => {}
                Ok(head) => active.push(Active {
                    head: head.clone(),
                    looker: Looker::Pack(head.name.clone()),
                    day: day.map(|day| head.nearest(day)),
                    chosen_by: Some(law.clone()),
                }),
                // House rules need no choice.
                Err(NoPack::Unknown(_)) if heads.iter().any(|head| head.name == law.value) => {}
                Err(why) => {
                    let diagnostic = self.report(no_pack(law, why));
                    // A law asked for from outside is not written in the project.
                    if at == 0 && options.law.is_some() {
                        diagnostic.fixes.clear();
                    }
                }
            }
        }
        self.one_of_a_family(heads, &mut active, day);
        active
    }

    /// Two packs of one family cannot both be the law of a day: reports each that stands beside another, and leaves it out.
    fn one_of_a_family(&mut self, heads: &[Head<'_>], active: &mut Vec<Active<'_>>, day: Option<Date>) {
        let in_force = |head: &Head<'_>| day.is_none_or(|day| head.contains(day));
        let mut out: Vec<Span> = Vec::new();
        // What comes with the program stands last: what stands before it is the project's own to mend.
        let carried = |head: &Head<'_>| {
            self.sources
                .get(head.item.span.source)
                .is_some_and(crate::laws::carries)
        };
        let (theirs, own): (Vec<_>, Vec<_>) = heads.iter().partition(|head| carried(head));
        let heads: Vec<&Head<'_>> = own.into_iter().chain(theirs).collect();
        let mut found = Vec::new();
        for (at, head) in heads.iter().copied().enumerate() {
            let Some(family) = &head.family else { continue };
            let is_active = |head: &Head<'_>| active.iter().any(|active| same(&active.head, head));
            let by_family = |active: &Active<'_>| active.chosen_by.as_ref().is_some_and(|by| by.value == family.value);
            let meant = head.origin == Origin::Pack && in_force(head) && active.iter().any(by_family);
            if !is_active(head) && !meant {
                continue;
            }
            let mut after = heads.iter().skip(at + 1).rev();
            let rival = after.find(|rival| rival.is_of(&family.value) && is_active(rival));
            let Some(rival) = rival else { continue };
            let place = |head: &Head<'_>, family: &Spanned<String>| {
                let chosen = active.iter().find(|active| same(&active.head, head));
                let by = chosen.and_then(|active| active.chosen_by.as_ref());
                by.filter(|by| by.value == head.name).map_or(family.span, |by| by.span)
            };
            let other = rival
                .family
                .as_ref()
                .map_or(rival.item.span, |family| place(rival, family));
            found.push(two_of_a_family(
                head,
                rival,
                &family.value,
                (place(head, family), other),
                day,
            ));
            out.push(head.item.span);
        }
        self.diagnostics.extend(found);
        active.retain(|active| !out.contains(&active.head.item.span));
    }

    /// Notes what the packs declare that are not chosen: a name of theirs is known, and stands for nothing here.
    pub(super) fn note_elsewhere(&mut self, heads: &[Head<'_>], chosen: &[Active<'_>]) {
        fn add(items: &[Item], above: &str, pack: &str, all: &mut Vec<(String, Kind, String)>) {
            let declarations = items.iter().filter_map(|item| match &item.node {
                Node::Declaration(declaration) => Some(declaration),
                _ => None,
            });
            for declaration in declarations {
                let Some(name) = declaration.name.as_ref().map(|name| name.text()) else {
                    add(&declaration.items, above, pack, all);
                    continue;
                };
                if matches!(declaration.kind, Kind::Rule | Kind::Scenario) {
                    continue;
                }
                let path = if above.is_empty() {
                    name
                } else {
                    format!("{above}.{name}")
                };
                add(&declaration.items, &path, pack, all);
                all.push((path, declaration.kind, pack.to_owned()));
            }
        }
        let left_out = heads
            .iter()
            .filter(|head| !chosen.iter().any(|active| same(&active.head, head)));
        for head in left_out {
            add(&head.declaration.items, "", &head.name, &mut self.elsewhere);
        }
    }

    /// The packs not chosen that declare a noun of these kinds by this name.
    pub(super) fn declaring_elsewhere(&self, name: &str, kinds: &[Kind]) -> Vec<&str> {
        let is_end = |path: &str| path == name || path.strip_suffix(name).is_some_and(|above| above.ends_with('.'));
        let fits = self.elsewhere.iter().filter(|(path, kind, pack)| {
            let own = name.strip_prefix(pack.as_str()).and_then(|rest| rest.strip_prefix('.'));
            kinds.contains(kind) && (is_end(path) || own == Some(path.as_str()))
        });
        let mut packs: Vec<&str> = fits.map(|(.., pack)| pack.as_str()).collect();
        packs.sort_unstable();
        packs.dedup();
        packs
    }

    /// Reports packs of the project that nothing applies, and rules that belong to none.
    pub(super) fn left_out(&mut self, heads: &[Head<'_>], strays: &[&Declaration], named: &[Spanned<String>]) {
        let mut files: Vec<_> = strays.iter().map(|rule| rule.span.source).collect();
        files.dedup();
        for file in files {
            let mut of_file = strays.iter().filter(|rule| rule.span.source == file);
            if let Some(first) = of_file.next() {
                self.report(stray(first, of_file.count()));
            }
        }
        // A name that is misspelt may mean any of them.
        let fits = |name: &Spanned<String>| {
            heads
                .iter()
                .any(|head| head.name == name.value || head.is_of(&name.value))
        };
        if !named.iter().all(fits) {
            return;
        }
        if self.model.policy.is_none() {
            return;
        }
        // Packs of a family follow each other in time: where one is named, the others wait for their day.
        let families = heads
            .iter()
            .filter(|head| named.iter().any(|name| name.value == head.name));
        let families: Vec<&Spanned<String>> = families.filter_map(|head| head.family.as_ref()).collect();
        for head in heads.iter().filter(|head| head.origin == Origin::Pack) {
            let is_named = named
                .iter()
                .chain(families.iter().copied())
                .any(|name| name.value == head.name || head.is_of(&name.value));
            let own = self.sources.get(head.item.span.source);
            if !is_named && own.is_some_and(|source| !crate::laws::carries(source)) {
                let policy = self.model.policy.as_ref();
                let word = policy.and_then(|policy| policy.laws.last()).map(|last| last.span);
                let found = not_named(head, word);
                self.report(found);
            }
        }
    }
}

fn same(a: &Head<'_>, b: &Head<'_>) -> bool {
    a.item.span == b.item.span
}

fn two_of_a_family(
    head: &Head<'_>,
    rival: &Head<'_>,
    family: &str,
    places: (Span, Span),
    day: Option<Date>,
) -> Diagnostic {
    let then = |head: &Head<'_>| day.is_some_and(|day| head.contains(day));
    let message = if then(head) && then(rival) {
        "`{one}` and `{other}` are both of the family `{family}`, and both count on the policy's day"
    } else {
        "`{one}` and `{other}` are both of the family `{family}`, and only one of them can be the law of a day"
    };
    let message = Text::new(message)
        .with("one", &head.name)
        .with("other", &rival.name)
        .with("family", family);
    let here = |head: &Head<'_>| {
        let late = day.and_then(|day| head.from.filter(|from| *from > day));
        let past = day.and_then(|day| head.until.filter(|until| *until < day));
        match (late, past) {
            (Some(from), _) => {
                Text::new("of this family is `{name}`, in force from {day} on").with("day", from.to_string())
            }
            (None, Some(until)) => {
                Text::new("of this family is `{name}`, in force until {day}").with("day", until.to_string())
            }
            (None, None) => Text::new("of this family is `{name}`"),
        }
        .with("name", &head.name)
    };
    Diagnostic::new(
        codes::TWO_OF_A_FAMILY,
        Severity::Error,
        message,
        places.0,
        here(head),
    )
    .and(places.1, here(rival))
    .help("of a family one pack counts on a day: house rules get a family of their own or none, and packs that follow each other need `from:` and `until:`")
}

fn not_then(head: &Head<'_>) -> Diagnostic {
    let message = Text::new("`{name}` is not in force on the policy's day, so none of its rules is checked")
        .with("name", &head.name);
    unused(head, message).help("correct `from:` and `until:`, or leave them out")
}

fn not_named(head: &Head<'_>, last: Option<Span>) -> Diagnostic {
    let message = Text::new(
        "`{name}` is among the packs of the project, but `law:` does not name it, so none of its rules is checked",
    )
    .with("name", &head.name);
    let found = unused(head, message)
        .help(Text::new("name it in the policy, behind the law: `law: kg, {name}`").with("name", &head.name));
    match last {
        Some(last) => found.fix(Fix {
            title: Text::new("add `{name}` to `law:`").with("name", &head.name),
            edits: vec![(last.after(), format!(", {}", head.name))],
            applicability: Applicability::NeedsReview,
            within: Vec::new(),
        }),
        None => found,
    }
}

fn unused(head: &Head<'_>, message: Text) -> Diagnostic {
    let place = super::declare::header(head.declaration);
    Diagnostic::new(codes::UNUSED_PACK, Severity::Warning, message, place, "this pack")
}

fn stray(rule: &Declaration, more: usize) -> Diagnostic {
    let place = super::declare::header(rule);
    let message = match more {
        0 => Text::new("this rule belongs to no law pack, so it would check nothing"),
        _ => Text::new(
            "rules of this file belong to no law pack, so they would check nothing: this one and {count} more",
        )
        .with("count", more.to_string()),
    };
    Diagnostic::new(
        codes::MISPLACED_RULE,
        Severity::Error,
        message,
        place,
        "it stands in no `law`",
    )
    .help("declare house rules in the same file, `law house \"…\" {}`: the rules beside it are its own")
    .fix(Fix {
        title: "declare `law house` above it".into(),
        edits: vec![(
            Span {
                end: rule.span.start,
                ..rule.span
            },
            "law house \"Ички эрежелер\" {}\n\n".to_owned(),
        )],
        applicability: Applicability::NeedsReview,
        within: Vec::new(),
    })
}

fn no_pack(law: &Spanned<String>, why: NoPack) -> Diagnostic {
    let error = |code, message: Text, here| Diagnostic::new(code, Severity::Error, message, law.span, here);
    match why {
        NoPack::Unknown(near) => {
            let message = Text::new("there is no law pack `{name}`").with("name", &law.value);
            let diagnostic = error(codes::UNKNOWN_LAW, message, "no pack and no family is called so");
            let names: Vec<String> = near.iter().take(4).map(|name| format!("`{name}`")).collect();
            match near.first() {
                Some(best) => diagnostic
                    .help(Text::new("the packs nearest to it: {names}").with("names", names.join(", ")))
                    .fix(Fix {
                        title: Text::new("write `{name}`").with("name", best),
                        edits: vec![(law.span, best.clone())],
                        applicability: Applicability::NeedsReview,
                        within: Vec::new(),
                    }),
                None => diagnostic.help("add the pack to the project, or take `law:` out"),
            }
        }
        NoPack::NeedsDate => {
            let message = Text::new("`{name}` is a family of law packs, and the policy has no date to choose one by")
                .with("name", &law.value);
            error(codes::LAW_NEEDS_DATE, message, "which of them?")
                .help("say from when the policy is in force: `effective: 2026-01-01`, or name the pack itself")
        }
        NoPack::NotThen(day) => {
            let message = Text::new("no law pack of the family `{name}` was in force on {day}")
                .with("name", &law.value)
                .with("day", written(day));
            error(codes::NO_LAW_THEN, message, "this family")
                .help("correct the date of the policy, or name the pack itself")
        }
    }
}

fn written(day: Date) -> String {
    format!("{:04}-{:02}-{:02}", day.year, day.month, day.day)
}
