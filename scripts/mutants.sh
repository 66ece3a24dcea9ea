#!/usr/bin/env bash
# Would anybody notice? Deliberate faults, one after the other: first those that a storm of the
# simulator must catch, then those that a test by name must catch. A fault that survives fails.
set -uo pipefail
cd "$(dirname "$0")/.."
export NO_COLOR=1

target/debug/linli-mutants | tee target/mutants.log
survived=${PIPESTATUS[0]}
caught=$(grep -c '^caught' target/mutants.log)
tried=$(grep -cE '^(caught|SURVIVED)' target/mutants.log)

while IFS='|' read -r fault test what; do
  fault=${fault// /} test=${test// /}
  tried=$((tried + 1))
  run() { cargo nextest run --workspace --features linli-tests/mutants --status-level none --final-status-level none "$@" 2>&1; }
  if ! run -E "test(=$test)" >target/mutant.log; then
    echo "SURVIVED  $fault: $test fails without it" && tail -20 target/mutant.log && survived=1
  elif LINLI_MUTANT=$fault run -E "test(=$test)" >/dev/null; then
    echo "SURVIVED  $fault:$what" && survived=1
  else
    printf 'caught    %s:%s\n          by %s\n' "$fault" "$what" "$test"
    caught=$((caught + 1))
  fi
done <<'LIST'
replay_on_newest_heads | a_replayed_edit_replaces_only_what_its_author_had_seen | phone: replays an edit on what stands now
replay_on_the_newest_epoch | what_would_replace_something_that_reads_otherwise_comes_back_whole | phone: what waits goes on at what stands in the new epoch, not at what was seen
deaf_to_what_was_erased | what_is_erased_where_this_phone_no_longer_reads_is_heard_of_all_the_same | phone: keeps own edits about somebody erased whose household it has no more
leave_fellows_behind | what_stands_or_falls_together_comes_back_together | phone: leaves the rest of a refused group waiting
membership_not_counted | it_stays_until_the_last_of_its_buckets_is_gone | phone: drops a document when it leaves the first of its buckets
any_actor_number | hostile::an_actor_s_changes_are_numbered_without_gaps | center: takes an actor's changes in any number
compaction_loses_a_change | store::law::whenever_somebody_reads_the_end_is_the_same | center: leaves what other buckets still show out of the feed as well
keep_drafts_of_before | erasure::the_command_line_says_what_it_does | center: judges by what it remembers of an epoch that is over
destroy_without_trace | erasure::late_edits_are_told_what_became_of_their_ground | center: doesn't say what became of the changes of before
cursor_skips_a_page | rounds::pages_are_bounded_and_resume_anywhere | center: sends the cursor on to the end of the feed
LIST

echo
echo "$caught of $tried deliberate faults caught"
((survived == 0))
