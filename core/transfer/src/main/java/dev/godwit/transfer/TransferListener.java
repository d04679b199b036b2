package dev.godwit.transfer;

/** Hears of what happens. Called by several threads at once; must be quick and must not throw. */
@FunctionalInterface
public interface TransferListener {
  /** Hears nothing. */
  TransferListener SILENT = event -> {};

  /** Something happened. */
  void on(TransferEvent event);
}
