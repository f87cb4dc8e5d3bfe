/// The grammar of Kupuya for editors that colour and fold by tree-sitter. The words are those of the compiler's vocabulary
/// (words.json, written by a test); what a line may be made of is left as loose here as it is in the compiler's own grammar.

const words = require("./words.json");

const any = (list) => choice(...list);
const rest = ($) => seq(repeat($._piece), choice($.block, $._end));

module.exports = grammar({
  name: "kupuya",
  word: ($) => $.word,
  externals: ($) => [$._end, $._error_sentinel],
  extras: ($) => [/[ \t\r\n\u00A0\u202F\uFEFF]/, $.comment, $.note],
  supertypes: ($) => [$._item],

  rules: {
    source_file: ($) => repeat($._item),

    _item: ($) =>
      choice($.declaration, $.sentence, $.promise, $.expectation, $.each, $.waiver, $.field, $.entry, $.prose, $.id),

    declaration: ($) =>
      seq(
        field("kind", $.kind),
        optional(field("name", $.name)),
        optional(seq($._other, repeat($._piece))),
        choice($.block, $._end),
      ),
    sentence: ($) => seq(field("verb", $.verb), rest($)),
    promise: ($) => seq("never", rest($)),
    expectation: ($) => seq(choice("allow", "deny"), rest($)),
    each: ($) => seq("each", rest($)),
    waiver: ($) => seq("waive", rest($)),
    field: ($) => seq(field("name", alias($._field_word, $.property)), ":", rest($)),
    entry: ($) => seq(field("name", $.name), rest($)),
    block: ($) => seq("{", repeat($._item), "}"),
    prose: ($) => /\|[^\r\n]*/,
    id: ($) => /@[\p{XID_Start}_][\p{XID_Continue}]*/u,

    _field_word: ($) => choice($.word, $.kind, $.verb, $.connector, $.flag, $.operator, "never", "allow", "deny", "each", "waive"),
    _piece: ($) => choice($.name, $._other),
    _other: ($) =>
      choice(
        $.kind, $.verb, $.connector, $.flag, $.operator, $.string, $.date, $.number, $.id, $.sign,
        alias($._property, $.name), seq(",", $._piece), "never", "allow", "deny", "each", "waive",
      ),

    name: ($) => prec.right(seq($.word, repeat($._step))),
    // In a rule the fields of a part are named behind it: `given.effort`.
    _property: ($) => prec.right(seq(choice($.kind, $.verb, $.connector, $.flag, $.operator), repeat1($._step))),
    _step: ($) => token.immediate(/\.[\p{XID_Start}_][\p{XID_Continue}]*/u),
    kind: ($) => any(words.kinds),
    verb: ($) => any(words.verbs),
    connector: ($) => any(words.connectors),
    flag: ($) => any(words.flags),
    operator: ($) => any(words.others),
    sign: ($) => choice("(", ")", "..", "<=", ">=", "<", ">", "="),
    string: ($) => /"([^"\\\r\n]|\\[^\r\n])*"/,
    date: ($) => /\d{4}-\d{2}-\d{2}/,
    number: ($) => /\d+/,
    word: ($) => /[\p{XID_Start}_][\p{XID_Continue}]*/u,

    comment: ($) => token(choice(/\/\/([^\/\r\n][^\r\n]*)?/, /\/\/\/\/[^\r\n]*/)),
    note: ($) => token(/\/\/\/([^\/\r\n][^\r\n]*)?/),
  },
});
