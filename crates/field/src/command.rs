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
            import_media(media::ImportMedia) -> media::MediaItem;
            drop_media(media::MediaId) -> change::Changed;
            emergency(Empty) -> emergency::Emergency;
            start_muster(emergency::StartMuster) -> change::Changed;
            set_roll(emergency::SetRoll) -> change::Changed;
            outbox(Empty) -> outbox::Outbox;
            discard(outbox::IntentId) -> change::Changed;
            sync(Empty) -> start::SyncState;
        }
    };
}
