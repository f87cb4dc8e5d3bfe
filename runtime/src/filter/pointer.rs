//! JSON Pointers (RFC 6901).

/// A pointer one step further, to what an object calls so.
pub(super) fn below(pointer: &str, name: &str) -> String {
    let step = name.replace('~', "~0").replace('/', "~1");
    format!("{pointer}/{step}")
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
    Some(steps.map(|step| step.replace("~1", "/").replace("~0", "~")).collect())
}
