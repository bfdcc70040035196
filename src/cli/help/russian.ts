/** What help says in Russian, by its English words; `--help` in English says the keys. */
export const russian: Readonly<Record<string, string>> = {
  'Keeps every Huntflow webhook and delivers it to 1C:ZUP, an intranet, and CSV folders':
    'Сохраняет каждый вебхук Huntflow и доставляет его в 1С:ЗУП, интранет и папки CSV',
  'the version of huntflow-connector': 'версия huntflow-connector',
  'display help for command': 'показать справку',

  'connector.yaml to use (default: $HUNTFLOW_CONNECTOR_CONFIG, ./connector.yaml, ./config/connector.yaml, then for commands that only read the one that init made last)':
    'какой connector.yaml (по умолчанию $HUNTFLOW_CONNECTOR_CONFIG, ./connector.yaml, ./config/connector.yaml, а для команд, которые только читают, ещё и тот, что последним создал init)',
  'ru or en, kept in the folder (default: by LANG)': 'ru или en, папка запомнит (по умолчанию — по LANG)',
  'ru or en (default: as the folder says, else by LANG)':
    'ru или en (по умолчанию — как сказано в папке, иначе по LANG)',
  'for machines': 'для программ: JSON',
  'take in what the quarantine has: all that a secret of today proves, or these events':
    'принять то, что в карантине: всё, что доказывает нынешний секрет, или эти события',
  'event ids: taken in without a proof, after a question':
    'номера событий: принимаются без доказательства, после вопроса',
  'copy everything from one database, or store of keys, to an empty other one, with the service stopped':
    'скопировать всё из одной базы (или хранилища ключей) в другую, пустую; служба при этом остановлена',
  'sqlite:FILE or postgres://…': 'sqlite:ФАЙЛ или postgres://…',
  'sqlite:FILE or postgres://…, empty, or with a copy that was begun from there':
    'sqlite:ФАЙЛ или postgres://…, пустая или та, в которую уже начали копировать оттуда',
  'the journal of what people did': 'журнал действий людей',
  'who did what, when, on what and from where, newest first':
    'кто, когда, что и с чем сделал и откуда, начиная с последнего',
  'of one user': 'одного пользователя',
  'of one kind, e.g. reveal, retry, forget': 'одного вида, например reveal, retry, forget',
  'on one thing, e.g. delivery/17, event/3, target/zup': 'с одним предметом, например delivery/17, event/3, target/zup',
  'whether nobody has changed, deleted or put in anything past the program':
    'проверить, что никто ничего не изменил, не удалил и не вставил мимо программы',
  'an end of the chain as the log or the SIEM has it; may be repeated':
    'конец журнала, каким его знают лог или SIEM; можно повторять',
  'at most so many, or all (default: 50)': 'не больше стольких, или all — все (по умолчанию 50)',
  'show personal data': 'показать личные данные',
  'do not ask': 'не переспрашивать',
  'event id': 'номер события',
  'delivery id': 'номер доставки',
  'delivery ids': 'номера доставок',
  'one mapping (default: all that want the event)': 'один маппинг (по умолчанию — все, кому нужно событие)',
  'name of a mapping': 'имя маппинга',

  'adapters of your own': 'свои адаптеры',
  'write a working adapter class, its test and a mapping': 'создать работающий класс адаптера, его тест и маппинг',
  'run the test of an adapter against a stand-in of its target':
    'запустить тест адаптера с подставной целью вместо настоящей',
  'of small letters, digits and hyphens, e.g. pass-office':
    'из строчных латинских букв, цифр и дефисов, например pass-office',
  'connector.yaml that names either: the audit there tells of the copy':
    'connector.yaml, где названа одна из баз: о переносе скажет её журнал',
  'the folder with connector.yaml (default: here)': 'папка с connector.yaml (по умолчанию — здесь)',

  'make a folder of your own: connector.yaml, .env with a secret, mappings, a systemd unit':
    'создать свою папку: connector.yaml, .env с секретом, маппинги, служба systemd',
  'where (default: here)': 'где (по умолчанию — здесь)',
  'where records go, may be repeated: csv, onec-odata, rest, telegram, slack, mattermost, mail (default: csv)':
    'куда передавать, можно повторять: csv, onec-odata, rest, telegram, slack, mattermost, mail (по умолчанию csv)',
  'name or id of the stage at which somebody is hired': 'название или номер этапа, на котором человека берут',
  'your organisation as 1C calls it, with --target onec-odata':
    'ваша организация, как она называется в 1С, для --target onec-odata',
  'OData address of 1C, with --target onec-odata': 'адрес OData вашей 1С, для --target onec-odata',
  'address of the JSON API, with --target rest': 'адрес JSON API, для --target rest',
  'time zone of dates (default: Europe/Moscow)': 'часовой пояс дат (по умолчанию Europe/Moscow)',
  'for webhooks; the next one is for health (default: 8080)':
    'порт для вебхуков; следующий за ним — для состояния (по умолчанию 8080)',
  'ask nothing, also at a terminal': 'ничего не спрашивать, даже в терминале',

  'take webhooks and deliver records until told to stop': 'принимать вебхуки и доставлять записи, пока не остановят',
  'find everything that is wrong in connector.yaml and the mappings; sends nothing':
    'найти все ошибки в connector.yaml и маппингах; ничего не отправляет',
  'also ask the targets: address, credentials, and whether the mappings fit what they publish':
    'спросить и сами цели: адрес, доступ и подходят ли маппинги к тому, что они публикуют',
  'print the record that a mapping makes of an event; sends nothing':
    'показать запись, которую маппинг делает из события; ничего не отправляет',
  'a webhook body, JSON file; or the id of a kept event': 'тело вебхука (файл JSON) или номер сохранённого события',
  "whose stages hold (default: the organisation's)": 'чьи этапы действуют (по умолчанию — общие)',
  'the X-Huntflow-Event header, for bodies of version 1.0 (default: read from the body)':
    'заголовок X-Huntflow-Event, для тел версии 1.0 (по умолчанию — из тела)',
  'show which conditions hold and where each field comes from':
    'показать, какие условия выполнены и откуда взято каждое поле',
  'do not mask the values of a kept event': 'не скрывать значения сохранённого события',
  'for machines: conditions, fields and record in one object':
    'для программ: условия, поля и запись одним объектом JSON',
  'run the tests inside mapping files': 'выполнить тесты из файлов маппингов',
  'names of mappings (default: all)': 'имена маппингов (по умолчанию — все)',
  'run again whenever a file changes': 'выполнять заново при каждом изменении файла',
  'print a test for a mapping file, made from a kept event, with invented persons in the place of real ones':
    'напечатать тест для файла маппинга из сохранённого события, с выдуманными людьми вместо настоящих',
  'for this mapping (default: every mapping that takes the event)':
    'для этого маппинга (по умолчанию — для каждого, который берёт событие)',
  'write the body as a JSON file into this folder and name it in the test':
    'записать тело файлом JSON в эту папку и сослаться на него в тесте',
  'map kept events again and show what changes; without --dry-run, deliver the result':
    'заново применить маппинги к сохранённым событиям и показать, что изменится; без --dry-run — и доставить',
  'event ids; or choose them by the filters': 'номера событий; или выберите их фильтрами',
  'current, original, the beginning of a hash, or draft:FILE':
    'current (нынешняя), original (прежняя), начало хеша или draft:ФАЙЛ',
  'show the differences, send nothing': 'показать различия, ничего не отправлять',
  'the events that a mapping did not see while it had no good version':
    'события, которых маппинг не видел, пока у него не было исправной версии',
  'filter: event type, e.g. APPLICANT': 'фильтр: вид события, например APPLICANT',
  'filter: one source': 'фильтр: один источник',
  'filter: received at or after, e.g. 2026-12-01 or 2026-12-01T09:00:00+03:00':
    'фильтр: получено не раньше, например 2026-12-01 или 2026-12-01T09:00:00+03:00',
  'filter: received before': 'фильтр: получено раньше',
  'show values instead of masking them': 'показать значения, не скрывая',
  'stages that events have named: ids for `stages` in connector.yaml':
    'этапы, названные в событиях: номера для stages в connector.yaml',
  'sign a body as Huntflow does and post it to a running service':
    'подписать тело, как это делает Huntflow, и отправить работающей службе',
  'the body, JSON': 'тело, JSON',
  'whose webhook it is (default: the first source)': 'от какого источника (по умолчанию — от первого)',
  'where the service listens (default: as configured)': 'где слушает служба (по умолчанию — как в настройках)',
  'the X-Huntflow-Event header (default: read from the body)': 'заголовок X-Huntflow-Event (по умолчанию — из тела)',
  'send the bytes of the file as they are, instead of writing them as Huntflow does':
    'отправить байты файла как есть, не переписывая их по образцу Huntflow',

  'what Huntflow sent': 'что прислал Huntflow',
  'accepted webhooks, newest first': 'принятые вебхуки, новые сверху',
  'received, mapped, skipped, failed or quarantined':
    'received (получено), mapped (разобрано), skipped (пропущено), failed (нечитаемо) или quarantined (карантин)',
  'of one source': 'одного источника',
  'of one event type, e.g. APPLICANT': 'одного вида, например APPLICANT',
  'one event with what became of it': 'одно событие и что из него вышло',

  'what the outbox owes and has delivered': 'что предстоит доставить и что доставлено',
  'records owed to targets, newest first': 'записи для целей, новые сверху',
  'pending, sending, delivered, dead, cancelled, blocked':
    'pending (ждёт), sending (отправляется), delivered (доставлена), dead (остановлена), cancelled (отменена), blocked (заблокирована)',
  'to one target': 'для одной цели',
  'of one mapping': 'одного маппинга',
  'of one event': 'одного события',
  'of one key, e.g. applicant/17': 'с одним ключом, например applicant/17',
  'one delivery with its record and attempts': 'одна доставка, её запись и попытки',
  'try again now: dead letters come back to life, waiting deliveries are not kept waiting':
    'повторить сейчас: остановленные доставки оживают, ждущие больше не ждут',
  'delivery ids; without any, every dead letter that fits the filters (or what --state says, as far as it can be retried)':
    'номера доставок; без них — все остановленные, подходящие под фильтры (или то, что задаёт --state и можно повторить)',
  'give up for good; what waits behind goes on': 'отказаться навсегда; то, что ждало позади, пойдёт дальше',
  'delivery ids; without any, every dead letter that fits the filters (or what --state says, as far as it can be cancelled)':
    'номера доставок; без них — все остановленные, подходящие под фильтры (или то, что задаёт --state и можно отменить)',
  'what targets have, but a person should look at': 'что доставлено, но на что стоит посмотреть человеку',
  'deliveries with findings that nobody has seen, newest first':
    'доставки с замечаниями, которых никто не видел, новые сверху',
  'somebody has seen these': 'эти просмотрены',

  'where records go': 'куда идут записи',
  'targets, how they are and what they are owed': 'цели: как они и что им предстоит получить',
  'hold everything for a target; nothing is lost and no attempts are spent':
    'придержать всё для цели; ничего не теряется, попытки не тратятся',
  'why, for whoever comes after you; shown to all: no names of people':
    'почему — для тех, кто придёт после вас; видят все, поэтому без имён людей',
  'go on with a paused target': 'снять цель с паузы',
  'say that the disk or share which a target writes to now is the right one':
    'подтвердить, что диск или сетевая папка, куда сейчас пишет цель, — та самая',

  'save the database into one file, also while serving': 'сохранить базу в один файл, можно и на ходу',
  'a new file; an existing one is never written over': 'новый файл; существующий не перезаписывается',
  'put a saved copy in the place of the database, with the service stopped':
    'поставить сохранённую копию на место базы; служба должна быть остановлена',
  'make a file of keys, which nobody but its owner may read':
    'создать файл ключей, который может читать только владелец',
  'add a key to the file that wraps nothing before keys rotate: with several machines it is copied to each first':
    'добавить в файл ключ, который ничего не шифрует до keys rotate: при нескольких машинах сначала скопировать на каждую',
  'add a key to the file and wrap the keys of persons with it, also while serving':
    'добавить ключ в файл и перешифровать им ключи людей, можно и на ходу',
  'keys that seal what is kept about people': 'ключи, которыми зашифровано хранимое о людях',
  'destroy the key and everything that is kept about one applicant':
    'уничтожить ключ и всё, что хранится об одном кандидате',
  "Huntflow's id of the applicant, or words of a name to choose by":
    'номер кандидата в Хантфлоу или слова имени, чтобы выбрать',
  'of this source, where two organisations know an applicant of that id':
    'этого источника, если кандидат с таким номером есть у двух организаций',
  'cancel what still waits to be sent': 'отменить то, что ещё ждёт отправки',
  'print the draft act of an earlier erasure again, with the extract of the audit':
    'снова напечатать черновик акта прежнего уничтожения с выгрузкой журнала',
  'the number of the act': 'номер акта',
  'who was forgotten in the last three years, newest first': 'кого забыли за последние три года, новые сначала',
  'erase what is kept about a person': 'стереть хранимое о человеке',
  'all that is kept about one applicant, readable, with files':
    'всё, что хранится об одном кандидате, в читаемом виде, с файлами',
  'a new folder; without it one JSON document with the files inside goes to the terminal':
    'новая папка; без неё один документ JSON с файлами внутри печатается в терминал',
  'what is kept about a person': 'хранимое о человеке',
  'the keys as well, where their store is lost: a file that backup --keys made':
    'и ключи, если их хранилище потеряно: файл, который сделала backup --keys',
  'save the store of keys instead; keep it apart from copies of the database':
    'сохранить вместо базы хранилище ключей; держите отдельно от копий базы',
  'a file that backup made; none for PostgreSQL, after pg_restore':
    'файл, который сделала команда backup; для PostgreSQL, после pg_restore, не нужен',

  'shipped records that a mapping fills in: preset and with':
    'готовые записи, которые заполняет маппинг: preset и with',
  'names and titles': 'имена и названия',
  'one preset: what it makes, its parameters, and how to use it':
    'один пресет: что он делает, его параметры и как его применить',
  'such as zup-3.1/hire': 'например zup-3.1/hire',
  'write a preset out as a mapping file of your own, for whoever must change the record':
    'выписать пресет в свой файл маппинга, чтобы изменить запись',
  'a preset, a mapping that uses one, or the path of its file':
    'пресет, маппинг, который им пользуется, или путь к его файлу',
  'write it there instead of printing it; an existing file is left alone':
    'записать туда, а не на экран; существующий файл не трогается',

  'keys that a dead letter holds back, and how many wait behind it':
    'ключи, которые держит остановленная доставка, и сколько ждёт за ней',
  'who may use the console': 'кто может пользоваться консолью',
  'let somebody use the console, or change role and password': 'дать человеку доступ к консоли, сменить роль и пароль',
  'how he logs in; with single sign-on as the provider calls him, e.g. an address of mail':
    'под каким именем входит; при едином входе — как его зовёт провайдер, например адрес почты',
  'a file with the password (default: asked for, or read from standard input)':
    'файл с паролем (по умолчанию спросит или прочтёт стандартный ввод)',
  'no password: he comes by single sign-on, or only scripts do, by tokens':
    'без пароля: входит через единый вход, или ходят только скрипты по токенам',
  'let somebody use the console no more; his sessions and tokens end with it':
    'закрыть доступ: вместе с ним кончаются сеансы и токены',
  'make a token for scripts, with the rights of a user: Authorization: Bearer …':
    'сделать токен для скриптов с правами пользователя: Authorization: Bearer …',
  'what it is for': 'для чего он',
  'viewer, operator, author, admin': 'viewer, operator, author, admin',
  'actions over many deliveries': 'действия над многими доставками',
  'actions over many deliveries, newest first': 'действия над многими доставками, новые сверху',
  'one of them, with what became of its deliveries': 'одно из них и что стало с его доставками',
  'bulk id': 'номер действия',
  'do no more of it; what is done stays done': 'больше ничего из него не делать; сделанное остаётся',
  'why deliveries fail: what they have in common, how many people wait, who can mend it':
    'почему доставки не удаются: что у них общего, сколько людей ждёт, кто может исправить',
  'answer a question of a step: which object of the target is meant, or a new one':
    'ответить на вопрос шага: какой объект цели имеется в виду, или новый',
  'the step that asks: its `as`, else its number, from 1': 'шаг, который спрашивает: его as, иначе номер, с 1',
  'this object, as the target calls it': 'этот объект, как его называет цель',
  'none of them: make a new one': 'ни один из них: создать новый',
  'why, kept with the answer': 'почему; хранится с ответом',
  'dead for this: rejected, gave up, unknown outcome, mapping failed':
    'по причине: rejected (цель отказала), gave up (срок попыток вышел), unknown outcome (исход неизвестен), mapping failed (маппинг не сработал)',
  'of one cause, see causes': 'по одной общей причине, см. causes',
  'about one applicant': 'об одном кандидате',
  'about one vacancy': 'об одной вакансии',
  'made since then, e.g. 2026-12-01 or "2026-12-01 09:30"':
    'созданные с этого времени, например 2026-12-01 или "2026-12-01 09:30"',
  'made before then': 'созданные до этого времени',
  'about people of this name, mail address or phone': 'о людях с таким именем, почтой или телефоном',
  'all that happened to one applicant, with one sentence on top':
    'всё, что было с одним кандидатом, и одно предложение сверху',
  'applicant id, a name, a mail address or a phone': 'номер кандидата, имя, почта или телефон',
  'of which organisation, when several know such an applicant':
    'какой организации, если такой кандидат есть у нескольких',
  'look at everything that must be well: disk, clock, database, targets, webhook, backup':
    'проверить всё, что должно быть в порядке: диск, часы, базу, цели, вебхук, резервную копию',
  'answer the question with yes': 'ответить на вопрос «да»',
  'so many at most, e.g. 20/s': 'не чаще, например 20/s',
  'delivery ids; without any, every dead letter that fits the filters, or what --state says; together they narrow each other':
    'номера доставок; без них — все остановленные, подходящие под фильтры, или то, что задаёт --state; вместе они сужают друг друга',
  "make the record anew with today's mapping, in its place in the order":
    'сделать запись заново по нынешнему маппингу, на её месте в очереди',
  'also those of which the target may have some': 'и те, часть которых, возможно, уже у цели',
  "make another delivery with today's mapping, behind what waits":
    'сделать ещё одну доставку по нынешнему маппингу, за тем, что ждёт',
  'put a mended record in its place and send it': 'поставить исправленную запись на её место и отправить',
  'the record as JSON; an editor opens without it': 'запись в JSON; без него откроется редактор',
  'why, for those who look later': 'почему — для тех, кто посмотрит потом',
  'also when the target may have some of it': 'и тогда, когда часть, возможно, уже у цели',
};
