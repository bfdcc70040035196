/**
 * Words of programs, of 1C and of forms, in lower case with `е` for `ё`: they name nobody, however they are written.
 * A word that is missing here may come out masked; a name that is added here would be shown.
 */
export const plainWords: ReadonlySet<string> = new Set(
  `работник работника работнику сотрудник сотрудника сотруднику кандидат кандидата кандидату физлицо физическое лицо
  физические лица физического лица пользователь пользователя пользователю заявитель гражданин ошибка ошибки запись
  записи записать поле поля полю полей значение значения реквизит реквизита свойство свойства параметр параметра
  колонка колонки строка строке строки табличная часть части документ документа документы справочник справочника
  регистр сведений объект объекта объекты элемент элемента ссылка ссылки ключ ключа код кода дата даты номер номера
  имя имени фамилия фамилии отчество отчества фио наименование описание название адрес адреса телефон телефона почта
  почты пол возраст рождения рождение приема прием приеме приказ приказа приказе перевод увольнение увольнения отпуск
  должность должности подразделение подразделения организация организации отдел отдела группа группы доступа доступ
  права прав роль роли оклад оклада ставка ставки график графика вид виды занятости занятость место работы работу
  основное договор договора начисление начисления период периода месяц месяца год года проведение проведен проведения
  причина причины основа основы слова слово снова длина длины величина половина один логин логина админ домен термин
  страница истина готова готово готов основания основание условие условия паспорт паспорта серия снилс инн кпп огрн
  не нет да уже еще или если при для без из от до на по за под над об с в к у о и а но что как это все всё есть был
  была было были будет может можно нельзя нужно надо должен должна должно должны принят принята приняты создан создана
  создано существует найден найдена найдено найдены указан указана указано указаны заполнен заполнена заполнено
  заполнены задан задано допустимо недопустимо недопустимое неверно неверный неверное неверная неправильный
  обязательно обязательное обязательный пустое пустой запрещено запрещен отказ отказано отклонено отклонен сервер
  сервера сервис база базы данных данные данным запрос запроса ответ ответа метод метода формат формата тип типа
  длиннее короче больше меньше символов внимание проверьте исправьте повторите попробуйте позже превышен превышено
  блокировка блокировки транзакция транзакции сеанс сеанса лицензия лицензии недостаточно
  error errors message bad request not found internal server unauthorized forbidden conflict unprocessable entity
  content too many requests gateway timeout time out service unavailable method allowed accepted created ok no yes
  invalid missing required unknown unexpected duplicate already exists exist failed failure cannot can must should
  be is are was were has have had been the a an of in on at to for from by with without and or if this that it field
  fields value values property parameter column row record object key code type format length name first last middle
  surname patronymic full date birth birthday phone email mail address department position employee employees
  candidate applicant person user customer vacancy hire status state reason details description title document
  page sign login log password token session access denied expired please try again later null true false undefined
  http https json xml html api url uri id uuid guid sql sap odata soap utf get post put patch delete head options`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** What comes behind these in quotes is the name of a field or a set. */
export const fieldWords: ReadonlySet<string> = new Set(
  `поле поля полю полем полей реквизит реквизита реквизиту реквизите колонка колонки колонке колонку графа графы
  графе графу свойство свойства параметр параметра измерение измерения ресурс ресурса часть части справочник
  справочника справочнике регистр регистра регистре документ документа роль роли таблица таблицы набор набора
  атрибут атрибута тег тега field fields property properties parameter column attribute element set table`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** What comes behind these is somebody. */
export const personWords: ReadonlySet<string> = new Set(
  `работник работника работнику работником сотрудник сотрудника сотруднику сотрудником сотрудница кандидат кандидата
  кандидату кандидатом физлицо физлица физлицу лицо лица лицу пользователь пользователя пользователю гражданин
  гражданина гражданка гражданки заявитель заявителя руководитель руководителя директор менеджер фио фамилия фамилии
  имя отчество employee candidate applicant person user customer contact worker manager mr mrs ms name named surname`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** First names of which a word in capitals can be nothing else, and which give their neighbours away. */
export const firstNames: ReadonlySet<string> = new Set(
  `александр александра алексей алена алиса алла анастасия анатолий андрей анна антон антонина аркадий арсений артем
  артур борис вадим валентин валентина валерий валерия василий василиса вера вероника виктор виктория виталий владимир
  владислав всеволод вячеслав галина геннадий георгий герман глеб григорий даниил данила дарья денис диана дмитрий
  евгений евгения егор екатерина елена елизавета захар зинаида зоя иван игорь илья инна ирина кирилл кира клавдия
  константин ксения лариса леонид лидия любовь людмила майя макар максим марат маргарита марина мария марк матвей
  михаил надежда наталия наталья никита николай нина оксана олег олеся ольга павел петр полина раиса ренат римма роман
  руслан рустам светлана святослав семен сергей софия софья станислав степан тамара татьяна тимофей тимур ульяна федор
  филипп эдуард элла эльвира эмма юлия юрий яков яна ярослав
  alexander alexandra alexey alexei anastasia anatoly andrey andrei anna anton artem boris daria denis dmitry dmitrii
  ekaterina elena evgeny evgenia fedor galina grigory igor ilya irina ivan kirill konstantin ksenia larisa leonid
  lyudmila maria marina maxim mikhail nadezhda natalia nikita nikolay oksana oleg olga pavel petr polina roman sergey
  sergei sofia stepan svetlana tatiana tatyana vadim valentina vasily vera viktor victoria viktoria vladimir
  vladislav yulia yury yuri john jane james mary robert michael william david richard thomas`
    .split(/\s+/)
    .filter((word) => word !== ''),
);
