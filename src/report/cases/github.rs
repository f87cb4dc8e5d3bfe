//! Lines that fail as workflow commands of GitHub Actions, which show them as annotations of the changed lines.

use super::{Broken, Case, plain};
use crate::report::github::{data, property};

/// A command for each line that fails.
#[must_use]
pub fn github(cases: &[Case]) -> String {
    let failed = cases.iter().filter_map(|case| {
        let failure = plain(case.failure.as_ref()?);
        let (file, title) = (property(&case.file), property(&case.scenario));
        Some(format!(
            "::error file={file},line={},title={title}::{}\n",
            case.number,
            data(&format!("{}\n{}", case.line, failure.trim_end()))
        ))
    });
    failed.collect()
}

/// That nothing could be asked.
#[must_use]
pub fn github_broken(broken: &Broken) -> String {
    format!("::error::{}\n", data(&plain(&broken.reason)))
}
