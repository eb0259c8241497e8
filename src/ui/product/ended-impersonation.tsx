/** Instead of any page of the product: the browser was viewing as a customer, and must not turn into anybody else unnoticed. */
export function EndedImpersonation({ id }: { id: string }) {
  return (
    <main className="narrow">
      <h1>This impersonation has ended</h1>
      <p>
        You were viewing the product as a customer. That is over: it was ended, its 30 minutes have passed, or your staff session is closed.
        Nothing more is shown or recorded under the customer’s name.
      </p>
      <p>
        <a href={`/admin/impersonations/${id}`}>See its record in the staff area</a>
      </p>
      <form method="post" action="/impersonation/leave">
        <button className="primary" type="submit">
          Leave and open the product as yourself
        </button>
      </form>
    </main>
  );
}
