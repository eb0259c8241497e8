import { writeFileSync } from "node:fs";
import type { DMMF, GeneratorOptions } from "@prisma/generator-helper";
import helper from "@prisma/generator-helper";

// A Prisma generator: turns the `/// @…` comments of the schema into data the application and the tests read.
const flags = ["secret", "personal", "telemetry", "clock"] as const;

helper.generatorHandler({
  onManifest: () => ({ prettyName: "Audit declarations", defaultOutput: "../src/generated/declarations.ts" }),
  async onGenerate({ dmmf, generator }: GeneratorOptions) {
    const models = Object.fromEntries(dmmf.datamodel.models.map((model) => [model.name, declare(model)]));
    const output = generator.output?.value;
    if (!output) throw new Error("The declarations generator needs an output path.");
    writeFileSync(output, `export const declarations = ${JSON.stringify(models, null, 2)} as const;\n`);
  },
});

function declare(model: DMMF.Model) {
  const documentation = model.documentation ?? "";
  const exempt = /@exempt: (.+)/.exec(documentation)?.[1];
  const audited = /@audited\b/.test(documentation);
  if (audited === Boolean(exempt)) {
    throw new Error(`Model ${model.name} must say either "/// @audited" or "/// @exempt: reason" in schema.prisma.`);
  }
  const fields = Object.fromEntries(
    flags.map((flag) => [flag, model.fields.filter((field) => field.documentation?.includes(`@${flag}`)).map((field) => field.name)]),
  );
  return audited ? { audited: true, ...fields } : { audited: false, exempt, ...fields };
}
