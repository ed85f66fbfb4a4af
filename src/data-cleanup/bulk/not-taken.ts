/**
 * A condition on `emails`, with the binding `:viewer`: no bulk action of the viewer's is about to come to
 * it. What one has been told to decide about is in no list and no selection any more; what it passes over
 * is there again.
 */
export const NOT_TAKEN = `not exists (
  select from bulk_actions b join bulk_emails i on i.bulk_id = b.id
   where b.actor_id = :viewer and b.state = 'running' and i.email_id = emails.id and i.result is null)`;
