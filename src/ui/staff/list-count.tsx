/** How many rows the filters find, and how many of them are shown. */
export function ListCount({ count, shown, noun }: { count: string; shown: number; noun: string }) {
  return (
    <p className="quiet" role="status">
      {count} {noun}
      {count !== String(shown) && `, ${shown} shown`}
    </p>
  );
}
