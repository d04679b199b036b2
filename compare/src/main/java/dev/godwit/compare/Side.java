package dev.godwit.compare;

/** One of the two that are compared. */
enum Side {
  A(1),
  B(-1);

  private final int sign;

  Side(int sign) {
    this.sign = sign;
  }

  /** What a row of this side counts. */
  int sign() {
    return sign;
  }
}
