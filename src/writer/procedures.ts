import { moveCursor } from '../audit/cursor.ts';
import { addEntry } from '../audit/write-entry.ts';
import { keepAlarm } from '../alarms/keep-alarm.ts';
import { keepSightings } from '../alarms/keep-sightings.ts';
import { noteWebhooks } from '../alarms/webhook-watch.ts';
import { closeSession, openSession, touchSession } from '../access/keep-session.ts';
import { beginLogin, endLogin } from '../access/throttle.ts';
import { abortBulk, addBulkRows, makeBulk, startBulk } from '../bulk/keep-bulk.ts';
import { runSlice } from '../bulk/run-slice.ts';
import { releaseLease, takeLease } from '../database/lease.ts';
import type { AnyProcedure } from '../database/procedure.ts';
import { admitEvents } from '../inbox/admit.ts';
import { keepEvents } from '../inbox/keep.ts';
import { commitMapped } from '../mapping/commit-mapped.ts';
import { dropDraft, saveDraft } from '../mapping/store/drafts.ts';
import { closeGap, keepVersion } from '../mapping/store/mapping-versions.ts';
import { markSeen } from '../outbox/attention.ts';
import { claimLanes, extendLeases, releaseClaim, saveNotes, sweepIdle } from '../outbox/claim.ts';
import { clearAttempts, clearDead, clearDeliveries } from '../retention/clear-deliveries.ts';
import { setLastGiven } from '../database/copy/set-last-given.ts';
import { dropMark, writeRows } from '../database/copy/rows.ts';
import { clearEvents } from '../retention/clear-events.ts';
import { clearBulks, clearDeliveryRows, clearEventRows, clearMappingDrafts } from '../retention/clear-rows.ts';
import { markServing } from '../database/sqlite/serving-mark.ts';
import { vacuumStep } from '../database/sqlite/vacuum.ts';
import { replaceRecord } from '../outbox/edit.ts';
import { insertAll, insertReplayed } from '../outbox/insert.ts';
import { cancelDelivery, remapDelivery, retryDelivery } from '../outbox/intervene.ts';
import { endLeaps } from '../outbox/leaps.ts';
import { keepReference } from '../outbox/references.ts';
import { sealOldWords } from '../outbox/seal-old-words.ts';
import { expireLeases } from '../outbox/settle/recover.ts';
import { settleClaims } from '../outbox/settle/settle-claims.ts';
import { carryForgetting } from '../forget/carry-forgetting.ts';
import { forgetPerson } from '../forget/forget-person.ts';
import { emptyQuarantined } from '../forget/empty-quarantined.ts';
import { eraseSlice } from '../people/erase.ts';
import { dropOldForgettings, finishForgetting, raiseActs } from '../people/forgettings.ts';
import { endAllLeases, forgetLost } from '../forget/lost-people.ts';
import { reachSeal, sealDeliveriesAnew, sealEvents, sealPeople } from '../people/seal-old.ts';
import { beginSealing } from '../people/begin-sealing.ts';
import { markLost } from '../people/hold-key.ts';
import { attributeEvents } from '../people/attribute-events.ts';
import { sealReason, setPaused } from '../targets/pause.ts';
import { endRest, holdName, saveTroubles, takeProbe } from '../targets/target-state.ts';

/** Everything that writes the database, whoever calls it. */
export const procedures: readonly AnyProcedure[] = [
  keepEvents,
  commitMapped,
  remapDelivery,
  claimLanes,
  settleClaims,
  extendLeases,
  releaseClaim,
  saveNotes,
  keepReference,
  saveTroubles,
  takeProbe,
  holdName,
  setPaused,
  sealReason,
  endRest,
  retryDelivery,
  cancelDelivery,
  insertAll,
  insertReplayed,
  keepVersion,
  closeGap,
  takeLease,
  releaseLease,
  expireLeases,
  sweepIdle,
  endLeaps,
  markSeen,
  makeBulk,
  addBulkRows,
  startBulk,
  abortBulk,
  runSlice,
  replaceRecord,
  noteWebhooks,
  keepSightings,
  keepAlarm,
  addEntry,
  attributeEvents,
  markLost,
  beginSealing,
  forgetPerson,
  carryForgetting,
  emptyQuarantined,
  eraseSlice,
  finishForgetting,
  dropOldForgettings,
  raiseActs,
  sealPeople,
  sealEvents,
  sealDeliveriesAnew,
  sealOldWords,
  reachSeal,
  forgetLost,
  endAllLeases,
  moveCursor,
  openSession,
  touchSession,
  closeSession,
  beginLogin,
  endLogin,
  admitEvents,
  saveDraft,
  dropDraft,
  clearEvents,
  clearDeliveryRows,
  clearEventRows,
  clearBulks,
  clearMappingDrafts,
  clearDeliveries,
  clearDead,
  clearAttempts,
  vacuumStep,
  markServing,
  writeRows,
  dropMark,
  setLastGiven,
];
