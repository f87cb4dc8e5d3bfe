//! JSON Pointers (RFC 6901).

/// A pointer one step further, to what an object calls so.
pub(super) fn below(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", step(name))
}

/// A name as a step of a pointer.
pub(super) fn step(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// The steps of a pointer; `None` if it is none: behind a `~` stands 0 or 1.
pub(super) fn steps(pointer: &str) -> Option<Vec<String>> {
    if pointer.is_empty() {
        return Some(Vec::new());
    }
    if pointer.split('~').skip(1).any(|rest| !rest.starts_with(['0', '1'])) {
        return None;
    }
    let steps = pointer.strip_prefix('/')?.split('/');
    let escaped = |step: &str| {
        let mut tildes = step.split('~').skip(1);
        tildes.all(|rest| rest.starts_with(['0', '1']))
    };
    steps
        .map(|step| escaped(step).then(|| step.replace("~1", "/").replace("~0", "~")))
        .collect()
}
