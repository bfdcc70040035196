/** What the view and the envelope say of every fixture; `-` is absent, the last column lists the rarer parts. */
const table = `
name | version | event | type | action | stage | applicant | vacancy | log | id | parts
doc-1.0/applicant-2020                    | 1.0 | APPLICANT              | COMMENT                | ADD    | 3  | 1     | 1  | 1    | 1    | -
doc-1.0/applicant-2021                    | 1.0 | APPLICANT              | COMMENT                | ADD    | 3  | 1     | 1  | 1    | 1    | agreement
doc-1.0/offer-2021                        | 1.0 | OFFER                  | EDIT                   | ADD    | -  | 1     | 28 | 17   | 17   | offer
doc-1.0/response-2021                     | 1.0 | RESPONSE               | TAKEN                  | ADD    | -  | -     | 3  | 723  | 723  | response
doc-1.0/vacancy-2020                      | 1.0 | VACANCY                | EDIT                   | ADD    | -  | -     | 28 | 972  | 972  | -
doc-1.0/vacancy-2021                      | 1.0 | VACANCY                | EDIT                   | ADD    | -  | -     | 28 | 972  | 972  | -
doc-2.0/applicant                         | 2.0 | APPLICANT              | COMMENT                | ADD    | -  | -     | 9  | 37   | 8    | -
doc-2.0/comment-1-added                   | 2.0 | APPLICANT              | COMMENT                | ADD    | -  | 1     | -  | 860  | -    | -
doc-2.0/comment-2-edited                  | 2.0 | APPLICANT              | COMMENT                | EDIT   | -  | 1     | -  | 860  | -    | -
doc-2.0/comment-3-deleted                 | 2.0 | APPLICANT              | COMMENT                | DELETE | -  | 1     | -  | 860  | -    | -
doc-2.0/offer                             | 2.0 | OFFER                  | ADD                    | ADD    | -  | 10    | 4  | 1    | -    | offer
doc-2.0/response                          | 2.0 | RESPONSE               | -                      | ADD    | -  | -     | 6  | 179  | -    | response
doc-2.0/vacancy-request                   | 2.0 | VACANCY-REQUEST        | CREATE                 | ADD    | -  | -     | -  | 6    | -    | request
doc-2.0/vacancy                           | 2.0 | VACANCY                | JOIN                   | ADD    | -  | -     | 9  | 27   | -    | -
facts/01-ping                             | -   | PING                   | -                      | -      | -  | -     | -  | -    | -    | -
facts/02-add                              | 2.0 | APPLICANT              | ADD                    | ADD    | -  | 16    | -  | 9001 | 276  | -
facts/03-edit-tags                        | 2.0 | APPLICANT              | EDIT                   | EDIT   | -  | 17    | -  | 9002 | 277  | agreement
facts/04-status-hired                     | 2.0 | APPLICANT              | STATUS                 | ADD    | 33 | 17    | 9  | 9041 | 301  | agreement
facts/05-status-hired-quota-absent        | 2.0 | APPLICANT              | STATUS                 | ADD    | 33 | 17    | 9  | 9044 | 304  | agreement
facts/05-status-hired-quota-null          | 2.0 | APPLICANT              | STATUS                 | ADD    | 33 | 17    | 9  | 9043 | 303  | agreement
facts/05-status-hired-request-null        | 2.0 | APPLICANT              | STATUS                 | ADD    | 33 | 17    | 9  | 9042 | 302  | agreement
facts/06-status-ordinary                  | 2.0 | APPLICANT              | STATUS                 | ADD    | 21 | 17    | 9  | 9045 | 305  | agreement
facts/07-status-hired-ahead               | 2.0 | APPLICANT              | STATUS                 | ADD    | 33 | 17    | 9  | 9047 | 307  | agreement
facts/07-status-hired-back-dated          | 2.0 | APPLICANT              | STATUS                 | ADD    | 33 | 17    | 9  | 9046 | 306  | agreement
facts/08-status-rejected                  | 2.0 | APPLICANT              | STATUS                 | ADD    | 99 | 17    | 9  | 9048 | 308  | agreement
facts/09-status-hired-datetime            | 2.0 | APPLICANT              | STATUS                 | ADD    | 33 | 17    | 9  | 9049 | 309  | agreement
facts/10-comment-with-status              | 2.0 | APPLICANT              | COMMENT                | ADD    | 33 | 17    | 9  | 9050 | 310  | agreement
facts/11-comment-with-employment-date     | 2.0 | APPLICANT              | COMMENT                | ADD    | -  | 17    | 9  | 9051 | 311  | agreement
facts/12-comment-1-add                    | 2.0 | APPLICANT              | COMMENT                | ADD    | 21 | 17    | 9  | 9052 | 312  | agreement
facts/12-comment-2-edit                   | 2.0 | APPLICANT              | COMMENT                | EDIT   | 21 | 17    | 9  | 9052 | 313  | agreement
facts/12-comment-3-delete                 | 2.0 | APPLICANT              | COMMENT                | DELETE | 21 | 17    | 9  | 9052 | 314  | agreement
facts/13-status-hired-delete              | 2.0 | APPLICANT              | STATUS                 | DELETE | 33 | 17    | 9  | 9041 | 316  | agreement
facts/13-status-hired-edit                | 2.0 | APPLICANT              | STATUS                 | EDIT   | 33 | 17    | 9  | 9041 | 315  | agreement
facts/14-double                           | 2.0 | APPLICANT              | DOUBLE                 | ADD    | -  | 17    | -  | 9053 | 317  | agreement
facts/14-removed                          | 2.0 | APPLICANT              | REMOVED                | ADD    | -  | 12345 | -  | 9054 | 318  | -
facts/15-agreement                        | 2.0 | APPLICANT              | AGREEMENT              | ADD    | -  | 17    | -  | 9055 | 319  | agreement
facts/16-vacancy-open-absent              | 2.0 | VACANCY                | OPEN                   | ADD    | -  | -     | 9  | 202  | 321  | -
facts/16-vacancy-open-nulls               | 2.0 | VACANCY                | OPEN                   | ADD    | -  | -     | 9  | 201  | 320  | -
facts/17-vacancy-1-edit                   | 2.0 | VACANCY                | EDIT                   | ADD    | -  | -     | 9  | 215  | 326  | -
facts/17-vacancy-2-join-with-user         | 2.0 | VACANCY                | JOIN                   | ADD    | -  | -     | 9  | 212  | 323  | user
facts/17-vacancy-3-open                   | 2.0 | VACANCY                | OPEN                   | ADD    | -  | -     | 9  | 214  | 325  | -
facts/17-vacancy-4-created                | 2.0 | VACANCY                | CREATED                | ADD    | -  | -     | 9  | 213  | 324  | -
facts/17-vacancy-5-join-without-user      | 2.0 | VACANCY                | JOIN                   | ADD    | -  | -     | 9  | 211  | 322  | -
facts/18-vacancy-closed                   | 2.0 | VACANCY                | CLOSED                 | ADD    | -  | -     | 9  | 220  | 327  | -
facts/19-vacancy-request-attach           | 2.0 | VACANCY                | VACANCY_REQUEST_ATTACH | ADD    | -  | -     | 9  | 221  | 328  | -
facts/20-multivacancy-child-parent-id     | 2.0 | VACANCY                | OPEN                   | ADD    | -  | -     | 32 | 224  | 331  | -
facts/20-multivacancy-child-parent-object | 2.0 | VACANCY                | OPEN                   | ADD    | -  | -     | 31 | 223  | 330  | -
facts/20-multivacancy                     | 2.0 | VACANCY                | OPEN                   | ADD    | -  | -     | 30 | 222  | 329  | -
facts/21-request-legacy                   | 2.0 | VACANCY-REQUEST        | CREATE                 | ADD    | -  | -     | -  | 61   | 332  | request
facts/21-request-migrate                  | 2.0 | VACANCY-REQUEST        | MIGRATE                | ADD    | -  | -     | -  | 64   | 335  | request
facts/21-request-remove                   | 2.0 | VACANCY-REQUEST        | REMOVE                 | ADD    | -  | -     | -  | 63   | 334  | request
facts/21-request-rich                     | 2.0 | VACANCY-REQUEST        | EDIT                   | EDIT   | -  | -     | -  | 62   | 333  | request
facts/22-offer-add                        | 2.0 | OFFER                  | ADD                    | ADD    | -  | 17    | 9  | 91   | 336  | offer agreement
facts/22-offer-edit                       | 2.0 | OFFER                  | EDIT                   | ADD    | -  | 17    | 9  | 93   | 338  | offer agreement
facts/22-offer-values-null                | 2.0 | OFFER                  | ADD                    | ADD    | -  | 17    | 9  | 92   | 337  | offer agreement
facts/23-response-data-null               | 2.0 | RESPONSE               | TAKEN                  | ADD    | -  | -     | 9  | 179  | 340  | response
facts/23-response                         | 2.0 | RESPONSE               | -                      | ADD    | -  | -     | 9  | 179  | 339  | response
facts/24-survey-answered                  | 2.0 | SURVEY-QUESTIONARY     | -                      | ADD    | -  | 17    | 9  | 301  | 342  | survey agreement
facts/24-survey-schema                    | 2.0 | SURVEY-QUESTIONARY     | -                      | ADD    | -  | -     | -  | 301  | 341  | survey
facts/25-evaluation-answered              | 2.0 | RECRUITMENT-EVALUATION | -                      | ADD    | -  | 17    | 9  | 501  | 344  | evaluation agreement
facts/25-evaluation-empty                 | 2.0 | RECRUITMENT-EVALUATION | -                      | ADD    | -  | 17    | 9  | 501  | 343  | evaluation agreement
facts/26-retry-0                          | 2.0 | APPLICANT              | STATUS                 | ADD    | 33 | 18    | 9  | 9060 | 345  | agreement
facts/26-retry-1                          | 2.0 | APPLICANT              | STATUS                 | ADD    | 33 | 18    | 9  | 9060 | 345  | agreement
facts/26-retry-2                          | 2.0 | APPLICANT              | STATUS                 | ADD    | 33 | 18    | 9  | 9060 | 345  | agreement
facts/26-retry-3                          | 2.0 | APPLICANT              | STATUS                 | ADD    | 33 | 18    | 9  | 9060 | 345  | agreement
facts/27-wire-form                        | 2.0 | APPLICANT              | COMMENT                | ADD    | 21 | 17    | 9  | 9061 | 346  | agreement
facts/28-extra-keys                       | 2.0 | APPLICANT              | STATUS                 | ADD    | 33 | 17    | 9  | 9063 | 349  | agreement
facts/28-unknown-event-type               | 2.0 | APPLICANT-FORECAST     | -                      | ADD    | -  | 17    | -  | -    | 347  | agreement
facts/28-unknown-log-type                 | 2.0 | APPLICANT              | TELEPATHY              | ADD    | -  | 17    | -  | 9062 | 348  | agreement
facts/29-payload-id-only                  | 2.0 | APPLICANT              | COMMENT                | ADD    | -  | 17    | 9  | 9064 | 8    | agreement
facts/30-version-1-status-hired           | 1.0 | APPLICANT              | STATUS                 | ADD    | 33 | 17    | 9  | 9041 | 9041 | agreement
facts/31-awkward-names                    | 2.0 | APPLICANT              | STATUS                 | ADD    | 33 | 20    | 9  | 9066 | 352  | agreement
facts/31-contacts-null                    | 2.0 | APPLICANT              | STATUS                 | ADD    | 33 | 19    | 9  | 9065 | 351  | -
facts/31-long-surname                     | 2.0 | APPLICANT              | STATUS                 | ADD    | 33 | 21    | 9  | 9067 | 353  | agreement
facts/32-values-absent                    | 2.0 | APPLICANT              | STATUS                 | ADD    | 33 | 17    | 9  | 9070 | 356  | agreement
facts/32-values-null                      | 2.0 | APPLICANT              | STATUS                 | ADD    | 33 | 17    | 9  | 9069 | 355  | agreement
facts/32-values                           | 2.0 | APPLICANT              | STATUS                 | ADD    | 33 | 17    | 9  | 9068 | 354  | agreement
facts/33-applicant-without-id             | 2.0 | APPLICANT              | COMMENT                | ADD    | -  | -     | 9  | 37   | 8    | -
`;

export interface ExpectedReading {
  readonly version: string;
  readonly event: string;
  readonly type: string;
  readonly action: string;
  readonly stage: string;
  readonly applicant: string;
  readonly vacancy: string;
  readonly log: string;
  readonly id: string;
  readonly parts: string;
}

export const expectedReadings: ReadonlyMap<string, ExpectedReading> = new Map(
  table
    .trim()
    .split('\n')
    .slice(1)
    .map((row) => {
      const [
        name = '',
        version = '',
        event = '',
        type = '',
        action = '',
        stage = '',
        applicant = '',
        vacancy = '',
        log = '',
        id = '',
        parts = '',
      ] = row.split('|').map((cell) => cell.trim());
      return [name, { version, event, type, action, stage, applicant, vacancy, log, id, parts }];
    }),
);
