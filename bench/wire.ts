/** What a client asked of PostgreSQL: one statement as it was sent, in the words of the wire protocol. */
export type Statement = { role: string; sql: string; parameters: (string | Buffer | null)[] };

/**
 * Follows one connection's messages from the client: Parse names a statement, Bind gives it parameters, Execute and
 * Query run one. Everything else passes unread.
 */
export function followConnection(onStatement: (statement: Statement) => void): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0);
  let role: string | null = null;
  const statements = new Map<string, string>();
  const portals = new Map<string, Omit<Statement, "role">>();

  function read(type: string, body: Buffer) {
    const text = readStrings(body);
    if (type === "P") statements.set(text.next(), text.next());
    else if (type === "B")
      portals.set(text.next(), { sql: statements.get(text.next()) ?? "", parameters: readParameters(body, text.offset()) });
    else if (type === "E") run(portals.get(text.next()));
    else if (type === "Q") run({ sql: text.next(), parameters: [] });
  }

  function run(statement: Omit<Statement, "role"> | undefined) {
    if (statement && role !== null) onStatement({ role, ...statement });
  }

  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    // The very first message has no type byte.
    for (let header = role === null ? 0 : 1; rest.length >= header + 4; header = role === null ? 0 : 1) {
      const length = header + rest.readUInt32BE(header);
      if (rest.length < length) return;
      const body = rest.subarray(header + 4, length);
      if (role === null) role = /\0user\0([^\0]+)/.exec(body.toString("latin1"))?.[1] ?? "";
      else read(String.fromCharCode(rest[0] ?? 0), body);
      rest = rest.subarray(length);
    }
  };
}

function readStrings(body: Buffer) {
  let position = 0;
  return {
    next() {
      const end = body.indexOf(0, position);
      const text = body.toString("utf8", position, end);
      position = end + 1;
      return text;
    },
    offset: () => position,
  };
}

function readParameters(body: Buffer, start: number): Statement["parameters"] {
  const formats = Array.from({ length: body.readUInt16BE(start) }, (_, index) => body.readUInt16BE(start + 2 + 2 * index));
  let position = start + 2 + 2 * formats.length;
  const count = body.readUInt16BE(position);
  position += 2;
  return Array.from({ length: count }, (_, index) => {
    const length = body.readInt32BE(position);
    position += 4;
    if (length < 0) return null;
    const value = body.subarray(position, position + length);
    position += length;
    const binary = (formats.length === 1 ? formats[0] : formats[index]) === 1;
    return binary ? Buffer.from(value) : value.toString("utf8");
  });
}
