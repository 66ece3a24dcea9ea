//! The one list of commands.
//!
//! The Tauri window, the loopback web host and the TypeScript bindings all come
//! from this list: a command that is not on it exists nowhere, and one that lacks
//! its function doesn't compile.

/// Calls `$each!` with every command as `name(Request) -> Response`.
#[macro_export]
macro_rules! with_commands {
    ($each:ident) => {
        $each! {
            status(Empty) -> start::Status;
            enrol(start::Enrol) -> start::Status;
            recover(Empty) -> start::Status;
            unlock(start::Unlock) -> start::Status;
            lock(Empty) -> start::Status;
            set_pin(start::SetPin) -> start::Status;
            set_settings(start::SetSettings) -> start::Status;
            network(start::Network) -> Empty;
            save_draft(start::Draft) -> Empty;
            load_draft(start::DraftKey) -> start::Draft;
            today(Empty) -> today::Today;
            tasks(Empty) -> Vec<today::Task>;
            finish_task(today::FinishTask) -> change::Changed;
            notices(Empty) -> Vec<today::Notice>;
            find(find::Find) -> find::Found;
            buildings(Empty) -> Vec<building::BuildingLine>;
            building(building::BuildingId) -> building::Building;
            household(household::HouseholdId) -> household::Household;
            reveal(household::Reveal) -> household::Revealed;
            field_history(household::FieldId) -> Vec<household::HistoryItem>;
            edit_field(edit::EditField) -> change::Changed;
            settle_clash(edit::SettleClash) -> change::Changed;
            add_phone(edit::AddPhone) -> change::Changed;
            add_resident(edit::AddResident) -> change::Changed;
            choose_tip(edit::TipChoice) -> change::Changed;
            log_visit(visit::LogVisit) -> change::Changed;
            locate(case::Locate) -> case::Located;
            map(Empty) -> map::MapData;
            report_problem(case::ReportProblem) -> change::Changed;
            my_reports(Empty) -> Vec<case::ReportLine>;
            case(case::CaseId) -> case::Case;
            add_remark(case::CaseWords) -> change::Changed;
            withdraw_case(case::CaseWords) -> change::Changed;
            supply_info(case::CaseWords) -> change::Changed;
            take_media(media::TakeMedia) -> media::MediaId;
            import_media(media::ImportMedia) -> media::MediaItem;
            place_media(media::PlaceMedia) -> media::MediaItem;
            mask_media(media::MaskMedia) -> media::MediaItem;
            media(media::MediaId) -> media::MediaItem;
            loose_media(Empty) -> Vec<media::MediaItem>;
            drop_media(media::MediaId) -> change::Changed;
            emergency(Empty) -> emergency::Emergency;
            start_muster(emergency::StartMuster) -> change::Changed;
            set_roll(emergency::SetRoll) -> change::Changed;
            outbox(Empty) -> outbox::Outbox;
            mend(outbox::Mend) -> change::Changed;
            discard(outbox::IntentId) -> change::Changed;
            retry_media(media::MediaId) -> change::Changed;
            sync(Empty) -> start::SyncState;
        }
    };
}

mod building;
mod case;
mod edit;
mod emergency;
mod find;
mod household;
mod map;
mod media;
mod mend;
mod outbox;
mod start;
mod tips;
mod today;
mod visit;

use serde_json::Value;

use crate::EdgeError;
use crate::phone::Phone;

use self::building::{building, buildings};
use self::case::{
    add_remark, case, locate, my_reports, report_problem, supply_info, withdraw_case,
};
use self::edit::{add_phone, add_resident, edit_field, settle_clash};
use self::emergency::{emergency, set_roll, start_muster};
use self::find::find;
use self::household::{field_history, household, reveal};
use self::map::map;
use self::media::{
    drop_media, import_media, loose_media, mask_media, media, place_media, take_media,
};
use self::mend::mend;
use self::outbox::{discard, outbox, retry_media, sync};
use self::start::{
    enrol, load_draft, lock, network, recover, save_draft, set_pin, set_settings, status, unlock,
};
use self::tips::choose_tip;
use self::today::{finish_task, notices, tasks, today};
use self::visit::log_visit;

/// Commands that work while the lock is closed: reporting and the emergency telephones.
const OPEN_WHILE_LOCKED: &[&str] = &[
    "status",
    "unlock",
    "lock",
    "set_settings",
    "network",
    "save_draft",
    "load_draft",
    "locate",
    "report_problem",
    "take_media",
    "import_media",
    "place_media",
    "mask_media",
    "loose_media",
    "drop_media",
    "emergency",
    "sync",
];

/// Commands that work besides while the center hasn't been met for too long: one's own work.
const OPEN_WHILE_LAPSED: &[&str] = &[
    "outbox",
    "mend",
    "discard",
    "retry_media",
    "set_pin",
    "my_reports",
];

macro_rules! dispatcher {
    ($($name:ident($request:ty) -> $response:ty;)*) => {
        /// Runs a command by name: JSON in, JSON out.
        pub(crate) async fn dispatch(
            phone: &Phone,
            name: &str,
            request: Value,
        ) -> Result<Value, EdgeError> {
            #[allow(unused_imports, reason = "each list of types names its own module")]
            use crate::api::*;
            if phone.state().locked && !OPEN_WHILE_LOCKED.contains(&name) {
                return Err(EdgeError::code("locked"));
            }
            if phone.lapsed()
                && !OPEN_WHILE_LOCKED.contains(&name)
                && !OPEN_WHILE_LAPSED.contains(&name)
            {
                return Err(EdgeError::code("lapsed"));
            }
            match name {
                $(stringify!($name) => {
                    let request: $request = serde_json::from_value(request)
                        .map_err(|_| EdgeError::bad_input("request"))?;
                    let response: $response = $name(phone, request).await?;
                    serde_json::to_value(response).map_err(|_| EdgeError::code("internal"))
                })*
                _ => Err(EdgeError::code("unknown_command")),
            }
        }
    };
}
with_commands!(dispatcher);
