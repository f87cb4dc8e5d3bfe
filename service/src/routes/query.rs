//! What stands behind the `?` of a path.

use percent_encoding::percent_decode_str;

use crate::problem::{self, Problem};

/// The values of the keys that a path knows, in their order. A `+` is a `+`, as in the offset of a time.
///
/// # Errors
/// [`problem::NOT_A_QUERY`]: another key, a key that stands twice, or what is no UTF-8.
pub fn read<const N: usize>(query: Option<&str>, known: [&str; N]) -> Result<[Option<String>; N], Problem> {
    let wrong = |detail: String| Problem::new(problem::NOT_A_QUERY, detail);
    let mut values = [const { None }; N];
    let pairs = query.unwrap_or_default().split('&').filter(|pair| !pair.is_empty());
    for pair in pairs {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let decoded = |text| percent_decode_str(text).decode_utf8();
        let (Ok(key), Ok(value)) = (decoded(key), decoded(value)) else {
            return Err(wrong(format!("`{pair}` is no UTF-8")));
        };
        let mut places = known.iter().zip(&mut values);
        match places.find(|(name, _)| **name == key) {
            None => {
                let known = known.join("`, `");
                return Err(wrong(format!("`{key}` is not asked here: `{known}` are")));
            }
            Some((_, Some(_))) => return Err(wrong(format!("`{key}` stands twice"))),
            Some((_, place)) => *place = Some(value.into_owned()),
        }
    }
    Ok(values)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn only_what_is_known_is_read_and_once() {
        let read = |query| read(Some(query), ["meaning", "time"]).map_err(|problem| problem.detail);
        let values =
            |meaning: Option<&str>, time: Option<&str>| Ok([meaning.map(str::to_owned), time.map(str::to_owned)]);
        assert_eq!(read(""), values(None, None));
        assert_eq!(read("meaning=&"), values(Some(""), None));
        for time in [
            "time=2026-01-02T10:00:00+06:00",
            "time=2026-01-02T10%3A00%3A00%2B06%3A00",
        ] {
            assert_eq!(read(time), values(None, Some("2026-01-02T10:00:00+06:00")), "{time}");
        }
        for (query, told) in [
            ("meening=x", "`meening` is not asked here: `meaning`, `time` are"),
            ("time=1&%74ime=2", "`time` stands twice"),
            ("time=%ff", "`time=%ff` is no UTF-8"),
        ] {
            assert_eq!(read(query), Err(told.to_owned()));
        }
    }
}
