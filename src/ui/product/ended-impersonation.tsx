/** Instead of any page of the product: the browser was viewing as a customer, and must not turn into anybody else unnoticed. */
export function EndedImpersonation({ sentence, recordUrl }: { sentence: string; recordUrl: string }) {
  return (
    <main className="narrow">
      <h1>This impersonation is over</h1>
      <p>{sentence}</p>
      <p>Nothing more is shown or recorded under the customer’s name. To look again, begin a new one in the staff area.</p>
      <p>
        <a href={recordUrl}>Its record in the staff area</a>
      </p>
      <form method="post" action="/impersonation/leave">
        <button className="primary" type="submit">
          Leave and open the product as yourself
        </button>
      </form>
    </main>
  );
}
