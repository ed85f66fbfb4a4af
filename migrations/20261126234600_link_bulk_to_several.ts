import type { Knex } from 'knex';

/** Many emails are linked to one record or to several: in a table, as the records of a decision. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table bulk_people (
      bulk_id bigint not null references bulk_actions on delete cascade,
      -- No foreign key: of a record that has gone meanwhile it is told, and nothing is linked.
      person_id integer not null,
      primary key (bulk_id, person_id)
    );
    insert into bulk_people (bulk_id, person_id)
    select id, person_id from bulk_actions where person_id is not null;
    alter table bulk_actions drop column person_id;
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    alter table bulk_actions add column person_id integer references people on delete set null;
    update bulk_actions b
       set person_id = (select min(p.id) from bulk_people n join people p on p.id = n.person_id
                         where n.bulk_id = b.id);
    drop table bulk_people;
  `);
}
