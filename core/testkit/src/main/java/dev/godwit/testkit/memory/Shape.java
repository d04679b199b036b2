package dev.godwit.testkit.memory;

import dev.godwit.spi.load.Loader.Ledger;

/** What a store in memory is like. */
public enum Shape {
  /** Typed rows in tables, one snapshot, transactions. */
  TYPED("memorytyped", Ledger.TRANSACTIONAL),
  /** Documents under their {@code _id}, each partition at its own moment, no transactions. */
  DOCUMENTS("memorydocuments", Ledger.IDEMPOTENT),
  /** Rows that come in one pass and in no order, and are appended for good. */
  STREAM("memorystream", Ledger.NONE);

  private final String engine;
  private final Ledger ledger;

  Shape(String engine, Ledger ledger) {
    this.engine = engine;
    this.ledger = ledger;
  }

  /** The engine that such a store says it is. */
  public String engine() {
    return engine;
  }

  /** What a partition is to such a store. */
  public Ledger ledger() {
    return ledger;
  }
}
