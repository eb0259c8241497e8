import { formatTime } from "#lib/format-time.ts";
import { formatMoney, toDecimal } from "#lib/money.ts";
import { escapeHtml, page as frame } from "../page.ts";
import { idOf } from "./collect.ts";
import type { Fault } from "./faults.ts";
import type { Kinds } from "./kinds.ts";
import type { Store } from "./store.ts";

const mostShown = 200;

type Shown = { store: Store; fault: Fault };

/** What is at the stand-in, for people: customers, refunds, events. */
export function overviewPage({ store, fault }: Shown): string {
  const view = store.begin(0);
  const customers = view.all("customer");
  const rows = customers.slice(0, mostShown).map(({ id, name, email, balance, currency }) => {
    const subscription = view.all("subscription").find(({ customer }) => idOf(customer) === id);
    const item = subscription?.items.data[0];
    const plan = item ? `${item.quantity} × ${item.price.lookup_key ?? item.price.id}, ${subscription?.status}` : "none";
    return [
      `<a href="/customers/${encodeURIComponent(id)}">${escapeHtml(name ?? id)}</a>`,
      text(email),
      text(plan),
      money(-balance, currency ?? "eur"),
    ];
  });
  const warning = fault.mode === "none" ? "" : `<p><strong>A fault is switched on for tests: ${fault.mode}.</strong></p>`;
  return page(
    "Stripe stand-in",
    `<p>Everything that Countersign asks of Stripe on this machine ends here; <code>STRIPE_SECRET_KEY</code> and <code>STRIPE_WEBHOOK_SECRET</code> replace it.</p>${warning}
    ${navigation}${table(["Customer", "E-mail", "Subscription", "In hand"], rows, customers.length, "No customer yet.")}`,
  );
}

export function refundsPage({ store }: Shown): string {
  const refunds = store.begin(0).all("refund");
  const rows = refunds
    .slice(0, mostShown)
    .map(({ id, amount, currency, status, customer, created, payment_intent }) => [
      text(id),
      money(amount, currency),
      text(status),
      customerLink(idOf(customer)),
      text(idOf(payment_intent)),
      time(created),
    ]);
  return page(
    "Refunds",
    navigation + table(["Refund", "Amount", "Status", "Customer", "Payment", "When"], rows, refunds.length, "No refund yet."),
  );
}

export function eventsPage({ store }: Shown): string {
  const events = store.begin(0).all("event");
  const rows = events
    .slice(0, mostShown)
    .map(({ id, type, created, pending_webhooks }) => [
      text(id),
      text(type),
      text(pending_webhooks === 0 ? "taken" : "not taken yet"),
      time(created),
    ]);
  return page("Events", navigation + table(["Event", "Type", "Webhook", "When"], rows, events.length, "No event yet."));
}

export function customerPage({ store }: Shown, id: string): string {
  const view = store.begin(0);
  const customer = view.get("customer", id);
  const isTheirs = (object: { customer: string | { id: string } | null }) => idOf(object.customer) === id;
  const invoices = view.all("invoice").filter(isTheirs);
  const rows = invoices
    .slice(0, mostShown)
    .map((one) => [text(one.number), text(one.status), money(one.total, one.currency), text(String(one.attempt_count)), time(one.created)]);
  const charges = view.all("charge").filter((charge) => isTheirs(charge) && charge.status === "succeeded");
  const objects = [...view.all("subscription").filter(isTheirs), ...view.all("payment_method").filter(isTheirs)];
  return page(
    escapeHtml(customer.name ?? id),
    `${navigation}<p><code>${text(id)}</code>, in hand ${money(-customer.balance, customer.currency ?? "eur")}</p>
    ${table(["Invoice", "Status", "Total", "Attempts", "When"], rows, invoices.length, "No invoice yet.")}
    ${charges.slice(0, mostShown).map(refundForm).join("")}
    ${objects.map((object) => `<details><summary>${text(object.id)}</summary><pre>${text(JSON.stringify(object, null, 2))}</pre></details>`).join("")}`,
  );
}

/** A refund as somebody makes it in the dashboard of Stripe, where no program asked for it. */
function refundForm({ id, amount, amount_refunded, currency }: Kinds["charge"]): string {
  const left = amount - amount_refunded;
  const words = `${text(id)}: ${money(amount, currency)}, refunded ${money(amount_refunded, currency)}.`;
  if (left === 0) return `<p>${words}</p>`;
  return `<form method="post" action="/refunds"><p>${words} <input type="hidden" name="charge" value="${text(id)}">
    <label>Refund <input name="amount" size="8" value="${toDecimal(left, currency.toUpperCase())}"></label>
    <button aria-label="Refund from ${text(id)}">Refund</button></p></form>`;
}

export function problemPage(sentence: string): string {
  return page("This did not work", `<p>${escapeHtml(sentence)}</p><p><a href="/">Customers</a></p>`);
}

const navigation = '<p><a href="/">Customers</a> · <a href="/refunds">Refunds</a> · <a href="/events">Events</a></p>';

function table(heads: string[], rows: string[][], all: number, empty: string): string {
  if (rows.length === 0) return `<p>${empty}</p>`;
  const note = all > rows.length ? `<p>The newest ${rows.length} of ${all}.</p>` : "";
  return `<table>
      <thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join("")}</tr></thead>
      <tbody>${rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("")}</tbody>
    </table>${note}`;
}

function customerLink(id: string): string {
  return id ? `<a href="/customers/${encodeURIComponent(id)}">${escapeHtml(id)}</a>` : "";
}

function text(value: string | null): string {
  return escapeHtml(value ?? "");
}

function money(amount: number, currency: string): string {
  return escapeHtml(formatMoney(amount, currency.toUpperCase()));
}

function time(seconds: number): string {
  const at = new Date(seconds * 1_000);
  return `<time datetime="${at.toISOString()}">${formatTime(at)}</time>`;
}

const style = `main { max-width: 70rem; }
      td, th { text-align: start; vertical-align: top; padding: .3rem 1rem .3rem 0; border-bottom: 1px solid color-mix(in srgb, CanvasText 20%, Canvas); overflow-wrap: anywhere; }
      th { overflow-wrap: normal; }
      table { width: 100%; border-collapse: collapse; margin-top: 1rem; }
      pre { white-space: pre-wrap; overflow-wrap: anywhere; }`;

function page(title: string, content: string): string {
  return frame({ title, style, content });
}
