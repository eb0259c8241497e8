import { connect, type Socket } from "node:net";

export type RawHttpClient = { get: (path: string) => Promise<{ status: number; bytes: number }>; close: () => void };

/**
 * One connection that is kept, and as little of a client as possible: what asks shares the processor with what answers, and
 * Node's own client takes more of it than a ping.
 */
export async function connectRawHttp(origin: string): Promise<RawHttpClient> {
  const { hostname, port } = new URL(origin);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  await new Promise((resolve, reject) => socket.once("connect", resolve).once("error", reject));
  const [before, after] = ["GET ", ` HTTP/1.1\r\nhost: localhost:${port}\r\n\r\n`];
  return {
    get: (path) => {
      const answered = readAnswer(socket);
      socket.write(before + path + after);
      return answered;
    },
    close: () => socket.destroy(),
  };
}

function readAnswer(socket: Socket): Promise<{ status: number; bytes: number }> {
  return new Promise((resolve, reject) => {
    let text = "";
    const finish = (error: Error | null, answer = { status: 0, bytes: 0 }) => {
      socket.off("data", read).off("error", finish).off("close", closed);
      if (error) reject(error);
      else resolve(answer);
    };
    const closed = () => finish(new Error("The server closed the connection."));
    const read = (chunk: Buffer) => {
      text += chunk.toString("latin1");
      const headEnd = text.indexOf("\r\n\r\n");
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1]);
      if (headEnd >= 0 && text.length >= headEnd + 4 + length) finish(null, { status: Number(text.slice(9, 12)), bytes: length });
    };
    socket.on("data", read).on("error", finish).on("close", closed);
  });
}
