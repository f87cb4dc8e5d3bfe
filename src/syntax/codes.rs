//! Every code that the syntax stage reports.

use crate::codes::codes;

codes! {
    in "pages" {
        BAD_DATE = "bad_date": "A date is written in another form than `2022-10-17`, or does not exist.";
        BAD_NAME = "bad_name": "What stands in the place of a name is not one name.";
        BYTE_ORDER_MARK = "byte_order_mark": "A file begins with a byte-order mark.";
        DANGLING_LINE = "dangling_line": "A waiver or an id has nothing below it that it could belong to.";
        DUPLICATE_WORD = "duplicate_word": "A word or a part of a sentence stands twice.";
        HIDDEN_CHARACTER = "hidden_character": "A text holds a character that nobody sees, such as one that turns the direction of reading.";
        LONG_LINE = "long_line": "A line is so long that nobody can read it.";
        LOOK_ALIKE_LETTER = "look_alike_letter": "A word mixes Latin and Cyrillic letters that look alike.";
        MISPLACED = "misplaced": "A line is well formed but stands where it cannot.";
        MISSING_BRACE = "missing_brace": "A block has no opening or no closing brace.";
        MISSING_COLON = "missing_colon": "A field has no colon after its word.";
        MISSING_COMMA = "missing_comma": "Two names stand side by side without a comma.";
        MISSING_LINE_END = "missing_line_end": "Two lines have been written as one.";
        MISSING_NAME = "missing_name": "A declaration or a list lacks a name.";
        MISSING_VALUE = "missing_value": "Nothing follows a word that needs something behind it.";
        MISSING_WORD = "missing_word": "A word that carries the sentence, such as its verb, is missing.";
        MIXED_AND_OR = "mixed_and_or": "`and` and `or` are mixed without brackets.";
        MIXED_LINE_ENDS = "mixed_line_ends": "A file ends its lines in more than one way.";
        NOT_UTF8 = "not_utf8": "A file holds bytes that are not UTF-8.";
        RESERVED_WORD = "reserved_word": "A word of the language is used as a name.";
        STRAY_BRACE = "stray_brace": "A brace opens or closes nothing.";
        TOO_DEEP = "too_deep": "Blocks or brackets are nested too deeply.";
        TOO_LONG = "too_long": "A file is too long to be read.";
        TOO_MANY_ERRORS = "too_many_errors": "A file has more errors than are shown.";
        UNCLOSED_STRING = "unclosed_string": "A text lacks its closing quote.";
        UNEXPECTED_WORD = "unexpected_word": "A word or sign stands where something else is expected.";
        UNKNOWN_FIELD = "unknown_field": "A declaration has a field that its kind does not know.";
        UNKNOWN_KIND = "unknown_kind": "A declaration begins with a word that is no kind.";
        UNKNOWN_VERB = "unknown_verb": "A sentence begins with a word that is no verb.";
        UNKNOWN_WORD = "unknown_word": "A word is none of those that may stand in its place.";
        WRONG_QUOTES = "wrong_quotes": "A text stands in other quotes than `\"`.";
        WRONG_VALUE = "wrong_value": "A value is not of the form that its field or connecting word takes.";
    }
}
