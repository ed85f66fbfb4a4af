import { Command } from 'commander';

import { continueRematch } from '../../emails/rematch.ts';
import { importPeople } from '../../people/import-people.ts';
import { PERSON_COLUMNS } from '../../people/read-person-line.ts';
import { readCsvFile } from '../read-csv-file.ts';
import { reportImport } from '../report-import.ts';
import { withDependencies } from '../with-dependencies.ts';

export function peopleCommand(): Command {
  const importCommand = new Command('import')
    .description('import contacts and leads: type,firstName,lastName,email[,account]')
    .argument('<file>', 'CSV file in UTF-8, with or without a header line')
    .action(async (file: string) => {
      const rows = await readCsvFile(file, PERSON_COLUMNS);
      await withDependencies(async ({ db }) => {
        const result = await importPeople(db, rows);
        while (await continueRematch(db));
        reportImport('people', result);
      });
    });
  return new Command('people').description('contacts and leads').addCommand(importCommand);
}
