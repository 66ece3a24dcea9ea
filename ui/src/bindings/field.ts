// Generated from the Rust types of the field commands. Do not edit: run `make bindings`.

/**
 * Add a telephone entry.
 */
export type AddPhone = { 
/**
 * Care document.
 */
care: string, 
/**
 * Number as typed.
 */
number: string, 
/**
 * Resident, or empty for the household.
 */
whose: string, 
/**
 * Words, may be empty.
 */
note: string, };

/**
 * Add a resident.
 */
export type AddResident = { 
/**
 * Household document.
 */
household: string, 
/**
 * Name.
 */
name: string, 
/**
 * Sex code.
 */
sex: string, 
/**
 * Year of birth, 0 when unknown.
 */
birth_year: number, 
/**
 * Relation code.
 */
relation: string, 
/**
 * Population type P10–P13.
 */
population: string, };

/**
 * Who wrote something.
 */
export type Author = { 
/**
 * Person id; empty for the center itself.
 */
person: string, 
/**
 * Name as in the directory; empty when not (yet) known.
 */
name: string, 
/**
 * Role code such as `R01`.
 */
role: string, 
/**
 * True when it is the person this phone belongs to.
 */
me: boolean, };

/**
 * How the phone came up.
 */
export type Boot = "fresh" | "ready" | "locked" | "key_lost" | "recovering" | "damaged" | "wiped" | "lapsed" | "hindered";

/**
 * A building with its rooms.
 */
export type Building = { 
/**
 * Document id.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * What people call it, or empty.
 */
alias: string, 
/**
 * Estate name.
 */
estate: string, 
/**
 * Floors from the top down.
 */
floors: Array<string>, 
/**
 * Units from left to right.
 */
units: Array<string>, 
/**
 * Rooms, by floor from the top, then unit, then room.
 */
rooms: Array<Room>, 
/**
 * Building lead's name, or empty.
 */
lead: string, };

/**
 * Which building.
 */
export type BuildingId = { 
/**
 * Document id.
 */
id: string, };

/**
 * A line in the list of buildings.
 */
export type BuildingLine = { 
/**
 * Document id.
 */
id: string, 
/**
 * Name such as `5栋`.
 */
name: string, 
/**
 * What people call it, or empty.
 */
alias: string, 
/**
 * Estate name.
 */
estate: string, 
/**
 * Grid name.
 */
grid: string, 
/**
 * Households living there.
 */
households: number, 
/**
 * Visits overdue or due today.
 */
due: number, 
/**
 * Households with a care flag.
 */
care: number, };

/**
 * A case in full.
 */
export type Case = { 
/**
 * The line.
 */
line: ReportLine, 
/**
 * Position.
 */
position: Position | null, 
/**
 * Photos.
 */
media: Array<MediaItem>, 
/**
 * Steps and remarks, oldest first.
 */
steps: Array<CaseStep>, 
/**
 * The reporter may still withdraw it.
 */
can_withdraw: boolean, 
/**
 * The desk asked for more: the reporter may answer.
 */
can_supply: boolean, };

/**
 * Which case.
 */
export type CaseId = { 
/**
 * Document id.
 */
id: string, };

/**
 * A step or remark.
 */
export type CaseStep = { 
/**
 * State reached, or `remark`.
 */
kind: string, 
/**
 * Words.
 */
words: string, 
/**
 * Who.
 */
by: Author, 
/**
 * When, by their clock.
 */
at: number, 
/**
 * When the center received it.
 */
received_at: number | null, 
/**
 * Where it is.
 */
receipt: Receipt, };

/**
 * Say something more about a case.
 */
export type CaseWords = { 
/**
 * Case id.
 */
id: string, 
/**
 * Words.
 */
words: string, };

/**
 * The answer of a command that wrote something.
 */
export type Changed = { 
/**
 * Ids of the documents written.
 */
docs: Array<string>, 
/**
 * What to read again.
 */
topics: Array<Topic>, 
/**
 * Id of the new thing (visit, case, phone entry…), when one was made.
 */
created: string | null, };

/**
 * A field that two people wrote differently.
 */
export type Clash = { 
/**
 * Document id.
 */
doc: string, 
/**
 * Field path such as `phones/<id>/number`.
 */
field: string, 
/**
 * Whose: a resident's name, or empty.
 */
about: string, 
/**
 * Two or more values.
 */
values: Array<ClashValue>, 
/**
 * It is a phone entry, so both can be kept.
 */
can_keep_both: boolean, };

/**
 * One of the values that stand side by side.
 */
export type ClashValue = { 
/**
 * Hash of the change that wrote it: the name of this choice.
 */
change: string, 
/**
 * The value; telephone numbers are masked but keep every digit in which they differ.
 */
value: Value, 
/**
 * Who.
 */
by: Author, 
/**
 * When they wrote it, by their phone.
 */
at: number, 
/**
 * Accepted by the center.
 */
receipt: Receipt, };

/**
 * A draft kept in the encrypted database on each keystroke.
 */
export type Draft = { 
/**
 * Which form, such as `report` or `visit:<dwelling>`.
 */
key: string, 
/**
 * What the form needs to come back; null to drop the draft.
 */
data: unknown, };

/**
 * Ask for a draft.
 */
export type DraftKey = { 
/**
 * Which form.
 */
key: string, };

/**
 * A line of "today".
 */
export type DueItem = { 
/**
 * What it is.
 */
kind: DueKind, 
/**
 * Household (visit, clash, tip) or task id.
 */
id: string, 
/**
 * Dwelling id when there is one.
 */
dwelling: string, 
/**
 * Who it is about, or the task's title.
 */
title: string, 
/**
 * Address, or the task's words.
 */
place: string, 
/**
 * Codes of why: person categories (P20…) or field names.
 */
why: Array<string>, 
/**
 * Last visit, if any.
 */
last: number | null, 
/**
 * How it stands.
 */
state: DueState, 
/**
 * Days to go, negative when overdue; none when no day was set.
 */
days: number | null, };

/**
 * What kind of thing is due.
 */
export type DueKind = "visit" | "task" | "clash" | "tip";

/**
 * How a due date stands today (the phone's date; deadlines proper are the center's).
 */
export type DueState = "overdue" | "today" | "soon" | "later";

/**
 * A telephone of the duty list.
 */
export type DutyPhone = { 
/**
 * Key such as `duty`, `fire`, `police`, `ambulance`, `gas`.
 */
key: string, 
/**
 * Number.
 */
number: string, };

/**
 * An error at the edge: the UI maps `code` to words and fills in `params`.
 */
export type EdgeError = { 
/**
 * Stable code, `area_reason` in snake case, such as `enrol_code_used`.
 */
code: string, 
/**
 * Values for the sentence, never personal data.
 */
params: Record<string, string | number>, };

/**
 * Write one field, as seen on a form.
 */
export type EditField = { 
/**
 * Document id.
 */
doc: string, 
/**
 * Field path such as `residents/<id>/name`, `mobility/<resident>` or `cycle_days`.
 */
field: string, 
/**
 * New value; null clears.
 */
value: Value, 
/**
 * Heads the form was opened on.
 */
seen: Array<string>, };

/**
 * The emergency screen.
 */
export type Emergency = { 
/**
 * Telephones.
 */
phones: Array<DutyPhone>, 
/**
 * The open roll-call, newest first; none when all is quiet.
 */
muster: Muster | null, 
/**
 * This person may start one.
 */
can_start: boolean, };

/**
 * For commands that need nothing.
 */
export type Empty = Record<symbol, never>;

/**
 * Enrol with what was scanned or typed.
 */
export type Enrol = { 
/**
 * The text of the QR code, or the typed secret (dashes and spaces don't matter).
 */
code: string, 
/**
 * `host:port`, when the secret was typed.
 */
address: string | null, };

/**
 * Pushed to the UI when something changed without a command (a sync, a photo upload).
 */
export type Event = { "type": "changed", 
/**
 * What changed.
 */
topics: Array<Topic>, } | { "type": "sync", 
/**
 * The new state.
 */
state: SyncState, };

/**
 * Which field.
 */
export type FieldId = { 
/**
 * Document id.
 */
doc: string, 
/**
 * Field path.
 */
field: string, };

/**
 * What was typed.
 */
export type Find = { 
/**
 * Characters, pinyin, initials, an address or the end of a phone number.
 */
query: string, 
/**
 * At most this many (1–50).
 */
limit: number, };

/**
 * Finish a task.
 */
export type FinishTask = { 
/**
 * Task id.
 */
task: string, 
/**
 * `done` or `not_possible`.
 */
result: string, 
/**
 * Words; required for `not_possible`.
 */
note: string, };

/**
 * Everything found.
 */
export type Found = { 
/**
 * Best first.
 */
hits: Array<Hit>, 
/**
 * There are more.
 */
more: boolean, 
/**
 * Time taken in microseconds.
 */
took_us: number, };

/**
 * A former or present value.
 */
export type HistoryItem = { 
/**
 * The value (telephone numbers masked).
 */
value: Value, 
/**
 * Who.
 */
by: Author, 
/**
 * When they wrote it, by their phone.
 */
at: number, 
/**
 * When the center received it.
 */
received_at: number | null, 
/**
 * Values this one replaced (telephone numbers masked).
 */
replaced: Array<Value>, 
/**
 * It stands now (one of several when they clash).
 */
current: boolean, };

/**
 * One line.
 */
export type Hit = { 
/**
 * What it is.
 */
kind: HitKind, 
/**
 * Resident, dwelling or building id.
 */
id: string, 
/**
 * Name, room or building name.
 */
title: string, 
/**
 * Address or estate.
 */
place: string, 
/**
 * Household to open, or empty.
 */
household: string, 
/**
 * Dwelling, or empty.
 */
dwelling: string, 
/**
 * Building.
 */
building: string, 
/**
 * Person categories worth showing (P20…).
 */
flags: Array<string>, };

/**
 * What was found.
 */
export type HitKind = "person" | "dwelling" | "building";

/**
 * A household.
 */
export type Household = { 
/**
 * Household document id.
 */
id: string, 
/**
 * Care document id.
 */
care: string, 
/**
 * Dwelling id.
 */
dwelling: string, 
/**
 * Building id.
 */
building: string, 
/**
 * `5栋2单元501`.
 */
address: string, 
/**
 * Estate name.
 */
estate: string, 
/**
 * Households in the same dwelling, this one included.
 */
siblings: Array<string>, 
/**
 * Residents, head first, those who left last.
 */
people: Array<Resident>, 
/**
 * Phones.
 */
phones: Array<Phone>, 
/**
 * Fields that two people wrote differently.
 */
clashes: Array<Clash>, 
/**
 * Tips not yet adopted or put aside.
 */
tips: Array<Tip>, 
/**
 * Visits, newest first, at most 20.
 */
visits: Array<VisitLine>, 
/**
 * Days between visits; 0 when none is set.
 */
cycle_days: number, 
/**
 * Next visit due.
 */
due: number | null, 
/**
 * Heads of the household document this was read at: hand back with every edit.
 */
household_seen: Array<string>, 
/**
 * Heads of the care document.
 */
care_seen: Array<string>, 
/**
 * Records of this household not accepted yet.
 */
receipt: Receipt, };

/**
 * Which household, or which dwelling (its first household).
 */
export type HouseholdId = { 
/**
 * Household document id, or empty.
 */
household: string, 
/**
 * Dwelling id, used when `household` is empty.
 */
dwelling: string, };

/**
 * The file is there: take it in.
 */
export type ImportMedia = { 
/**
 * Media id, from [`TakeMedia`].
 */
id: string, 
/**
 * What the source really was: `camera`, `album` or `share`. Pictures from elsewhere are
 * marked, and placed by hand.
 */
source: string, };

/**
 * Which intent.
 */
export type IntentId = { 
/**
 * Intent id.
 */
intent: string, };

/**
 * Where is this point?
 */
export type Locate = { 
/**
 * Degrees east.
 */
lon: number, 
/**
 * Degrees north.
 */
lat: number, 
/**
 * Radius in metres, 0 for a tap.
 */
accuracy_m: number, };

/**
 * The answer in facts.
 */
export type Located = { 
/**
 * Grid id (org code), or empty when outside all known grids.
 */
grid: string, 
/**
 * Grid name.
 */
grid_name: string, 
/**
 * Inside the own area.
 */
own: boolean, 
/**
 * The accuracy circle touches another grid.
 */
unsure: boolean, 
/**
 * Nearest building id, or empty.
 */
building: string, 
/**
 * Its name.
 */
building_name: string, 
/**
 * Metres to its outline, 0 inside.
 */
distance_m: number, 
/**
 * Side of the building: `n`, `ne`, … `inside`.
 */
side: string, };

/**
 * Log a visit.
 */
export type LogVisit = { 
/**
 * Dwelling visited.
 */
dwelling: string, 
/**
 * Household visited; empty for building leads and empty flats.
 */
household: string, 
/**
 * Visit type code V01….
 */
kind: string, 
/**
 * Result 1–5.
 */
result: number, 
/**
 * `good`, `fair`, `poor` or empty.
 */
mood: string, 
/**
 * `yes`, `no` or empty.
 */
utilities: string, 
/**
 * Words.
 */
words: string, 
/**
 * Tips (building leads).
 */
tips: Array<NewTip>, };

/**
 * The map of the own area.
 */
export type MapData = { 
/**
 * Outlines.
 */
shapes: Array<Shape>, 
/**
 * Points.
 */
spots: Array<Spot>, };

/**
 * Make parts of a photo unrecognisable, for good, while no report names it.
 */
export type MaskMedia = { 
/**
 * Media id.
 */
id: string, 
/**
 * Strokes of the brush.
 */
strokes: Array<MaskStroke>, };

/**
 * One stroke of the brush over the upright picture.
 */
export type MaskStroke = { 
/**
 * Where the finger went: shares (0 to 1) of the width from left and the height from top.
 */
points: Array<[number, number]>, 
/**
 * Half the brush's width as a share of the picture's long side.
 */
radius: number, };

/**
 * The person this phone belongs to.
 */
export type Me = { 
/**
 * Person id.
 */
person: string, 
/**
 * Name.
 */
name: string, 
/**
 * Role code: R01 grid worker, R02 building lead, R04 grid chief.
 */
role: string, 
/**
 * Name of the own grid, community or building.
 */
area_name: string, 
/**
 * Name of what the own area lies in (community, street or estate).
 */
within_name: string, 
/**
 * Id of the own building (building leads) or empty.
 */
building: string, 
/**
 * Name and number of the grid worker a building lead may ring; empty for others.
 */
worker_name: string, 
/**
 * That worker's duty number, unmasked (a duty number is public); empty if none.
 */
worker_phone: string, };

/**
 * Which photo.
 */
export type MediaId = { 
/**
 * Media id.
 */
id: string, };

/**
 * A photo.
 */
export type MediaItem = { 
/**
 * Media id: show it with the photo scheme.
 */
id: string, 
/**
 * Pixels; 0 while the picture isn't unfolded.
 */
width: number, 
/**
 * Pixels.
 */
height: number, 
/**
 * Bytes of the finished picture; 0 before.
 */
bytes: number, 
/**
 * Bytes the center has so far.
 */
sent_bytes: number, 
/**
 * Where it is.
 */
receipt: Receipt, 
/**
 * The picture or its thumbnail is on this phone (else only its facts).
 */
here: boolean, 
/**
 * Somebody else's, and the center didn't have it when it was asked.
 */
awaited: boolean, 
/**
 * Only the thumbnail is on this phone: the picture comes from the center when asked for.
 */
thinned: boolean, 
/**
 * It isn't finished yet: it waits for its position, or to be unfolded.
 */
processing: boolean, 
/**
 * Parts were made unrecognisable.
 */
masked: boolean, 
/**
 * Code of why its file can't be unfolded here. It is kept as it came; no report can name it.
 */
unreadable: string | null, 
/**
 * `camera`, `album` or `share`.
 */
source: string, 
/**
 * When taken, by the phone's clock.
 */
taken_at: number, 
/**
 * Among a report's photos: when the center received the record that names it. It was taken
 * before that, whatever the phone's clock said.
 */
named_at: number | null, 
/**
 * Where taken, when known.
 */
position: Position | null, };

/**
 * Send something that came back once more, and what was done as one with it.
 */
export type Mend = { 
/**
 * Intent id.
 */
intent: string, 
/**
 * What is to be said otherwise; none to send it as it stands.
 */
words: Array<Retyped>, };

/**
 * An own photo whose record is at the center without it: after a day, or refused.
 */
export type MissingPhoto = { 
/**
 * The photo.
 */
photo: MediaItem, 
/**
 * Its record.
 */
doc: string, 
/**
 * Kind of the record.
 */
kind: string, 
/**
 * What its record is about: a category code, an address.
 */
about: string, 
/**
 * The center refused it, or it can't be read: it isn't tried again by itself.
 */
stuck: boolean, 
/**
 * Its picture can't be read on this phone any more.
 */
damaged: boolean, };

/**
 * An open roll-call.
 */
export type Muster = { 
/**
 * Document id.
 */
id: string, 
/**
 * Title.
 */
title: string, 
/**
 * An exercise.
 */
drill: boolean, 
/**
 * Started.
 */
at: number, 
/**
 * Lines: those who need help first, then by building and room.
 */
lines: Array<RollLine>, 
/**
 * Heads: hand back with each status.
 */
seen: Array<string>, };

/**
 * What the host knows of the network.
 */
export type Network = { 
/**
 * It costs by the byte, or the person asked to save data.
 */
metered: boolean, };

/**
 * A tip in a visit.
 */
export type NewTip = { 
/**
 * `phone`, `need`, `mobility` or `moved_out`.
 */
kind: string, 
/**
 * Number, need or mobility code, or empty.
 */
value: string, 
/**
 * Own words, may be empty.
 */
words: string, };

/**
 * News of something the person reported.
 */
export type News = { 
/**
 * Case id.
 */
case: string, 
/**
 * Category code.
 */
category: string, 
/**
 * Status code of the case machine.
 */
status: string, 
/**
 * Since when.
 */
at: number, };

/**
 * A notice.
 */
export type Notice = { 
/**
 * Document id.
 */
id: string, 
/**
 * Title.
 */
title: string, 
/**
 * Text.
 */
body: string, 
/**
 * Who published it.
 */
by: Author, 
/**
 * When.
 */
at: number, 
/**
 * `normal` or `urgent`.
 */
level: string, };

/**
 * An open roll-call on a home screen.
 */
export type OpenMuster = { 
/**
 * Title.
 */
title: string, 
/**
 * An exercise: said wherever the roll-call is shown, so that nobody takes it for real.
 */
drill: boolean, };

/**
 * The receipts screen.
 */
export type Outbox = { 
/**
 * The pill.
 */
sync: SyncState, 
/**
 * What came back and needs a person.
 */
attention: Array<OutboxItem>, 
/**
 * Photos that should have arrived by now, oldest first.
 */
missing: Array<MissingPhoto>, 
/**
 * Newest first, at most 200: everything waiting, then what was accepted lately.
 */
items: Array<OutboxItem>, };

/**
 * Something written on this phone.
 */
export type OutboxItem = { 
/**
 * Intent id.
 */
intent: string, 
/**
 * What was done, such as `visit_log`, `case_report`, `field_set`, `clash_settle`.
 */
action: string, 
/**
 * Document.
 */
doc: string, 
/**
 * Kind of the document.
 */
kind: string, 
/**
 * What it is about: a person's name, an address, a category code.
 */
about: string, 
/**
 * Field path for edits, or empty.
 */
field: string, 
/**
 * It is about a roll-call that is an exercise.
 */
drill: boolean, 
/**
 * When.
 */
at: number, 
/**
 * Where it is.
 */
receipt: Receipt, 
/**
 * Why it came back.
 */
problem: EdgeError | null, 
/**
 * Photos that go with it.
 */
media: Array<MediaItem>, 
/**
 * What was typed, of something that came back: in no other place when its record went
 * with it.
 */
typed: Array<Typed>, };

/**
 * A telephone entry.
 */
export type Phone = { 
/**
 * Entry id.
 */
id: string, 
/**
 * Masked: `129****0452`.
 */
masked: string, 
/**
 * Resident it belongs to; empty for the household.
 */
whose: string, 
/**
 * Words such as "女儿,紧急联系人"; may be empty.
 */
note: string, 
/**
 * Two values stand side by side.
 */
clash: boolean, };

/**
 * Say where a photo was taken, while no report names it.
 */
export type PlaceMedia = { 
/**
 * Media id.
 */
id: string, 
/**
 * Where; none when it is not to be placed. One from satellites is taken only for photos of
 * the own camera: where somebody stands now says nothing of an album's picture.
 */
position: Position | null, 
/**
 * Where the camera looked, degrees from true north.
 */
direction: number | null, 
/**
 * A better position isn't coming: finish the photo now.
 */
settled: boolean, };

/**
 * A place on earth with how it was come by.
 */
export type Position = { 
/**
 * Degrees east, WGS-84.
 */
lon: number, 
/**
 * Degrees north, WGS-84.
 */
lat: number, 
/**
 * Radius in metres; absent when a person tapped the map.
 */
accuracy_m: number | null, 
/**
 * `gnss`, `tap` or `building`.
 */
source: string, 
/**
 * When the fix was taken.
 */
at: number, 
/**
 * The system said the position was made up by another app.
 */
mocked: boolean, };

/**
 * Where a record or photo is: the honest receipt (promise 2).
 */
export type Receipt = "here" | "sent" | "accepted" | "attention";

/**
 * A line in "my reports".
 */
export type ReportLine = { 
/**
 * Case document id.
 */
id: string, 
/**
 * Category code.
 */
category: string, 
/**
 * Words.
 */
words: string, 
/**
 * Building or grid name.
 */
place: string, 
/**
 * When reported.
 */
at: number, 
/**
 * Status code of the case machine; `unsent` while only this phone knows it.
 */
status: string, 
/**
 * Where the record is.
 */
receipt: Receipt, 
/**
 * First photo, or empty.
 */
photo: string, 
/**
 * Photos in all.
 */
photos: number, 
/**
 * Photos the center has verified.
 */
photos_arrived: number, 
/**
 * Who reported it.
 */
by: Author, };

/**
 * Report a problem.
 */
export type ReportProblem = { 
/**
 * Category code such as `0305`.
 */
category: string, 
/**
 * Words.
 */
words: string, 
/**
 * Building, dwelling or grid it concerns, or empty.
 */
place: string, 
/**
 * Position, when one was taken or tapped.
 */
position: Position | null, 
/**
 * Photos already imported.
 */
media: Array<string>, 
/**
 * Household it concerns, or empty.
 */
household: string, 
/**
 * Key of the draft it was written in, which ends with it; every other draft stays.
 */
draft: string | null, };

/**
 * A resident.
 */
export type Resident = { 
/**
 * Resident id.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * Code of GB/T 2261.1: `1` male, `2` female.
 */
sex: string, 
/**
 * Year of birth, 0 when unknown.
 */
birth_year: number, 
/**
 * Age by year, 0 when unknown.
 */
age: number, 
/**
 * Code of GB/T 4761.
 */
relation: string, 
/**
 * Population type code P10–P15.
 */
population: string, 
/**
 * Category and need codes.
 */
flags: Array<string>, 
/**
 * Mobility code; empty when not recorded.
 */
mobility: string, 
/**
 * Moved out or died: when.
 */
ended: number | null, };

/**
 * Other words for something typed.
 */
export type Retyped = { 
/**
 * Field path, as in [`Typed`].
 */
path: string, 
/**
 * The new text.
 */
text: string, };

/**
 * Ask for a number in clear. Logged, offline as well.
 */
export type Reveal = { 
/**
 * Care document.
 */
care: string, 
/**
 * Phone entry.
 */
phone: string, 
/**
 * `dial` (needs no purpose) or `show`.
 */
way: string, 
/**
 * Index into `reveal_purposes_zh` of the roles table; for `show`.
 */
purpose: number | null, 
/**
 * A value of a clash, by change hash; absent for the entry's own value.
 */
change: string | null, };

/**
 * A number in clear.
 */
export type Revealed = { 
/**
 * Digits.
 */
number: string, };

/**
 * One line of the roll list: a person, or a room for a building lead.
 */
export type RollLine = { 
/**
 * What the status is written for: `p:<resident>` or `r:<dwelling>`.
 */
subject: string, 
/**
 * Name, or the surname at the door for a building lead.
 */
name: string, 
/**
 * `5栋2单元501`.
 */
address: string, 
/**
 * Building id.
 */
building: string, 
/**
 * Household, or empty.
 */
household: string, 
/**
 * Mobility code; empty when not recorded or not shown to this role.
 */
mobility: string, 
/**
 * Person status code; empty while nobody has said anything.
 */
status: string, 
/**
 * Other statuses that stand beside it.
 */
others: Array<string>, 
/**
 * Who said so.
 */
by: Author | null, 
/**
 * When.
 */
at: number | null, 
/**
 * Where the last word is.
 */
receipt: Receipt, };

/**
 * A room of the matrix.
 */
export type Room = { 
/**
 * Dwelling id.
 */
dwelling: string, 
/**
 * Unit name; empty when the building has none.
 */
unit: string, 
/**
 * Floor label: `1`, `-1`, `夹`.
 */
floor: string, 
/**
 * Room label: `501`, `501A`.
 */
room: string, 
/**
 * Surname at the door; empty when unknown.
 */
surname: string, 
/**
 * Somebody lives there.
 */
occupied: boolean, 
/**
 * Current households (two families may share a flat); empty for building leads.
 */
households: Array<string>, 
/**
 * Marks: `overdue`, `care`, `mobility`, `clash`, `tip`, `never` (not visited yet).
 */
marks: Array<string>, };

/**
 * Set, change or remove the PIN.
 */
export type SetPin = { 
/**
 * The PIN until now, when one is set.
 */
old: string | null, 
/**
 * The new one (4–8 digits), or none to remove it.
 */
new: string | null, };

/**
 * One tap of the roll-call.
 */
export type SetRoll = { 
/**
 * Muster id.
 */
muster: string, 
/**
 * `p:<resident>` or `r:<dwelling>`.
 */
subject: string, 
/**
 * Person status code.
 */
status: string, 
/**
 * Heads the list was shown on.
 */
seen: Array<string>, };

/**
 * Change settings; absent fields stay.
 */
export type SetSettings = { 
/**
 * `zh-CN` or `en`.
 */
language: string | null, 
/**
 * Large-type mode.
 */
large: boolean | null, 
/**
 * `light`, `dark` or `system`.
 */
theme: string | null, 
/**
 * Photos are stamped with time and place.
 */
stamp: boolean | null, 
/**
 * The stamp says the person's name too.
 */
stamp_name: boolean | null, 
/**
 * Photos are sent over links that cost too.
 */
photos_metered: boolean | null, };

/**
 * Settings kept on this phone.
 */
export type Settings = { 
/**
 * `zh-CN` or `en`.
 */
language: string, 
/**
 * Large-type mode.
 */
large: boolean, 
/**
 * A PIN is set (reading only; see [`SetPin`]).
 */
pin_set: boolean, 
/**
 * `light`, `dark` or `system`.
 */
theme: string, 
/**
 * Photos are stamped with time and place.
 */
stamp: boolean, 
/**
 * The stamp says the person's name too.
 */
stamp_name: boolean, 
/**
 * Photos are sent over links that cost too.
 */
photos_metered: boolean, };

/**
 * Settle a clash.
 */
export type SettleClash = { 
/**
 * Document id.
 */
doc: string, 
/**
 * Field path.
 */
field: string, 
/**
 * The value to keep, by its change hash.
 */
choice: string, 
/**
 * Keep the other numbers as entries of their own (phones only).
 */
keep_both: boolean, 
/**
 * Heads the choice was shown on.
 */
seen: Array<string>, };

/**
 * An outline with a name.
 */
export type Shape = { 
/**
 * Document id or grid code.
 */
id: string, 
/**
 * `grid`, `building`, `estate`, `water`, `road`.
 */
kind: string, 
/**
 * Name.
 */
name: string, 
/**
 * `[lon, lat]` pairs, closed or a line.
 */
line: Array<[number, number]>, 
/**
 * Belongs to the own area.
 */
own: boolean, };

/**
 * A point with a name.
 */
export type Spot = { 
/**
 * Document id.
 */
id: string, 
/**
 * `shelter`, `hazard`, `shop` or `case`.
 */
kind: string, 
/**
 * Name, or category code of a case.
 */
name: string, 
/**
 * Degrees east.
 */
lon: number, 
/**
 * Degrees north.
 */
lat: number, };

/**
 * Start a roll-call.
 */
export type StartMuster = { 
/**
 * Title.
 */
title: string, 
/**
 * An exercise.
 */
drill: boolean, };

/**
 * Everything the shell of the UI needs.
 */
export type Status = { 
/**
 * How the phone came up.
 */
boot: Boot, 
/**
 * The person; absent before enrolment and while the key is lost.
 */
me: Me | null, 
/**
 * The pill.
 */
sync: SyncState, 
/**
 * Settings kept on this phone.
 */
settings: Settings, 
/**
 * Where a damaged database was put, a file name without folder.
 */
kept_as: string | null, 
/**
 * Why the phone can't come up, such as `disk_full`, `app_too_old`, `keystore_failed`; or
 * `forgetting`, while it is being emptied.
 */
hindrance: EdgeError | null, 
/**
 * Minutes this phone's clock is off the center's (positive: ahead), if beyond 2.
 */
clock_off_min: number | null, 
/**
 * Version of the app.
 */
version: string, 
/**
 * Name of the center (county); empty before enrolment.
 */
center_name: string, };

/**
 * What the link to the center is doing.
 */
export type SyncPhase = "unknown" | "syncing" | "online" | "offline" | "failed";

/**
 * The sync pill in numbers; the UI says it in words.
 */
export type SyncState = { 
/**
 * What the link is doing.
 */
phase: SyncPhase, 
/**
 * Records not accepted yet.
 */
records: number, 
/**
 * Photos not accepted yet.
 */
photos: number, 
/**
 * Bytes of those photos that the center hasn't got.
 */
photo_bytes: number, 
/**
 * They wait for a link that doesn't cost by the byte, as the settings want it.
 */
photos_wait: boolean, 
/**
 * Things given back that need a person.
 */
attention: number, 
/**
 * When everything was last in step with the center.
 */
last_ok: number | null, 
/**
 * Documents received so far in the first sync; 0 otherwise.
 */
received: number, 
/**
 * The center was restored from a backup, and is getting back what it lost.
 */
restoring: boolean, 
/**
 * Why the last attempt failed.
 */
error: EdgeError | null, };

/**
 * Before a camera or an album opens: make room for a photo.
 */
export type TakeMedia = { 
/**
 * `camera`, `album` or `share`.
 */
source: string, 
/**
 * Position, when one is known already.
 */
position: Position | null, };

/**
 * A task.
 */
export type Task = { 
/**
 * Document id.
 */
id: string, 
/**
 * Title.
 */
title: string, 
/**
 * Words.
 */
words: string, 
/**
 * Due date, if any.
 */
due: number | null, 
/**
 * State code of the task machine.
 */
state: string, 
/**
 * Household it is about, or empty.
 */
household: string, 
/**
 * Who gave it.
 */
by: Author, };

/**
 * Something a building lead noticed, waiting to be adopted.
 */
export type Tip = { 
/**
 * Visit document it came in.
 */
visit: string, 
/**
 * Entry id.
 */
id: string, 
/**
 * `phone`, `need`, `mobility` or `moved_out`.
 */
kind: string, 
/**
 * The value: a masked number, a need or mobility code, or empty.
 */
value: string, 
/**
 * The lead's own words, or empty.
 */
words: string, 
/**
 * Who.
 */
by: Author, 
/**
 * When.
 */
at: number, };

/**
 * Adopt or put aside a tip.
 */
export type TipChoice = { 
/**
 * Visit document.
 */
visit: string, 
/**
 * Tip entry.
 */
tip: string, 
/**
 * Adopt (write it as one's own edit) or put it aside.
 */
adopt: boolean, 
/**
 * Family it is about, the one whose page shows it: a flat may house several. Empty when
 * there is only one.
 */
household: string, 
/**
 * Resident a mobility or need tip is for; empty when the household has one resident.
 */
resident: string, };

/**
 * The first screen.
 */
export type Today = { 
/**
 * Whose phone.
 */
me: Me, 
/**
 * Households in the own area.
 */
households: number, 
/**
 * People in the own area.
 */
people: number, 
/**
 * The pill.
 */
sync: SyncState, 
/**
 * What is due, most urgent first, at most 50.
 */
due: Array<DueItem>, 
/**
 * How many there are in all that are overdue or due today.
 */
due_total: number, 
/**
 * What happened to own reports lately.
 */
news: Array<News>, 
/**
 * Latest notices, newest first, at most 3.
 */
notices: Array<Notice>, 
/**
 * The open roll-call; none when all is quiet.
 */
muster: OpenMuster | null, };

/**
 * A thing screens show; every command that writes names those it touched.
 */
export type Topic = "status" | "roster" | "care" | "visits" | "cases" | "tasks" | "notices" | "muster" | "outbox" | "media" | "places";

/**
 * A text somebody typed.
 */
export type Typed = { 
/**
 * Field path.
 */
path: string, 
/**
 * Its last part, such as `words`, `number`, `name`.
 */
field: string, 
/**
 * The text.
 */
text: string, };

/**
 * Open the lock.
 */
export type Unlock = { 
/**
 * The PIN typed.
 */
pin: string, };

/**
 * A value of a field.
 */
export type Value = null | boolean | number | string;

/**
 * A visit in a list.
 */
export type VisitLine = { 
/**
 * Document id.
 */
id: string, 
/**
 * Visit type code V01….
 */
kind: string, 
/**
 * Result 1–5.
 */
result: number, 
/**
 * `good`, `fair`, `poor` or empty.
 */
mood: string, 
/**
 * Water, power and gas fine: `yes`, `no` or empty.
 */
utilities: string, 
/**
 * Words.
 */
words: string, 
/**
 * When.
 */
at: number, 
/**
 * Who.
 */
by: Author, 
/**
 * Where it is.
 */
receipt: Receipt, };

/** Every command with its request and its answer. */
export type Commands = {
  status: [Empty, Status];
  enrol: [Enrol, Status];
  recover: [Empty, Status];
  unlock: [Unlock, Status];
  lock: [Empty, Status];
  set_pin: [SetPin, Status];
  set_settings: [SetSettings, Status];
  network: [Network, Empty];
  save_draft: [Draft, Empty];
  load_draft: [DraftKey, Draft];
  today: [Empty, Today];
  tasks: [Empty, Array<Task>];
  finish_task: [FinishTask, Changed];
  notices: [Empty, Array<Notice>];
  find: [Find, Found];
  buildings: [Empty, Array<BuildingLine>];
  building: [BuildingId, Building];
  household: [HouseholdId, Household];
  reveal: [Reveal, Revealed];
  field_history: [FieldId, Array<HistoryItem>];
  edit_field: [EditField, Changed];
  settle_clash: [SettleClash, Changed];
  add_phone: [AddPhone, Changed];
  add_resident: [AddResident, Changed];
  choose_tip: [TipChoice, Changed];
  log_visit: [LogVisit, Changed];
  locate: [Locate, Located];
  map: [Empty, MapData];
  report_problem: [ReportProblem, Changed];
  my_reports: [Empty, Array<ReportLine>];
  case: [CaseId, Case];
  add_remark: [CaseWords, Changed];
  withdraw_case: [CaseWords, Changed];
  supply_info: [CaseWords, Changed];
  take_media: [TakeMedia, MediaId];
  import_media: [ImportMedia, MediaItem];
  place_media: [PlaceMedia, MediaItem];
  mask_media: [MaskMedia, MediaItem];
  media: [MediaId, MediaItem];
  loose_media: [Empty, Array<MediaItem>];
  drop_media: [MediaId, Changed];
  emergency: [Empty, Emergency];
  start_muster: [StartMuster, Changed];
  set_roll: [SetRoll, Changed];
  outbox: [Empty, Outbox];
  mend: [Mend, Changed];
  discard: [IntentId, Changed];
  retry_media: [MediaId, Changed];
  sync: [Empty, SyncState];
};
