export const accountWords = {
  name: { ru: 'Имя', en: 'Name' },
  password: { ru: 'Пароль', en: 'Password' },
  signIn: { ru: 'Войти', en: 'Sign in' },
  oidc: { ru: 'Войти через единый вход', en: 'Sign in with single sign-on' },
  lead: {
    ru: 'Пользователей заводит администратор: huntflow-connector user add.',
    en: 'Users are added by an administrator: huntflow-connector user add.',
  },
  wrong: { ru: 'Имя или пароль не подошли', en: 'The name or the password does not fit' },
  ended: {
    ru: 'Сеанс закончился. Войдите снова: вернётесь туда же, введённое сохранено.',
    en: 'The session has ended. Sign in again: you come back to the same place, and what you typed is kept.',
  },
  locked: {
    ru: 'Теперь здесь входят по имени: пользователей завели. Войдите: вернётесь туда же.',
    en: 'Users were added, so one signs in here now. Sign in: you come back to the same place.',
  },
  you: { ru: 'Вы', en: 'You' },
  role: { ru: 'Роль', en: 'Role' },
  reveals: { ru: 'Личные данные', en: 'Personal data' },
  mayReveal: { ru: 'можно открывать, с записью в журнал', en: 'may be shown, and the audit says so' },
  mayNotReveal: { ru: 'всегда скрыты', en: 'always masked' },
  local: {
    ru: 'Пользователей нет: работает любой, кто сидит за этой машиной. Личные данные при этом не открываются.',
    en: 'There are no users: whoever sits at this machine may act. Personal data is never shown then.',
  },
  signOut: { ru: 'Выйти', en: 'Sign out' },
  roles: {
    viewer: { ru: 'смотрит', en: 'viewer' },
    operator: { ru: 'оператор: повторяет, отменяет, исправляет', en: 'operator: retries, cancels, edits' },
    author: { ru: 'автор: меняет маппинги', en: 'author: changes mappings' },
    admin: { ru: 'администратор', en: 'administrator' },
  },
} as const;
