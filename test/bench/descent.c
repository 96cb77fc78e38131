/*
 * The loop of `train` in C, for comparison: bare loss-normalized descent on the exponential loss (as least margin and total,
 * its logarithm at the end: the steps do not need it) of a fully connected network of depth 2 (-DWIDTH) or of a product of circular convolutions in half-spectrum coordinates.
 * Sizes are constants (-DD -DN -DL); arrays are vectors of LANES doubles, padded with zeros; exp is that of libm.
 * usage: descent ETA STEPS < data rows (N x D), parameters (doubles); prints seconds of processor time, log loss, parameters.
 * Coordinates: [real blocks | real parts | imaginary parts], data times the factor kappa of the pairs (see models/coordinatewise).
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#ifndef LANES
#define LANES 4
#endif
typedef double vec __attribute__((vector_size(8 * LANES)));
#define VECS(n) (((n) + LANES - 1) / LANES)
#define NV VECS(N)

#ifdef WIDTH
#define PARTS 1
static const int part[PARTS] = {D};
#define SV VECS(D)
#define LAYERS (WIDTH + 1) /* rows of the first layer, then the second (padded to a row as long) */
#define LENGTH(l) ((l) < WIDTH ? D : WIDTH)
#else
#define PAIRS ((D - 1) / 2)
#define REALS (D - 2 * PAIRS)
#define RV VECS(REALS)
#define CV VECS(PAIRS)
#define PARTS 3
static const int part[PARTS] = {REALS, PAIRS, PAIRS};
#define SV (RV + 2 * CV)
#define LAYERS L
#define LENGTH(l) D
#endif
#define S (SV * LANES)

static union { double at[LAYERS][S]; vec v[LAYERS][SV]; } w;
static union { double at[N][S]; vec v[N][SV]; } z;
static union { double at[S][NV * LANES]; vec v[S][NV]; } columns;
static vec r[SV];
static double least, total;

static inline vec splat(double x) { return x - (vec){0}; }

/* From the predictor to r = sum_n exp(least - margin_n) z_n and the total of the exponentials. */
static inline void look(const double *q) {
  union { double at[NV * LANES]; vec v[NV]; } m;
  vec sum[NV], s[SV];
  for (int i = 0; i < NV; i++) sum[i] = splat(0);
  for (int d = 0; d < S; d++)
    for (int i = 0; i < NV; i++) sum[i] += q[d] * columns.v[d][i];
  for (int i = 0; i < NV; i++) m.v[i] = sum[i];
  least = m.at[0];
  for (int n = 1; n < N; n++) least = m.at[n] < least ? m.at[n] : least;
  double e[N];
  for (int n = 0; n < N; n++) e[n] = exp(least - m.at[n]);
  total = 0;
  for (int n = 0; n < N; n++) total += e[n];
  for (int i = 0; i < SV; i++) s[i] = splat(0);
  for (int n = 0; n < N; n++)
    for (int i = 0; i < SV; i++) s[i] += e[n] * z.v[n][i];
  for (int i = 0; i < SV; i++) r[i] = s[i];
}

#ifdef WIDTH
static void predictor(double *q) {
  vec sum[SV], *out = (vec *)q;
  for (int i = 0; i < SV; i++) sum[i] = splat(0);
  for (int h = 0; h < WIDTH; h++)
    for (int i = 0; i < SV; i++) sum[i] += w.at[WIDTH][h] * w.v[h][i];
  for (int i = 0; i < SV; i++) out[i] = sum[i];
}

static void move(double eta) {
  double *v = w.at[WIDTH];
  for (int h = 0; h < WIDTH; h++) {
    vec c = splat(eta * v[h]), t = splat(0);
    for (int i = 0; i < SV; i++) t += w.v[h][i] * r[i];
    for (int i = 0; i < SV; i++) w.v[h][i] += c * r[i];
    for (int k = 0; k < LANES; k++) v[h] += eta * t[k];
  }
}
#else
static void predictor(double *q) {
  vec *out = (vec *)q;
  for (int i = 0; i < RV; i++) {
    vec x = w.v[0][i];
    for (int l = 1; l < L; l++) x *= w.v[l][i];
    out[i] = x;
  }
  for (int i = RV, j = RV + CV; i < RV + CV; i++, j++) {
    vec x = w.v[0][i], y = w.v[0][j];
    for (int l = 1; l < L; l++) {
      vec a = w.v[l][i], b = w.v[l][j], t = x;
      x = x * a - y * b;
      y = t * b + y * a;
    }
    out[i] = x;
    out[j] = y;
  }
}

static void move(double eta) {
  vec h = splat(eta), p[L], q[L];
  for (int i = 0; i < RV; i++) {
    vec s = h * r[i];
    p[0] = w.v[0][i];
    for (int l = 1; l < L; l++) p[l] = p[l - 1] * w.v[l][i];
    for (int l = L - 1; l > 0; l--) {
      vec a = w.v[l][i];
      w.v[l][i] = a + s * p[l - 1];
      s *= a;
    }
    w.v[0][i] += s;
  }
  for (int i = RV, j = RV + CV; i < RV + CV; i++, j++) {
    vec x = h * r[i], y = h * r[j];
    p[0] = w.v[0][i];
    q[0] = w.v[0][j];
    for (int l = 1; l < L; l++) {
      vec a = w.v[l][i], b = w.v[l][j];
      p[l] = p[l - 1] * a - q[l - 1] * b;
      q[l] = p[l - 1] * b + q[l - 1] * a;
    }
    for (int l = L - 1; l > 0; l--) {
      vec a = w.v[l][i], b = w.v[l][j], t = x;
      w.v[l][i] = a + (x * p[l - 1] + y * q[l - 1]);
      w.v[l][j] = b + (y * p[l - 1] - x * q[l - 1]);
      x = x * a + y * b;
      y = y * a - t * b;
    }
    w.v[0][i] += x;
    w.v[0][j] += y;
  }
}
#endif

/* The i-th coordinate of a padded row. */
static int slot(int i, int length) {
  if (PARTS == 1 || length != D) return i;
  int at = 0, k = 0;
  for (; i >= part[k]; k++) {
    i -= part[k];
    at += VECS(part[k]) * LANES;
  }
  return at + i;
}

static void read_row(double *row, int length) {
  double x;
  for (int i = 0; i < length; i++) {
    if (fread(&x, sizeof x, 1, stdin) != 1) exit(2);
    row[slot(i, length)] = x;
  }
}

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  double eta = atof(argv[1]);
  long steps = atol(argv[2]);
  for (int n = 0; n < N; n++) read_row(z.at[n], D);
  for (int l = 0; l < LAYERS; l++) read_row(w.at[l], LENGTH(l));
  for (int n = 0; n < N; n++)
    for (int d = 0; d < S; d++) columns.at[d][n] = z.at[n][d];
  union { double at[S]; vec v[SV]; } q;
  struct timespec start, end;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
  predictor(q.at);
  look(q.at);
  for (long i = 0; i < steps; i++) {
    move(eta / total);
    predictor(q.at);
    look(q.at);
  }
  double log_loss = log(total) - least;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
  printf("%.9f\n%.17g\n", (end.tv_sec - start.tv_sec) + 1e-9 * (end.tv_nsec - start.tv_nsec), log_loss);
  for (int l = 0; l < LAYERS; l++)
    for (int i = 0; i < LENGTH(l); i++) printf("%.17g\n", w.at[l][slot(i, LENGTH(l))]);
  return 0;
}
