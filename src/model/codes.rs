//! Every code that the model stage reports.

use crate::codes::codes;

codes! {
    in "pages" {
        AMBIGUOUS_NAME = "ambiguous_name": "A bare name fits several nouns.";
        BAD_CONDITION = "bad_condition": "A condition compares something that cannot be compared.";
        BAD_END = "bad_end": "The end of a keep is not an event.";
        CLASS_AS_BASIS = "class_as_basis": "A statement relies on a class of legal bases instead of a declared basis.";
        DUTY_AS_TEXT = "duty_as_text": "A duty that follows a sentence is written out instead of named.";
        EMPTY_DENOTATION = "empty_denotation": "A list of nouns means nothing at all.";
        EXCEPT_NOT_HERE = "except_not_here": "`except` stands in a list from which nothing can be taken out.";
        IMPOSSIBLE_CONDITION = "impossible_condition": "A condition can never hold.";
        LAW_NEEDS_DATE = "law_needs_date": "A family of law packs is named, but the policy has no date to choose by.";
        LONG_CONDITION = "long_condition": "A condition has too many alternatives.";
        MISPLACED_FLAG = "misplaced_flag": "A flag stands at a noun of another kind.";
        MISPLACED_PART = "misplaced_part": "A part of a header stands at a noun of another kind.";
        MISPLACED_RULE = "misplaced_rule": "A promise or restriction in a law pack stands outside a rule, or a rule outside a law pack.";
        MISSING_PARTY = "missing_party": "There are several controllers, and a statement does not say which of them processes.";
        MISSING_PURPOSE = "missing_purpose": "A statement does not say for what.";
        MISSING_RECIPIENT = "missing_recipient": "Data are shared, but with whom is not said.";
        NEVER_IN_FORCE = "never_in_force": "A policy ends before it begins.";
        NOT_A_REQUEST = "not_a_request": "A line of a scenario asks something that is not one act.";
        NOT_IN_BASIS = "not_in_basis": "The bases of a statement are negated or compared.";
        NO_LAW_THEN = "no_law_then": "No pack of the family was in force on the policy's day.";
        SECOND_POLICY = "second_policy": "A project declares more than one policy.";
        SLOT_NOT_OF_VERB = "slot_not_of_verb": "A sentence has a part that its verb does not take.";
        TWO_OF_A_FAMILY = "two_of_a_family": "Two law packs of one family count on one day.";
        UNKNOWN_LAW = "unknown_law": "The law named by the policy is none of the packs.";
        WRONG_KIND = "wrong_kind": "A name is declared, but as a noun of another kind.";
    }
    // These are rules too: they can be given another level.
    in "../checks" {
        CYCLE = "cycle": "Nouns lie above themselves.";
        DECLARED_TWICE = "declared_twice": "One name is declared twice.";
        MISSING_CONTROLLER = "missing_controller": "A policy declares no controller.";
        SHADOWS_PACK = "shadows_pack": "A noun hides one of a law pack or the taxonomy of the same kind and name.";
        UNKNOWN_NAME = "unknown_name": "A name is not declared.";
        UNUSED_PACK = "unused_pack": "A pack of the project's own is not applied.";
    }
}
