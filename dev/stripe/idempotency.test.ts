import { describe, expect, test } from "vitest";
import { standInForEachTest } from "#testing/stripe-stand-in.ts";

const { stand, restart } = standInForEachTest();

describe("idempotency keys", () => {
  const options = { idempotencyKey: "key-1" };

  test("the same key and parameters get the first answer again, said to be a repetition", async () => {
    const first = await stand.stripe.customers.create({ name: "A" }, options);
    const again = await stand.stripe.customers.create({ name: "A" }, options);
    expect(again.id).toBe(first.id);
    expect(first.lastResponse.headers["idempotent-replayed"]).toBeUndefined();
    expect(again.lastResponse.headers["idempotent-replayed"]).toBe("true");
    expect((await stand.stripe.customers.list()).data).toHaveLength(1);
  });

  test("other parameters, or another address, under the same key are refused", async () => {
    const { id } = await stand.stripe.customers.create({ name: "A" }, options);
    await expect(stand.stripe.customers.create({ name: "B" }, options)).rejects.toMatchObject({
      type: "StripeIdempotencyError",
      statusCode: 400,
    });
    await expect(stand.stripe.customers.update(id, { name: "A" }, options)).rejects.toMatchObject({ rawType: "idempotency_error" });
  });

  test("a key that is in use answers 409, and the work is done once", async () => {
    await stand.fault({ mode: "slow", milliseconds: 300, next: 1 });
    const first = stand.stripe.customers.create({ name: "A" }, options);
    await expect.poll(() => stand.stripe.customers.create({ name: "A" }, options).catch(({ code }) => code)).toBe("idempotency_key_in_use");
    const { id } = await first;
    expect((await stand.stripe.customers.create({ name: "A" }, options)).id).toBe(id);
  });

  test("a failure is kept as well once processing began, and not before", async () => {
    await stand.fault({ mode: "errorBefore", next: 1 });
    await expect(stand.stripe.customers.create({ name: "A" }, options)).rejects.toMatchObject({ statusCode: 500 });
    await stand.stripe.customers.create({ name: "A" }, options);
    await stand.fault({ mode: "errorStored", next: 1 });
    const other = { idempotencyKey: "key-2" };
    await expect(stand.stripe.customers.create({ name: "B" }, other)).rejects.toMatchObject({ statusCode: 500 });
    await expect(stand.stripe.customers.create({ name: "B" }, other)).rejects.toMatchObject({
      statusCode: 500,
      headers: { "idempotent-replayed": "true" },
    });
    expect((await stand.stripe.customers.list()).data).toHaveLength(1);
  });

  test("what was refused before it was processed may be sent again, mended", async () => {
    await expect(stand.stripe.customers.create({ nam: "A" } as never, options)).rejects.toMatchObject({ code: "parameter_unknown" });
    await stand.stripe.customers.create({ name: "A" }, options);
  });

  test("after 24 hours the key is forgotten", async () => {
    const first = await stand.stripe.customers.create({ name: "A" }, options);
    await stand.control("age-keys", { seconds: 24 * 3_600 + 1 });
    expect((await stand.stripe.customers.create({ name: "A" }, options)).id).not.toBe(first.id);
  });

  test("an answer that was lost is still there for whoever asks again, also after a restart", async () => {
    await stand.fault({ mode: "lost", next: 1 });
    await expect(stand.stripe.customers.create({ name: "A" }, options)).rejects.toMatchObject({ type: "StripeConnectionError" });
    await restart();
    const { id } = await stand.stripe.customers.create({ name: "A" }, options);
    expect((await stand.stripe.customers.list()).data.map((customer) => customer.id)).toEqual([id]);
  });
});
