// Generated from the Rust types of the center's API. Do not edit: run `make bindings`.

/**
 * Any answer that is no success; the page maps `code` to words.
 */
export type Failure = { 
/**
 * Stable code: `logged_out`, `login_wrong`, `login_wait`, `not_allowed`, `not_found`,
 * `overtaken`, `reason_missing`, `bad_input`, `photo_not_here`, `internal`.
 */
code: string, 
/**
 * Seconds to wait before trying again; 0 when that doesn't matter.
 */
wait_s: number, };

/**
 * A line of the live stream: something a page may want to read again.
 */
export type Live = { 
/**
 * `case`, `device`, `recovery`, `returned`; `all` after a gap, and when the line opens.
 */
type: string, 
/**
 * Which one; empty when that doesn't matter.
 */
id: string, };

/**
 * Who wants in.
 */
export type Login = { 
/**
 * Name to log in with.
 */
login: string, 
/**
 * Password.
 */
password: string, };

/**
 * Who is in.
 */
export type Session = { 
/**
 * Person id.
 */
person: string, 
/**
 * Name.
 */
name: string, 
/**
 * Role code.
 */
role: string, 
/**
 * Division code of the post.
 */
org: string, 
/**
 * Name of the post's org node.
 */
org_name: string, 
/**
 * Name of the center.
 */
center: string, 
/**
 * What is open.
 */
pages: Pages, 
/**
 * Streets, communities and grids of the post's area, by code.
 */
orgs: Array<Org>, 
/**
 * The center's clock.
 */
now: number, };

/**
 * A node of the org tree.
 */
export type Org = { 
/**
 * Division code: 9 digits for a street, 12 for a community, 15 for a grid.
 */
code: string, 
/**
 * Name.
 */
name: string, };

/**
 * Pages by what a role may open; a page that isn't open isn't shown.
 */
export type Pages = { 
/**
 * Cases and their map.
 */
cases: boolean, 
/**
 * What was given back to its authors, to decide about.
 */
returned: boolean, 
/**
 * Devices.
 */
devices: boolean, 
/**
 * Requests for lost database keys.
 */
recoveries: boolean, 
/**
 * May approve or refuse them.
 */
decide: boolean, };

/**
 * A line of the list.
 */
export type CaseLine = { 
/**
 * Case document.
 */
id: string, 
/**
 * Number: the day the center received it, and its place in that day.
 */
no: string, 
/**
 * Category code such as `0305`.
 */
category: string, 
/**
 * The reporter's words.
 */
words: string, 
/**
 * Building, shop or other place, or the address in words; empty for none.
 */
place: string, 
/**
 * Division code of the grid or community.
 */
org: string, 
/**
 * Its name.
 */
org_name: string, 
/**
 * 1 = critical … 4 = plannable; 0 for a category of a newer version.
 */
urgency: number, 
/**
 * State of the case machine.
 */
state: string, 
/**
 * Not yet at an end.
 */
open: boolean, 
/**
 * Only desk roles may see it.
 */
restricted: boolean, 
/**
 * When it was reported, by the reporter's clock.
 */
reported_at: number, 
/**
 * When the center received it.
 */
received_at: number, 
/**
 * Name of the reporter.
 */
by: string, 
/**
 * Photos in the record.
 */
photos: number, 
/**
 * Photos whose bytes the center has verified.
 */
photos_arrived: number, 
/**
 * Photos that should have arrived by now.
 */
photos_late: number, 
/**
 * Degrees east.
 */
lon: number | null, 
/**
 * Degrees north.
 */
lat: number | null, };

/**
 * A page of the list, newest first.
 */
export type CasePage = { 
/**
 * Lines.
 */
cases: Array<CaseLine>, 
/**
 * Ask again with this as `after`; absent at the end.
 */
next: string | null, 
/**
 * How many the filter finds in all.
 */
total: number, };

/**
 * Who reported it and how to reach them.
 */
export type Reporter = { 
/**
 * Name.
 */
name: string, 
/**
 * Role code.
 */
role: string, 
/**
 * Name of the post.
 */
org_name: string, 
/**
 * Duty telephone; empty for none.
 */
phone: string, };

/**
 * Where it is, and how that is known.
 */
export type Place = { 
/**
 * Degrees east.
 */
lon: number, 
/**
 * Degrees north.
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
 * The phone's system said another app made the position up.
 */
mocked: boolean, };

/**
 * A photo of the record.
 */
export type Photo = { 
/**
 * Photo.
 */
id: string, 
/**
 * When the shutter was pressed; of one that was passed on, when it was put in.
 */
taken_at: number, 
/**
 * `camera`, `album` or `share`.
 */
source: string, 
/**
 * Name of who put it into the record.
 */
by: string, 
/**
 * Role code.
 */
role: string, 
/**
 * Pixels.
 */
width: number, 
/**
 * Pixels.
 */
height: number, 
/**
 * Bytes of the JPEG.
 */
bytes: number, 
/**
 * SHA-256 of the JPEG, hexadecimal.
 */
sha256: string, 
/**
 * Where it was taken.
 */
position: Place | null, 
/**
 * The center has its bytes, verified.
 */
arrived: boolean, 
/**
 * It should have arrived by now, and hasn't.
 */
late: boolean, 
/**
 * When it arrived.
 */
arrived_at: number | null, 
/**
 * When the center received the record that names it.
 */
awaited_since: number, };

/**
 * A line of the story: a step or a remark.
 */
export type Entry = { 
/**
 * Entry id.
 */
id: string, 
/**
 * State reached; empty for a remark.
 */
to: string, 
/**
 * Reason or words.
 */
words: string, 
/**
 * Name of who wrote it.
 */
by: string, 
/**
 * Role code.
 */
role: string, 
/**
 * When, by the author's clock.
 */
at: number, 
/**
 * When the center received it.
 */
received_at: number, };

/**
 * A step the person who looks may take now.
 */
export type NextStep = { 
/**
 * State it leads to.
 */
to: string, 
/**
 * What the button says, in Chinese.
 */
action_zh: string, 
/**
 * A reason must be given.
 */
reason_required: boolean, };

/**
 * A case in full.
 */
export type CaseFile = { 
/**
 * Its line.
 */
line: CaseLine, 
/**
 * Address in words; empty for none.
 */
address: string, 
/**
 * Names of the org nodes it lies in, the nearest last.
 */
path: Array<string>, 
/**
 * Who reported it.
 */
reporter: Reporter, 
/**
 * Where it is.
 */
position: Place | null, 
/**
 * Photos.
 */
photos: Array<Photo>, 
/**
 * Steps and remarks, oldest first.
 */
story: Array<Entry>, 
/**
 * Newest step: what the next one builds on.
 */
head: string, 
/**
 * Steps open to the person who looks.
 */
next: Array<NextStep>, 
/**
 * Outlines around it.
 */
around: MapData, };

/**
 * Take a step.
 */
export type TakeStep = { 
/**
 * State to reach.
 */
to: string, 
/**
 * The step it builds on, as it was shown.
 */
after: string, 
/**
 * Reason; may be empty where none is asked for.
 */
reason: string, };

/**
 * An outline with a name.
 */
export type Shape = { 
/**
 * Place document.
 */
id: string, 
/**
 * `grid`, `estate`, `building`, `water` or `road`.
 */
kind: string, 
/**
 * Name.
 */
name: string, 
/**
 * Division code of the org node it belongs to.
 */
org: string, 
/**
 * `[lon, lat]` pairs: a ring, or a line for roads and water.
 */
line: Array<[number, number]>, };

/**
 * A point with a name.
 */
export type Spot = { 
/**
 * Document.
 */
id: string, 
/**
 * `shelter`, `hazard` or `case`.
 */
kind: string, 
/**
 * Name; category code of a case.
 */
name: string, 
/**
 * Urgency of a case, else 0.
 */
urgency: number, 
/**
 * Division code of the org node it belongs to.
 */
org: string, 
/**
 * Degrees east.
 */
lon: number, 
/**
 * Degrees north.
 */
lat: number, };

/**
 * A map.
 */
export type MapData = { 
/**
 * Outlines.
 */
shapes: Array<Shape>, 
/**
 * Points.
 */
spots: Array<Spot>, 
/**
 * Open cases that have no position, and so are not on the map.
 */
unplaced: number, 
/**
 * Open cases beyond the most that a map takes.
 */
left_out: number, };

/**
 * A phone and whose it is.
 */
export type Device = { 
/**
 * Enrolment id.
 */
id: string, 
/**
 * Name of the person.
 */
person: string, 
/**
 * Role code.
 */
role: string, 
/**
 * Name of the post.
 */
org_name: string, 
/**
 * What kind of phone and which version of the app, as it said when it enrolled.
 */
device: string, 
/**
 * When it enrolled.
 */
enrolled_at: number, 
/**
 * When it last synced; absent for never.
 */
last_sync: number | null, 
/**
 * It has kept everything up to this number of the feed.
 */
through: number, 
/**
 * Seconds its clock was ahead of the center's, at the last sync.
 */
clock_off_s: number, 
/**
 * It may only push, into quarantine.
 */
revoked: boolean, };

/**
 * A phone that asks for its lost database key.
 */
export type Recovery = { 
/**
 * Request.
 */
id: string, 
/**
 * Name of the person.
 */
person: string, 
/**
 * Role code.
 */
role: string, 
/**
 * Name of the post.
 */
org_name: string, 
/**
 * Duty telephone, to ask whether it is really them; empty for none.
 */
phone: string, 
/**
 * What kind of phone.
 */
device: string, 
/**
 * When it asked.
 */
asked_at: number, 
/**
 * `waiting`, `approved` or `refused`.
 */
state: string, 
/**
 * Who decided; empty while it waits.
 */
decided_by: string, 
/**
 * When; absent while it waits.
 */
decided_at: number | null, 
/**
 * Why.
 */
reason: string, };

/**
 * Approve or refuse.
 */
export type Decide = { 
/**
 * Hand the key out.
 */
approve: boolean, 
/**
 * Why; a refusal needs a reason.
 */
reason: string, };

/**
 * Something that was not accepted when it came.
 */
export type Returned = { 
/**
 * Which.
 */
id: string, 
/**
 * Name of who wrote it.
 */
by: string, 
/**
 * Role code.
 */
role: string, 
/**
 * Duty telephone, to ask; empty for none.
 */
phone: string, 
/**
 * When it was written, by the author's clock.
 */
at: number, 
/**
 * When it was given back.
 */
returned_at: number, 
/**
 * What was done, such as `visit_log`, `field_set`.
 */
action: string, 
/**
 * Kind of the document.
 */
kind: string, 
/**
 * Field it is about, of an edit of one; else empty.
 */
field: string, 
/**
 * Category code of a case; empty for anything else.
 */
category: string, 
/**
 * Building, shop or other place; empty for none.
 */
place: string, 
/**
 * Name of the grid or community it lies in.
 */
org_name: string, 
/**
 * Why it was given back, such as `scope`.
 */
code: string, 
/**
 * What was typed; telephone numbers are masked.
 */
typed: Array<TypedText>, 
/**
 * Photos in the record; their bytes come once it is accepted.
 */
photos: number, 
/**
 * How many records it stands or falls with, itself included.
 */
together: number, 
/**
 * `waiting`, `accepted`, `refused`, or `sent_again` by its author.
 */
state: string, 
/**
 * Who decided; empty while it waits.
 */
decided_by: string, 
/**
 * When; absent while it waits.
 */
decided_at: number | null, 
/**
 * Why it was refused.
 */
reason: string, };

/**
 * A text somebody typed.
 */
export type TypedText = { 
/**
 * Last part of its field, such as `words`.
 */
field: string, 
/**
 * The text.
 */
text: string, };

/**
 * A page of the list, newest first.
 */
export type ReturnedPage = { 
/**
 * Lines.
 */
lines: Array<Returned>, 
/**
 * Ask again with this as `after`; absent at the end.
 */
next: string | null, };

/**
 * Refuse for good.
 */
export type RefuseReturned = { 
/**
 * Why; its author reads it.
 */
reason: string, };

/**
 * What became of it.
 */
export type Ruling = { 
/**
 * As it stands now.
 */
line: Returned, 
/**
 * Why it can't be accepted even with the rights of whoever decides; empty when it was.
 */
still: string, };
