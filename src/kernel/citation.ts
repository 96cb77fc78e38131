/** Works the catalogue quotes. A citation carries a locator: a theorem number
 * where one is known for certain, else the topic. */
export const BIBLIOGRAPHY = {
  "gunasekar-2018":
    "Gunasekar, Lee, Soudry, Srebro 2018, Implicit Bias of Gradient Descent on Linear Convolutional Networks (arXiv:1806.00468)",
  "soudry-2018":
    "Soudry, Hoffer, Nacson, Gunasekar, Srebro 2018, The Implicit Bias of Gradient Descent on Separable Data (arXiv:1710.10345)",
  "lyu-li-2020":
    "Lyu, Li 2020, Gradient Descent Maximizes the Margin of Homogeneous Neural Networks (arXiv:1906.05890)",
  "ji-telgarsky-2020": "Ji, Telgarsky 2020, Directional Convergence and Alignment in Deep Learning (arXiv:2006.06657)",
  "jagadeesan-2021":
    "Jagadeesan, Razenshteyn, Gunasekar 2021, Inductive Bias of Multi-Channel Linear Convolutional Networks with Bounded Weight Norm (arXiv:2102.12238)",
  "kohn-2022": "Kohn, Merkh, Montufar, Trager 2022, Geometry of Linear Convolutional Networks (arXiv:2108.01538)",
  "dai-2021":
    "Dai, Karzand, Srebro 2021, Representation Costs of Linear Neural Networks: Analysis and Design (NeurIPS 2021)",
  "gordan-1873": "Gordan 1873, Ueber die Aufloesung linearer Gleichungen mit reellen Coefficienten (Math. Ann. 6)",
  "goldfarb-idnani-1983":
    "Goldfarb, Idnani 1983, A numerically stable dual method for solving strictly convex quadratic programs (Math. Prog. 27)",
  "polyak-1964":
    "Polyak 1964, Some methods of speeding up the convergence of iteration methods (USSR Comp. Math. and Math. Phys. 4)",
  "dormand-prince-1980": "Dormand, Prince 1980, A family of embedded Runge-Kutta formulae (J. Comp. Appl. Math. 6)",
  "ji-2020":
    "Ji, Dudik, Schapire, Telgarsky 2020, Gradient Descent Follows the Regularization Path for General Losses (arXiv:2006.11226)",
  "gunasekar-2018-geometry":
    "Gunasekar, Lee, Soudry, Srebro 2018, Characterizing Implicit Bias in Terms of Optimization Geometry (arXiv:1802.08246)",
  conjecture: "A conjecture",
  "stolz-cesaro": "Stolz 1885 and Cesaro 1888, the discrete l'Hopital rule for quotients of divergent sums",
} as const;

export type CitationKey = keyof typeof BIBLIOGRAPHY;

export interface Citation {
  readonly key: CitationKey;
  /** Where in the work: a theorem number, or the topic. */
  readonly locator: string;
}

/** One line for people: short authors and year, then the locator. */
export function cite(c: Citation): string {
  const [authors] = BIBLIOGRAPHY[c.key].split(/(?<=\d{4}),/, 1);
  return `${authors}, ${c.locator}`;
}
