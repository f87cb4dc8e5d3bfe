# The decisions of the policy `{{name}}`, written by Kupuya from its bundle. What the rules say is in the data; this file
# is how they are read: docs/semantics.md, M3 to M10.
#
# Ask `data.kupuya.policy.{{name}}.answer`, or `.allow` for yes or no, with the request that the runtime takes as `input`.
#
# False, unknown, true are 0, 1, 2: `and` is the least, `or` the greatest, `not` the distance from 2.
package kupuya.policy.{{name}}

import rego.v1

import data.kupuya.bundle.{{name}} as bundle

default allow := false

allow if answer.decision

answer := {
	"decision": verdict == "allow",
	"verdict": verdict,
	"policy": bundle.policy,
	"meaning": bundle.meaning,
	"items": items,
}

default verdict := "invalid"

verdict := "no_policy" if not in_force

verdict := "undeclared" if {
	in_force
	not refused
	unknown_name
}

verdict := verdicts[worst(ranked)] if {
	askable
	count(ranked) > 0
}

default items := []

items := [item.told | some item in judged] if askable

ranked := [item.rank | some item in judged]

# From good to bad (M10).
verdicts := ["allow", "unmet", "undeclared", "forbidden"]

# --- The request (M3)

in_force if {
	now >= bundle.begins
	now < bundle.ends
}

askable if {
	in_force
	not refused
	not unknown_name
	not contradicted
}

verb := bundle.verbs[input.action]

given(slot) if input[slot] != null

list(value) := value if is_array(value)

table(value) := value if is_object(value)

# Slots that a verb may lack.
slots := {"source", "purpose", "recipient"}

fields := {
	"action", "data", "by", "source", "purpose", "recipient", "about", "place", "age", "facts", "records", "item",
	"time",
}

refused if not verb

refused if {
	some slot in slots
	given(slot)
	not verb[slot]
}

refused if {
	some slot in {"by", "data", "source", "purpose", "recipient"}
	input[slot] == []
}

refused if {
	some field, _ in input
	not field in fields
}

refused if {
	some record in list(input.records)
	record.purposes == []
}

refused if {
	some called in names
	bundle.nouns[called[0]].names[called[1]] == null
}

refused if {
	input.item.collected != null
	seconds(input.item.collected) > now
}

# Deadlines (M12) are not exported: for these verbs they would decide.
refused if {
	not input.action in {"store", "anonymise", "erase"}
	timed
}

timed if collected_given

timed if count(event_times) > 0

refused if count(true_facts & false_facts) > 0

# An event has happened if, and only if, its time has come.
refused if {
	some name, at in table(input.item.events)
	key("facts", name) in true_facts
	time_of(at)[0] > now
}

refused if {
	some name, at in table(input.item.events)
	key("facts", name) in false_facts
	time_of(at)[0] <= now
}

refused if {
	some name, _ in table(input.item.events)
	some other, _ in table(input.item.events)
	name != other
	key("facts", name) == key("facts", other)
}

# Every name in the request, by kind.
names := array.concat(of_slots, array.concat(of_records, of_facts))

kinds := {
	"by": "controllers", "data": "data", "source": "sources", "purpose": "purposes", "recipient": "recipients",
	"about": "subjects",
}

of_slots := [[kind, name] |
	some slot, kind in kinds
	some name in list(input[slot])
	name != "any"
]

of_records := array.concat(
	[["bases", record.basis] | some record in list(input.records)],
	[["purposes", name] |
		some record in list(input.records)
		some name in list(record.purposes)
		name != "any"
	],
)

of_facts := array.concat(
	array.concat([["facts", name] | some name, _ in table(input.facts)], [["facts", name] | some name, _ in table(input.item.events)]),
	[["countries", input.place] | input.place != null; input.place != "abroad"],
)

unknown_name if {
	some called in names
	not is_known(called[0], called[1])
}

is_known(kind, name) if bundle.nouns[kind].names[name] != 0

key(kind, name) := bundle.nouns[kind].names[name]

# The atoms that names stand for, in canonical order.
atoms(kind, called) := [pair[1] | some pair in sort([[bundle.nouns[kind].rank[atom], atom] | some atom in denoted(kind, called)])]

denoted(kind, called) := {atom |
	some name in called
	some atom in below(kind, name)
}

below(kind, "any") := bundle.nouns[kind].all

below(kind, name) := bundle.nouns[kind].down[key(kind, name)] if name != "any"

# One empty place where the verb has no such slot, or nothing of the kind is declared.
atoms_of(name, kind, exists) := [null] if not exists

atoms_of(name, kind, exists) := or_none(atoms(kind, input[name])) if {
	exists
	given(name)
}

atoms_of(name, kind, exists) := or_none(bundle.nouns[kind].all) if {
	exists
	not given(name)
}

or_none(found) := found if count(found) > 0

or_none(found) := [null] if count(found) == 0

bys := atoms_of("by", "controllers", true)

categories := atoms_of("data", "data", true)

sources := atoms_of("source", "sources", verb.source)

purposes := atoms_of("purpose", "purposes", verb.purpose)

recipients := atoms_of("recipient", "recipients", verb.recipient) if input.action != "publish"

recipients := [bundle.public] if input.action == "publish"

# --- Time

time_given if input.time != null

now := seconds(input.time) if time_given

now := whole(time.now_ns()) if not time_given

today := floor((now + bundle.zone_offset) / 86400)

# A day begins at midnight of the policy's zone.
seconds(text) := whole(time.parse_rfc3339_ns(concat("", [text, "T00:00:00Z"]))) - bundle.zone_offset if count(text) == 10

seconds(text) := whole(time.parse_rfc3339_ns(text)) if count(text) != 10

whole(ns) := round((ns - (((ns % 1000000000) + 1000000000) % 1000000000)) / 1000000000)

# Further off than any instant.
never := 1000000000000000

always := -1000000000000000

plus(at, period) := at if at >= never

plus(at, period) := at if at <= always

plus(at, period) := at + period.seconds if {
	at < never
	at > always
}

# Months by the calendar of the zone, clamped to the month's end.
plus(at, period) := (((days(date[0], date[1], date[2]) * 86400) + local) - (day * 86400)) - bundle.zone_offset if {
	at < never
	at > always
	period.months
	local := at + bundle.zone_offset
	day := floor(local / 86400)
	date := months_later(civil(day), period.months)
}

months_later(date, months) := [year, month, min([date[2], month_length(year, month)])] if {
	total := (((date[0] * 12) + date[1]) - 1) + months
	year := floor(total / 12)
	month := (total - (year * 12)) + 1
}

month_length(year, 2) := 29 if leap(year)

month_length(year, 2) := 28 if not leap(year)

month_length(year, month) := 30 if month in {4, 6, 9, 11}

month_length(year, month) := 31 if month in {1, 3, 5, 7, 8, 10, 12}

leap(year) if {
	year % 4 == 0
	year % 100 != 0
}

leap(year) if year % 400 == 0

# Years are counted from March, so that the leap day is the last of its year.
days(year, month, day) := ((((years * 365) + floor(years / 4)) - floor(years / 100)) + floor(years / 400)) + of_year if {
	shifted := (month + 9) % 12
	years := year - floor(shifted / 10)
	of_year := (floor(((153 * shifted) + 2) / 5) + day) - 719469
}

civil(number) := [year, month, day] if {
	from_march := number + 719468
	era := floor(from_march / 146097)
	of_era := from_march - (era * 146097)
	years := floor((((of_era - floor(of_era / 1460)) + floor(of_era / 36524)) - floor(of_era / 146096)) / 365)
	of_year := of_era - (((365 * years) + floor(years / 4)) - floor(years / 100))
	shifted := floor(((5 * of_year) + 2) / 153)
	day := (of_year - floor(((153 * shifted) + 2) / 5)) + 1
	month := ((shifted + 2) % 12) + 1
	year := ((era * 400) + years) + floor(shifted / 10)
}

# --- Facts (M5)

true_facts := {key("facts", name) |
	some name, held in table(input.facts)
	held
}

false_facts := {key("facts", name) |
	some name, held in table(input.facts)
	not held
}

fact(name) := 2 if name in true_facts

fact(name) := 0 if name in false_facts

fact(name) := 1 if {
	not name in true_facts
	not name in false_facts
}

listed := {key("subjects", name) |
	some name in list(input.about)
	name != "any"
}

# The classes listed, and all above them.
of_classes := {above |
	some class in listed
	some above in bundle.nouns.subjects.up[class]
}

# A class without a guard.
plain(class) := 0 if {
	count(listed) > 0
	not meets(class)
}

plain(class) := 1 if {
	count(listed) > 0
	meets(class)
}

plain(class) := 2 if {
	count(listed) == 0
	bundle.everyone[class]
}

plain(class) := 1 if {
	count(listed) == 0
	not bundle.everyone[class]
}

meets(class) if {
	some above in bundle.nouns.subjects.up[class]
	above in listed
}

# Classes, as deep as their guards hang on each other.
{{classes}}

# Ages.

age_given := [input.age, input.age] if is_number(input.age)

age_given := [object.get(input.age, "at_least", 0), object.get(input.age, "at_most", 4294967295)] if is_object(input.age)

age_known if is_number(input.age)

age_known if is_object(input.age)

age_interval := age_given if age_known

age_interval := [0, 4294967295] if not age_known

# The age of a person in listed classes lies within the ages of those classes.
bounds := {age_interval} | {bundle.ages[class] | some class in of_classes}

youngest := max([bound[0] | some bound in bounds])

oldest := min([bound[1] | some bound in bounds])

contradicted if youngest > oldest

contradicted if {
	some class in of_classes
	bundle.classes[class]
	own_guard(class) == 0
}

truth(true) := 2

truth(false) := 0

holds("<", a, b) := a < b

holds("<=", a, b) := a <= b

holds("=", a, b) := a == b

holds(">=", a, b) := a >= b

holds(">", a, b) := a > b

age("=", years) := 0 if years < youngest

age("=", years) := 0 if years > oldest

age("=", years) := 2 if {
	years == youngest
	years == oldest
}

age("=", years) := 1 if {
	years >= youngest
	years <= oldest
	youngest != oldest
}

age(is, years) := truth(holds(is, youngest, years)) if {
	is != "="
	holds(is, youngest, years) == holds(is, oldest, years)
}

age(is, years) := 1 if {
	is != "="
	holds(is, youngest, years) != holds(is, oldest, years)
}

place_given if input.place != null

place_key := "abroad" if input.place == "abroad"

place_key := key("countries", input.place) if input.place != "abroad"

# As given, else as the recipient declares, else the controller, else home.
place(test, x) := bundle.inside[test][place_key] if place_given

place(test, x) := across({bundle.inside[test][declared] | some declared in bundle.recipients[x.recipient]}) if {
	not place_given
	is_placed(x)
}

place(test, x) := bundle.inside[test][object.get(bundle.controllers, x.by, bundle.home)] if {
	not place_given
	not is_placed(x)
}

is_placed(x) if {
	x.verb == "share"
	bundle.recipients[x.recipient]
}

across(values) := value if {
	count(values) == 1
	some value in values
}

across(values) := 1 if count(values) > 1

# A recipient outside its declared countries.
misplaced(x) if {
	place_given
	is_placed(x)
	every declared in bundle.recipients[x.recipient] {
		bundle.inside[declared][place_key] == 0
	}
}

literal(test, x) := fact(test.fact)

literal(test, x) := class_value(test.class)

literal(test, x) := age(test.age[0], test.age[1])

literal(test, x) := truth(holds(test.day[0], today, test.day[1]))

literal(test, x) := place(test.place, x)

signed(value, true) := value

signed(value, false) := 2 - value

guard(number, x) := max({0} | {value |
	some conjunction in bundle.guards[number]
	value := min({2} | {signed(literal(bundle.literals[one[0]], x), one[1]) | some one in conjunction})
})

# --- Bases (M6)

records_given if input.records != null

records := [{
	"end": record.kind != "give",
	"object": record.kind == "object",
	"basis": key("bases", record.basis),
	"purposes": covered(object.get(record, "purposes", null)),
	"at": seconds(record.at),
	"by": object.get(record, "by", "self"),
} |
	some record in list(input.records)
	seconds(record.at) <= now
]

covered(null) := null

covered(called) := denoted("purposes", called) if called != null

speaks(record, basis) if record.basis == basis

speaks(record, basis) if {
	record.end
	record.basis in bundle.nouns.bases.up[basis]
}

covers_purpose(record, purpose) if record.purposes == null

covers_purpose(record, purpose) if {
	record.purposes != null
	purpose in record.purposes
}

covers_purpose(record, null) if record.end

counts(record, basis) if record.end

counts(record, basis) if {
	not record.end
	record.by in bundle.bases[basis].givers
	record.at >= bundle.bases[basis].since
}

said(basis, purpose, keeping) := 2 if {
	not bundle.bases[basis].consent
	not bundle.bases[basis].objectable
}

said(basis, purpose, keeping) := 1 if {
	asks_records(basis)
	not records_given
}

said(basis, purpose, keeping) := truth(not_objected(basis, purpose)) if {
	not bundle.bases[basis].consent
	bundle.bases[basis].objectable
	records_given
}

said(basis, purpose, keeping) := agreed(counted, basis, keeping) if {
	bundle.bases[basis].consent
	records_given
	counted := [record |
		some record in records
		speaks(record, basis)
		covers_purpose(record, purpose)
		counts(record, basis)
	]
}

asks_records(basis) if bundle.bases[basis].consent

asks_records(basis) if bundle.bases[basis].objectable

not_objected(basis, purpose) := count([record |
	some record in records
	record.object
	speaks(record, basis)
	covers_purpose(record, purpose)
]) == 0

# The latest decides, an end before a consent at equal times.
agreed(counted, basis, keeping) := 0 if count(counted) == 0

agreed(counted, basis, keeping) := after_end(counted, basis, keeping) if {
	count(counted) > 0
	is_ended(counted)
}

agreed(counted, basis, keeping) := lasts(latest(counted), bundle.bases[basis].term) if {
	count(counted) > 0
	not is_ended(counted)
}

latest(counted) := max([record.at | some record in counted])

is_ended(counted) if {
	some record in counted
	record.end
	record.at == latest(counted)
}

after_end(counted, basis, keeping) := truth(count([1 |
	keeping
	bundle.bases[basis].survives_keep
	some record in counted
	not record.end
]) > 0)

lasts(given_at, term) := 2 if term == null

lasts(given_at, term) := truth(now < plus(given_at, term)) if term != null

basis_value(basis, purpose, keeping, x) := min([said(basis, purpose, keeping), basis_guard(bundle.bases[basis].when, x)])

basis_guard(when, x) := 2 if when == null

basis_guard(when, x) := guard(when, x) if when != null

bases_value(bases, box, keeping, x) := 0 if count(bases) == 0

bases_value(bases, box, keeping, x) := max([value |
	some purpose in justifying(box, x)
	value := min([basis_value(basis, purpose, keeping, x) | some basis in bases])
]) if count(bases) > 0

# The point's own purpose; for a verb without purpose, those that justify it.
justifying(box, x) := [x.purpose] if bundle.verbs[x.verb].purpose

justifying(box, x) := or_none(bundle.nouns.purposes.all) if {
	not bundle.verbs[x.verb].purpose
	box.purpose == null
}

justifying(box, x) := or_none([purpose | some purpose, _ in box.purpose]) if {
	not bundle.verbs[x.verb].purpose
	box.purpose != null
}

# --- Ways (M7) and how long data are kept (M12)

side(held, atom) if held == null

side(held, atom) if held[atom]

# The slots of a box that a verb lacks do not count.
covers(box, x) if {
	side(box.by, x.by)
	every name in bundle.verbs[x.verb].named {
		side(box[name], x[name])
	}
}

way_value(way, box, x) := 2 if way.clause == null

way_value(way, box, x) := min([guard(way.guard, x), bases_value(way.bases, box, false, x)]) if {
	way.clause != null
	way.keep == null
}

way_value(way, box, x) := min([guard(way.guard, x), bases_value(way.bases, box, true, x), lasting(way.keep)]) if {
	way.keep != null
	x.verb != "anonymise"
}

way_value(way, box, x) := min([guard(way.guard, x), max([bases_value(way.bases, box, true, x), 2 - lasting(way.keep)])]) if {
	way.keep != null
	x.verb == "anonymise"
}

collected_given if input.item.collected != null

collected := [seconds(input.item.collected), seconds(input.item.collected)] if collected_given

collected := [always, never] if not collected_given

event_times := {event: time |
	some called, _ in table(input.item.events)
	event := key("facts", called)
	time := max({time_of(at) | some name, at in table(input.item.events); key("facts", name) == event})
}

time_of(null) := [never, never]

time_of(at) := [seconds(at), seconds(at)] if at != null

event(name) := event_times[name]

event(name) := [never, never] if {
	not event_times[name]
	fact(name) == 0
}

event(name) := [collected[0], now] if {
	not event_times[name]
	fact(name) == 2
}

event(name) := [collected[0], never] if {
	not event_times[name]
	fact(name) == 1
}

on(at) := [at, at]

later(end, period) := [plus(end[0], period), plus(end[1], period)]

first(ends) := [min([end[0] | some end in ends]), min([end[1] | some end in ends])]

last(ends) := [max([end[0] | some end in ends]), max([end[1] | some end in ends])]

lasting(keep) := still(keep_end(keep))

still(end) := 2 if now < end[0]

still(end) := 0 if end[1] <= now

still(end) := 1 if {
	now >= end[0]
	end[1] > now
}

# Caps of keeping bound whatever lets data be stored.
within_caps(x) := 2 if x.verb != "store"

within_caps(x) := min({2} | {max([2 - guard(cap.guard, x), still(later(collected, cap.most))]) |
	some cap in bundle.caps
	side(cap.data, x.data)
	side(cap.by, x.by)
}) if x.verb == "store"

# Ends, by the number of the keep.
{{ends}}

# --- Bans (M8)

applies(part, way, x) if {
	has(part.verbs, x.verb)
	side(part.data, x.data)
	covers(part, x)
	of_way(part, way)
}

has(verbs, asked) if verbs[asked]

of_way(part, way) if part.ways == null

of_way(part, way) if part.ways[way.key]

strikes(ban, boxes, way, x) := 0 if {
	ban.limits
	not applies(ban.limits, way, x)
}

strikes(ban, boxes, way, x) := min([guard(ban.limits.guard, x), 2 - excepted]) if {
	ban.limits
	applies(ban.limits, way, x)
	excepted := max({0} | {guard(part.guard, x) |
		some part in ban.except
		applies(part, way, x)
	})
}

# A keep under a legal duty forbids erasing.
strikes(ban, boxes, way, x) := min([held, guard(ban.guard, x), lasting(ban.keep)]) if {
	not ban.limits
	covering := [bundle.boxes[number] |
		some number in boxes
		side(bundle.boxes[number].by, x.by)
	]
	held := held_by(ban, covering, x)
}

held_by(ban, covering, x) := 0 if covering == []

held_by(ban, covering, x) := max([bases_value(bases, covering[0], true, x) | some bases in ban.ways]) if covering != []

# --- A point (M9)

# What a point is told: the rank of its verdict, and the number of the way or ban.
told(x) := [2, null] if misplaced(x)

told(x) := of_row(bundle.rows[bundle.of[x.verb][x.data]], x) if not misplaced(x)

of_row(row, x) := decided(points, ways) if {
	points := [[one[0], value] |
		some one in row.point_bans
		value := strikes(bundle.bans[one[0]], one[1], {"key": ""}, x)
		value > 0
	]
	ways := [[one[0], min([way_value(way, box, x), within_caps(x)]), struck(row, way, x)] |
		some one in row.ways
		box := bundle.boxes[one[1]]
		covers(box, x)
		way := bundle.ways[one[0]]
	]
}

struck(row, way, x) := [[one[0], value] |
	some one in row.way_bans
	value := strikes(bundle.bans[one[0]], one[1], way, x)
	value > 0
]

true_ones(bans) := [ban[0] |
	some ban in bans
	ban[1] == 2
]

live(ways) := [way[0] |
	some way in ways
	way[1] == 2
	way[2] == []
]

untouched(ways) := [way[0] |
	some way in ways
	true_ones(way[2]) == []
]

decided(points, ways) := [3, min(true_ones(points))] if true_ones(points) != []

decided(points, ways) := [0, min(live(ways))] if {
	points == []
	live(ways) != []
}

decided(points, ways) := [2, null] if {
	true_ones(points) == []
	ways == []
}

decided(points, ways) := [3, min([min(true_ones(way[2])) | some way in ways])] if {
	true_ones(points) == []
	ways != []
	untouched(ways) == []
}

decided(points, ways) := [1, null] if {
	true_ones(points) == []
	untouched(ways) != []
	not is_allowed(points, ways)
}

is_allowed(points, ways) if {
	points == []
	live(ways) != []
}

# --- The answer (M10)

worst(ranks) := max(ranks)

judged := [item |
	some category in categories
	points := [told({
		"verb": input.action, "by": by, "data": category, "source": source, "purpose": purpose,
		"recipient": recipient,
	}) |
		some by in bys
		some source in sources
		some purpose in purposes
		some recipient in recipients
	]
	rank := worst([point[0] | some point in points])
	item := {
		"rank": rank,
		"told": object.union({"data": category, "verdict": verdicts[rank]}, cited(rank, points)),
	}
]

cited(0, points) := {"relies_on": [way |
	some number in sort({point[1] | some point in points})
	way := {"clause": bundle.ways[number].clause, "bases": bundle.ways[number].bases}
]}

cited(1, points) := {}

cited(2, points) := {"closing": bundle.closing}

cited(3, points) := {"forbidden_by": bundle.bans[forbidding[0]].clause} if {
	forbidding := [point[1] |
		some point in points
		point[0] == 3
	]
}
