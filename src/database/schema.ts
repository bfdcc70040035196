import type { Fixed, Time } from './tables/column.ts';
import type { AlarmsTable, SightingsTable, WebhooksTable, WebhookHoursTable } from './tables/alarms.ts';
import type { AuditTable, CursorsTable } from './tables/audit.ts';
import type { BulksTable, BulkRowsTable } from './tables/bulk.ts';
import type { EventsTable, EventKeysTable } from './tables/inbox.ts';
import type { MappingVersionsTable, MappingFilesTable, MappingGapsTable, StagesTable } from './tables/mapping.ts';
import type {
  LanesTable,
  DeliveriesTable,
  CausesTable,
  AttemptsTable,
  OnceTable,
  ReferencesTable,
  AliasesTable,
} from './tables/outbox.ts';
import type { PeopleTable, PersonTermsTable, MonthKeysTable, ForgettingsTable, PrivacyTable } from './tables/people.ts';
import type { TargetsTable } from './tables/targets.ts';

/** Who may do what only one process may do at a time. */
interface LeasesTable {
  readonly name: Fixed<string>;
  readonly holder: string;
  readonly until: Time;
}

export interface Tables {
  readonly events: EventsTable;
  readonly event_keys: EventKeysTable;
  readonly lanes: LanesTable;
  readonly deliveries: DeliveriesTable;
  readonly attempts: AttemptsTable;
  readonly causes: CausesTable;
  readonly bulks: BulksTable;
  readonly bulk_rows: BulkRowsTable;
  readonly once: OnceTable;
  readonly references: ReferencesTable;
  readonly aliases: AliasesTable;
  readonly targets: TargetsTable;
  readonly leases: LeasesTable;
  readonly alarms: AlarmsTable;
  readonly sightings: SightingsTable;
  readonly webhooks: WebhooksTable;
  readonly webhook_hours: WebhookHoursTable;
  readonly mapping_versions: MappingVersionsTable;
  readonly mapping_files: MappingFilesTable;
  readonly mapping_gaps: MappingGapsTable;
  readonly stages: StagesTable;
  readonly audit: AuditTable;
  readonly cursors: CursorsTable;
  readonly people: PeopleTable;
  readonly person_terms: PersonTermsTable;
  readonly month_keys: MonthKeysTable;
  readonly privacy: PrivacyTable;
  readonly forgettings: ForgettingsTable;
}
