import { expect, test } from "bun:test";
import { Buffer } from "node:buffer";
import { Socket } from "node:net";
import { listenForLastWords } from "../../lib/driver/postgres/last_words.ts";

function message(type: string, body: string): Buffer {
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(4 + Buffer.byteLength(body), 1);
  return Buffer.concat([head, Buffer.from(body)]);
}

test("the server's final error is found after other messages in the same chunk", () => {
  const socket = new Socket();
  const words = listenForLastWords(socket);
  const fatal = message("E", "SFATAL\0VFATAL\0C57P01\0Mterminating connection\0\0");
  const heard = { code: "57P01", message: "terminating connection" };
  const done = message("C", "CREATE TABLE\0");
  socket.emit("data", Buffer.concat([done, fatal]));
  expect(words()).toEqual(heard);
  socket.emit("data", done);
  expect(words()).toBeUndefined();
  socket.emit("data", fatal);
  expect(words()).toEqual(heard);
});
