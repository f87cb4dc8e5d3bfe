//! JUnit's XML, as continuous integration reads it: a suite for each scenario, a case for each line.

use std::fmt::Write;

use super::{Broken, Case, plain};

/// The whole file.
#[must_use]
pub fn junit(policy: &str, cases: &[Case]) -> String {
    let failures = |cases: &[&Case]| cases.iter().filter(|case| case.failure.is_some()).count();
    let all: Vec<&Case> = cases.iter().collect();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(
        out,
        "<testsuites name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\">",
        escaped(policy),
        all.len(),
        failures(&all)
    );
    let mut rest = all.as_slice();
    while let Some(first) = rest.first() {
        let end = rest
            .iter()
            .position(|case| case.scenario != first.scenario)
            .unwrap_or(rest.len());
        let (suite, others) = rest.split_at(end);
        rest = others;
        let _ = writeln!(
            out,
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\">",
            escaped(&first.scenario),
            suite.len(),
            failures(suite)
        );
        for case in suite {
            let head = format!(
                "    <testcase classname=\"{}\" name=\"{}\" file=\"{}\" line=\"{}\"",
                escaped(&case.scenario),
                escaped(&case.line),
                escaped(&case.file),
                case.number
            );
            match &case.failure {
                None => {
                    let _ = writeln!(out, "{head}/>");
                }
                Some(failure) => {
                    let message = failure.lines().next().unwrap_or_default();
                    let _ = writeln!(
                        out,
                        "{head}>\n      <failure message=\"{}\">{}</failure>\n    </testcase>",
                        escaped(message),
                        escaped(failure)
                    );
                }
            }
        }
        out.push_str("  </testsuite>\n");
    }
    out.push_str("</testsuites>\n");
    out
}

/// The whole file where nothing could be asked: one case with an error.
#[must_use]
pub fn junit_broken(policy: &str, broken: &Broken) -> String {
    let name = escaped(policy);
    let head = "tests=\"1\" failures=\"0\" errors=\"1\"";
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"{name}\" {head}>\n  \
         <testsuite name=\"{name}\" {head}>\n    <testcase classname=\"{name}\" name=\"{name}\">\n      \
         <error message=\"{}\">{}</error>\n    </testcase>\n  </testsuite>\n</testsuites>\n",
        escaped(&broken.reason),
        escaped(&broken.errors.concat())
    )
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in plain(text).chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            letter => out.push(letter),
        }
    }
    out
}
