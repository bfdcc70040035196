import type { Command } from 'commander';
import type { Language } from '../../text.ts';
import { russianComplaints, russianTitles } from './complaints.ts';
import { russianPlaceholder, russianPlaceholders } from './placeholders.ts';
import { russian } from './russian.ts';

/** Lets a command and all below it speak the reader's language: help, titles and complaints. */
export function speak(command: Command, language: Language): void {
  if (language !== 'ru') return;
  command
    .description(inRussian(command.description()))
    .helpOption('-h, --help', inRussian('display help for command'))
    .configureHelp({
      styleTitle: (title) => russianTitles[title] ?? title,
      styleUsage: russianPlaceholders,
      styleSubcommandTerm: russianPlaceholders,
      styleOptionTerm: russianPlaceholders,
      styleArgumentTerm: russianPlaceholder,
      styleOptionDescription: russianDefault,
      styleArgumentDescription: russianDefault,
    })
    .configureOutput({ outputError: (text, write) => write(complaint(text)) });
  if (command.commands.length > 0) command.helpCommand('help [command]', inRussian('display help for command'));
  for (const option of command.options) option.description = inRussian(option.description);
  for (const argument of command.registeredArguments) argument.description = inRussian(argument.description);
  for (const inner of command.commands) speak(inner, language);
}

function russianDefault(text: string): string {
  return text.replace('(default: ', '(по умолчанию ');
}

/** What has no Russian yet stays as it is: help in two languages helps more than none. */
function inRussian(text: string): string {
  return russian[text] ?? text;
}

function complaint(text: string): string {
  return russianPlaceholders(
    russianComplaints.reduce((said, [pattern, words]) => said.replace(pattern, words), text),
  ).replace(
    /(не хватает аргумента: )([a-z]+)/,
    (_whole, words: string, name: string) => words + russianPlaceholder(name),
  );
}
