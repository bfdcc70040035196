import type {
  Adapter,
  AdapterClass,
  AdapterTools,
  CheckContext,
  DeliveryContext,
  Finding,
  ForesightContext,
  Receipt,
  WrittenPlace,
} from '../src/adapter.ts';
import { foreseenOf } from './http/tls-files.ts';
import { cleanDocument } from './onec/clean-document.ts';
import { XmlFolder } from './onec/xml-folder.ts';
import { type XmlRecord, xmlRecord } from './onec/xml-record.ts';
import { XmlService } from './onec/xml-service.ts';
import { type XmlSettings, xmlSettings } from './onec/xml-settings.ts';

/**
 * One XML document for each record: to an HTTP service of 1C, wrapped in SOAP to a web service, or as a file into a
 * folder. What 1C does with it is up to the code in 1C; whether it took it, status and Fault say.
 */
export class OnecXml implements Adapter<XmlRecord> {
  static readonly type = 'onec-xml';
  static readonly settings = xmlSettings;
  static readonly record = xmlRecord;
  static readonly defaults = { timeout: 120_000, concurrency: 4 } as const;

  static writes(
    { folder, create }: XmlSettings,
    { resolvePath }: Pick<AdapterTools, 'resolvePath'>,
  ): WrittenPlace | undefined {
    return folder === undefined ? undefined : { folder: resolvePath(folder), create };
  }

  static foresees({ tls }: XmlSettings, context: ForesightContext): readonly Finding[] {
    return foreseenOf(tls, context);
  }

  readonly #way: XmlService | XmlFolder;

  constructor(settings: XmlSettings, tools: AdapterTools) {
    this.#way =
      settings.url === undefined
        ? new XmlFolder({ ...settings, folder: settings.folder ?? '' }, tools)
        : new XmlService(settings.url, settings, tools);
  }

  async deliver(record: XmlRecord, delivery: DeliveryContext): Promise<Receipt> {
    const { record: clean, findings } = cleanDocument(record);
    const receipt = await this.#way.deliver(clean, delivery);
    return findings.length === 0 ? receipt : { ...receipt, warnings: [...(receipt.warnings ?? []), ...findings] };
  }

  check({ signal }: CheckContext): Promise<Finding[]> {
    return this.#way.check(signal);
  }

  async close(): Promise<void> {
    await this.#way.close();
  }
}

export default OnecXml satisfies AdapterClass;
