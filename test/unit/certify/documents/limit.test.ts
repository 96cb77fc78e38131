/**
 * Documents of `limit` before the judge: honest ones of every network that has a certificate are accepted, and one in which a
 * number or a word no longer fits the certificate is refused. Without a certificate only the document's own shape is judged.
 */
import { describe, expect, it } from "vitest";
import { judgeDocument } from "../../../../src/certify/document.js";
import { limitCertificate } from "../../../../src/cli/limit-certificate.js";
import { limitDirection } from "../../../../src/engine/limit.js";
import { type Dataset, dataFromJSON } from "../../../../src/kernel/dataset.js";
import { ARCHITECTURES } from "../../../../src/models/architectures/index.js";
import { byName } from "../../../../src/models/by-name.js";
import { gaussianInitialization } from "../../../../src/models/initialization.js";
import { exponential } from "../../../../src/models/losses/exponential.js";
import { normalizedGradientDescent } from "../../../../src/models/optimizers/normalized-gradient-descent.js";
import { signedData } from "../../../../src/models/signed-data.js";

const DATA: Dataset = dataFromJSON({
  scale: "10",
  X: [
    ["12", "-3", "4", "7", "1"],
    ["5", "8", "-6", "2", "3"],
    ["-9", "1", "2", "-8", "4"],
  ],
  y: [1, 1, -1],
});

type Document = Record<string, unknown>;

function honest(architecture: string, depth: number, data = DATA): Document {
  const P = byName("architecture", ARCHITECTURES, architecture).build({ dim: 5, depth });
  const limit = limitDirection({
    P,
    data: signedData(data, 0),
    loss: exponential,
    optimizer: normalizedGradientDescent,
    eta: Number.POSITIVE_INFINITY,
    init: gaussianInitialization(P, 3n, 0.3),
  });
  return {
    schemaVersion: 1,
    command: "limit",
    stop: limit.stop,
    beta: limit.beta === null ? null : [...limit.beta],
    dual: limit.dual === null ? null : [...limit.dual],
    kkt: limit.kkt,
    settings: { architecture, depth },
    certificate: limitCertificate(data, architecture, depth, limit),
  };
}

const refused = (document: Document): string[] =>
  judgeDocument(document)
    .filter((j) => !j.accepted)
    .map((j) => j.where);

const NETWORKS = [
  ["linear", 1],
  ["fully-connected", 1],
  ["fully-connected", 3],
  ["diagonal", 2],
  ["diagonal", 3],
  ["convolutional", 1],
  ["convolutional", 2],
  ["convolutional", 4],
] as const;

describe.each(NETWORKS)("%s, depth %i", (architecture, depth) => {
  const document = honest(architecture, depth);
  const copy = (): Document => structuredClone(document);

  it("is accepted with its certificate", () => {
    expect(document.stop).toBe("goal-met");
    expect(document.certificate).not.toBeNull();
    expect(judgeDocument(document).map((j) => [j.where, j.accepted])).toEqual([
      ["certificate", true],
      ["stop", true],
      ["limit", true],
    ]);
  });

  it("is refused where predictor, weights, network or figures are not those of the certificate", () => {
    const [beta, dual] = [document.beta as number[], document.dual as number[]];
    const other = beta.map((b, d) => (d === 0 ? b * (1 + 2 ** -52) + 1e-300 : b));
    expect(refused({ ...copy(), beta: other })).toEqual(["limit"]);
    expect(refused({ ...copy(), beta: beta.slice(1) })).toEqual(["limit"]);
    const shifted = dual.map((q, n) => q + (n === 0 ? 1e-13 : n === 1 ? -1e-13 : 0)).map(Math.abs);
    expect(refused({ ...copy(), dual: shifted })).toEqual(["limit"]);
    expect(refused({ ...copy(), dual: dual.map((q) => 2 * q) })).toEqual(["stop"]);
    expect(refused({ ...copy(), dual: dual.map((q) => -q) })).toContain("stop");
    const wrong = architecture === "convolutional" ? "diagonal" : "convolutional";
    expect(refused({ ...copy(), settings: { architecture: wrong, depth: depth + 1 } })).toEqual(["limit"]);
    expect(refused({ ...copy(), settings: {} })).toEqual(["limit"]);
    const kkt = document.kkt as Record<string, number>;
    expect(refused({ ...copy(), kkt: { ...kkt, complementarity: 5e-11 } })).toEqual(["limit"]);
    expect(refused({ ...copy(), kkt: { ...kkt, stationarity: 2e-10 } })).toEqual(["stop"]);
    expect(refused({ ...copy(), kkt: null })).toEqual(["stop", "limit"]);
    expect(refused({ ...copy(), stop: "step-budget" })).toEqual(["stop"]);
    expect(refused({ ...copy(), schemaVersion: 2 })).toEqual(["schemaVersion"]);
  });

  it("is refused with a certificate that the judge refuses, or with one of other data", () => {
    const forged = copy();
    (forged.certificate as { parts: Record<string, string> }).parts.stationarity = "0";
    expect(refused(forged)).toContain("certificate");
    expect(refused(forged)).toContain("limit");
    const elsewhere = honest(architecture, depth, {
      ...DATA,
      X: DATA.X.map((row) => row.map((x, d) => x + BigInt(d) + 1n)),
    });
    expect(refused({ ...copy(), certificate: elsewhere.certificate })).toEqual(["limit"]);
  });
});

it("exponents are told apart: the certificate of one depth says nothing of another", () => {
  const document = honest("diagonal", 3);
  expect(refused({ ...document, settings: { architecture: "diagonal", depth: 4 } })).toEqual(["limit"]);
  expect(refused({ ...document, settings: { architecture: "fully-connected", depth: 3 } })).toEqual(["limit"]);
});

it("without a certificate: a limit of its own shape, or none at all", () => {
  const document: Document = { ...honest("convolutional", 2), certificate: null };
  expect(refused(document)).toEqual(["limit"]);
  expect(refused({ ...document, settings: { architecture: "multi-channel", depth: 2 } })).toEqual([]);
  const none = { ...document, stop: "step-budget", beta: null, dual: null, kkt: null };
  expect(refused(none)).toEqual([]);
  expect(refused({ ...none, beta: [1, 2, 3, 4, 5] })).toEqual(["stop"]);
  expect(refused({ ...none, stop: "goal-met" })).toEqual(["stop", "limit"]);
  const left = { ...document, stop: "residual-left", kkt: { stationarity: 1e-9, complementarity: 0, feasibility: 0 } };
  expect(refused(left)).toEqual([]);
  expect(refused({ ...left, kkt: document.kkt })).toEqual(["stop"]);
});
