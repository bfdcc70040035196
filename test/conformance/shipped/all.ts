import { chats } from './chats.ts';
import { csv, csvSftp, onecXmlFolder } from './folders.ts';
import { mail } from './mail.ts';
import { onecOdata, onecXml } from './onec.ts';
import { rest, restPair, restWithSuccess } from './rest.ts';
import type { Conforming } from './conforming.ts';

/** Every shipped adapter, in each way in which it speaks to something else. */
export const shippedConforming: readonly Conforming[] = [
  rest,
  restWithSuccess,
  restPair,
  ...onecOdata,
  onecXml,
  onecXmlFolder,
  csv,
  csvSftp,
  ...chats,
  mail,
];
