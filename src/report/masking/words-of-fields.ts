/** Fields whose values are words of Huntflow, of 1C and of programs, not of people. */
const codeFields: ReadonlySet<string> = new Set(
  `type event_type webhook_action version state status action method kind role set upsert create draft withdraw as ref
  find missing code error_code errorcode errno field fields path property attribute parameter param column lang key_name
  faultcode reason_code severity level event root`.split(/\s+/),
);

/** Fields in which a target says something in its own words. */
const speakingFields: ReadonlySet<string> = new Set(
  `error errors message messages detail details description error_description error_message errormessage reason reasons
  title hint msg fault faultstring faultreason descr cause info warning warnings problem problems violations odata.error
  m:error m:message innererror exception`.split(/\s+/),
);

export function isCodeField(name: string | undefined): boolean {
  return name !== undefined && codeFields.has(name.toLowerCase());
}

export function isSpeakingField(name: string | undefined): boolean {
  return name !== undefined && speakingFields.has(name.toLowerCase());
}

/** `id`, `employee_id`, `applicantId`: they name a row, unless they are papers of a person. */
export function isIdField(name: string | undefined): boolean {
  return (
    name !== undefined &&
    name.length <= 64 &&
    /(?:^|_)id$|[a-z]Id$/.test(name) &&
    !/passport|tax|snils|inn|nation|person|citizen|doc|phone|mail/i.test(name)
  );
}
