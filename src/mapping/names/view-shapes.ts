import { mergeShapes, parseShape, type Shape } from './shape.ts';

/**
 * What formulas can name, by event type: all keys of all fixtures of both versions (test/mapping/view-shapes.test.ts
 * keeps it
 * so). `*` marks what is open: custom fields, and what no fixture shows.
 */
export const viewShapes: Readonly<Record<string, string>> = {
  APPLICANT: `
    account{id name nick} agreement{decision_date state} applicant{birthday company email externals{account_source{id name} auth_type id updated}
    first_name has_photo id last_name middle_name money pd_agreement{decision_date state} phone photo{content_type id name url} position questionary
    skype* social{id social_type value verification_date* verified} values*} author{email id meta* name} body* changes* event{action created event id
    type version} log{calendar_event{all_day attendees{contact_id displayName email member name order resource responseStatus} created
    creator{displayName email self} description end etag event_type foreign id interview_type location* name recurrence* reminders{method minutes}
    start state status timezone transparency} comment created employment_date files{content_type id name url} hired_in_fill_quota{account_info{email
    id name} already_hired applicants_to_hire changed closed created deadline id vacancy_frame vacancy_request work_days_after_deadline*
    work_days_before_deadline work_days_in_work} id rejection_reason{id name} removed source status{id name} survey_answer_of_type_a*
    survey_questionary* type vacancy{account_division{full_path{id name parent} id name} account_region{id name} applicants_to_hire body* company
    conditions* created deadline fill_quotas{applicants_to_hire closed* created deadline id vacancy_request} frame_id hidden id money multiple parent*
    position priority requirements state values*} vacancy_group_action*} stage{id name} tags{color id name} vacancy{account_division{full_path{id name
    parent} id name} account_region{id name} applicants_to_hire body* company conditions* created deadline fill_quotas{applicants_to_hire closed*
    created deadline id vacancy_request} frame_id grade{foreign id meta* name} hidden id money multiple parent* position priority requirements state
    values*}
  `,
  OFFER: `
    account{id name nick} agreement{decision_date state} applicant{birthday company email externals{account_source{id name} auth_type id updated}
    first_name has_photo id last_name middle_name money pd_agreement{decision_date state} phone photo{content_type id name url} position questionary
    skype* social{id social_type value verification_date* verified} values*} author{email id meta* name} body* changes* event{action created event id
    type version} log{created id type} offer{account_applicant_offer_log{id type} applicant_offer_id created id values*}
    vacancy{account_division{full_path{id name parent} id name} account_region{id name} applicants_to_hire body* company* conditions created deadline
    fill_quotas{applicants_to_hire closed* created deadline id vacancy_request} frame_id grade{foreign id name} hidden id money multiple parent*
    position priority requirements state values*}
  `,
  'RECRUITMENT-EVALUATION': `
    account{id name nick} agreement{decision_date state} applicant{birthday company email externals{account_source{id name} auth_type id updated}
    first_name has_photo id last_name middle_name money pd_agreement{decision_date state} phone photo{content_type id name url} position questionary
    skype* social{id social_type value verification_date* verified} values*} author{email id meta* name} body* changes* evaluation{account_survey{id
    name schema*} applicant{birthday company email externals{account_source{id name} auth_type id updated} first_name has_photo id last_name
    middle_name money pd_agreement{decision_date state} phone photo{content_type id name url} position questionary skype* social{id social_type value
    verification_date* verified} values*} applicant_log_id id stars survey_answer{created data* id respondent{account_id* custom_id email id name}
    updated} survey_answer_requests{created id respondent{account_id* custom_id email id name} state} vacancy{account_division{full_path{id name
    parent} id name} account_region{id name} applicants_to_hire company* created deadline fill_quotas{applicants_to_hire closed* created deadline id
    vacancy_request} frame_id hidden id money multiple parent* position priority state values*}} event{action created event id version}
    vacancy{account_division{full_path{id name parent} id name} account_region{id name} applicants_to_hire company* created deadline
    fill_quotas{applicants_to_hire closed* created deadline id vacancy_request} frame_id hidden id money multiple parent* position priority state
    values*}
  `,
  RESPONSE: `
    account{id name nick} body* changes* event{action created event id type version} response{created data* foreign id response_data* resume* state
    updated vacancy_external{account_vacancy_external{account_source{foreign id name type} auth_type id name} created data* foreign id state
    vacancy{account_division{full_path{id name parent} id name} account_region{id name} applicants_to_hire company created deadline
    fill_quotas{applicants_to_hire closed* created deadline id vacancy_request} frame_id hidden id money multiple parent* position priority state
    values*}}} vacancy{account_division{full_path{id name parent} id name} account_region{id name} applicants_to_hire company created deadline
    fill_quotas{applicants_to_hire closed* created deadline id vacancy_request} frame_id hidden id money multiple parent* position priority state
    values*}
  `,
  'SURVEY-QUESTIONARY': `
    account{id name nick} agreement{decision_date state} applicant{birthday company email externals{account_source{id name} auth_type id updated}
    first_name has_photo id last_name middle_name money pd_agreement{decision_date state} phone photo{content_type id name url} position questionary
    skype* social{id social_type value verification_date* verified} values*} author{email id meta* name} body* changes* event{action created event id
    version} survey{answer{created data* id} created created_by{account_id name} id link respondent{applicant_id name} survey{active created id name
    schema* title type ui_schema* updated*}} vacancy{account_division{full_path{id name parent} id name} account_region{id name} applicants_to_hire
    company* created deadline fill_quotas{applicants_to_hire closed* created deadline id vacancy_request} frame_id hidden id money multiple parent*
    position priority state values*}
  `,
  VACANCY: `
    account{id name nick} author{email id meta* name} body* changes* event{action created event id type version} log{close_reason{id name} comment
    created hold_reason* id state type} vacancy{account_division{full_path{id name parent} id name} account_region{id name} applicants_to_hire body*
    company conditions created deadline fill_quotas{applicants_to_hire closed created deadline id vacancy_request} frame_id grade{foreign id name}
    hidden id money multiple parent{account_division{full_path{id name parent} id name} account_region{id name} applicants_to_hire body* company*
    conditions* created deadline fill_quotas* frame_id* hidden id money multiple parent* position priority requirements state values*} position
    priority requirements state vacancy_request{account_vacancy_request created id position values*} values*}
  `,
  'VACANCY-REQUEST': `
    account{id name nick} author{email id meta* name} body* changes* event{action created event id type version} log{action created id reason}
    request{account account_info{email id name} account_vacancy_request changed created files{content_type id name url} id position states{changed
    email id order reason* status} status updated vacancy values*}
  `,
};

const parsed = new Map<string, Shape>();

/** What events of these types have between them; undefined when one of them is not known. */
export function shapeOf(events: readonly string[]): Shape | undefined {
  const shapes = events.map((name) => {
    const notation = Object.hasOwn(viewShapes, name) ? viewShapes[name] : undefined;
    if (notation === undefined) return undefined;
    const shape = parsed.get(name) ?? parseShape(notation);
    parsed.set(name, shape);
    return shape;
  });
  return shapes.length === 0 || shapes.includes(undefined)
    ? undefined
    : mergeShapes(shapes.filter((shape) => shape !== undefined));
}
