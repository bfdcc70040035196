import { csv, csvSftp, onecXmlFolder } from './shipped/folders.ts';
import { mail } from './shipped/mail.ts';

for (const adapter of [csv, csvSftp, onecXmlFolder, mail]) adapter.describe();
