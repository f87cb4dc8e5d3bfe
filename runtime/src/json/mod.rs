//! Requests as JSON, resolved while they are read: no name is copied. What is out of the ordinary is left to [`Request`], so
//! that there is one place that says what is wrong with it.

mod heard;
mod reader;
mod records;

use crate::answer::Answer;
use crate::bundle::Bundle;
use crate::decide::Resolved;
use crate::request::Request;

impl Bundle {
    /// Resolves a request written as JSON.
    ///
    /// # Errors
    /// Text that is no request. A request that cannot be asked is an answer.
    pub fn resolve_json(&self, request: &[u8]) -> Result<Result<Resolved<'_>, Box<Answer<'_>>>, serde_json::Error> {
        let mut resolved = Resolved::blank(self);
        if self.quickly(request, &mut resolved).is_some() {
            return Ok(Ok(resolved));
        }
        let request: Request = serde_json::from_slice(request)?;
        Ok(self.resolve(&request))
    }

    /// Whether a request written as JSON is allowed.
    ///
    /// # Errors
    /// Text that is no request.
    pub fn allows_json(&self, request: &[u8]) -> Result<bool, serde_json::Error> {
        let mut resolved = Resolved::blank(self);
        if self.quickly(request, &mut resolved).is_some() {
            return Ok(resolved.allows());
        }
        let request: Request = serde_json::from_slice(request)?;
        Ok(self.allows(&request))
    }

    /// Answers a request written as JSON; the answer is written behind what `out` holds. Gives whether it is allowed.
    ///
    /// # Errors
    /// Text that is no request.
    pub fn answer_json(&self, request: &[u8], out: &mut Vec<u8>) -> Result<bool, serde_json::Error> {
        let mut resolved = Resolved::blank(self);
        let answer = if self.quickly(request, &mut resolved).is_some() {
            resolved.decide()
        } else {
            let request: Request = serde_json::from_slice(request)?;
            self.decide(&request)
        };
        answer.write_json(out)?;
        Ok(answer.decision)
    }

    /// Fills in a request that is in order; `None` sends it the long way, and leaves anything in `resolved`.
    pub(crate) fn quickly<'a>(&'a self, request: &[u8], resolved: &mut Resolved<'a>) -> Option<()> {
        heard::read(self, request, resolved)
    }
}

#[cfg(test)]
mod tests {
    use super::Resolved;
    use crate::generated;

    /// Whether a text is read the quick way.
    fn quick(text: &str) -> bool {
        let made = generated::made(1, 1, 0);
        let mut resolved = Resolved::blank(&made.bundle);
        made.bundle.quickly(text.as_bytes(), &mut resolved).is_some()
    }

    /// What services send is read the quick way; what is out of the ordinary is not, and what is no JSON is no request.
    #[test]
    fn only_what_is_in_order_is_quick() {
        for good in [
            r#"{"action":"use","data":["group00000"],"purpose":["purpose00001"],"about":["user"],"age":30}"#,
            " {\"action\" :\t\"use\" , \"given\": [ \"basis0\" ,\"not fact1\"],\r\n\"time\":\"2026-02-01\", \"about\":[] } ",
            r#"{"action":"collect","records":[{"kind":"give","basis":"basis0","purposes":null,"at":"2026-01-01"}]}"#,
            r#"{"action":"use","facts":{},"records":[],"age":0,"place":"abroad"}"#,
        ] {
            assert!(quick(good), "{good}");
        }
        for bad in [
            "",
            "{}",
            "[]",
            "{\"action\":\"use\"",
            "{\"action\":\"use\",}",
            "{\"action\":\"use\"} x",
            "{\"action\":\"use\"\"data\":[]}",
            r#"{"action":"use","action":"use"}"#,
            r#"{"action":"use","facts":{},"facts":{}}"#,
            r#"{"action":"us\u0065"}"#,
            "{\"action\":\"use\n\"}",
            r#"{"action":"use","age":01}"#,
            r#"{"action":"use","age":-1}"#,
            r#"{"action":"use","age":1.0}"#,
            r#"{"action":"use","age":1e1}"#,
            r#"{"action":"use","age":4294967296}"#,
            r#"{"action":"use","data":["group00000",]}"#,
            r#"{"action":"use","data":[,"group00000"]}"#,
            r#"{"action":"use","data":["group00000" "group00001"]}"#,
            r#"{"action":"use","data":["no_such"]}"#,
            r#"{"action":"use","data":[]}"#,
            r#"{"action":"use","facts":{"fact0":True}}"#,
            r#"{"action":"use","facts":{"fact0":true,"fact0":false}}"#,
            r#"{"action":"use","place":null}"#,
            r#"{"action":"use","recipient":["recipient00000"]}"#,
            r#"{"action":"use","more":1}"#,
            "{\"action\":\"use\",\u{a0}\"age\":1}",
        ] {
            assert!(!quick(bad), "{bad}");
        }
        assert!(!quick(&"[".repeat(100_000)));
    }
}
