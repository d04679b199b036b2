package dev.godwit.compare;

import dev.godwit.transfer.TransferEvent;
import dev.godwit.transfer.TransferListener;

/**
 * Hears of a comparison while it goes on. What {@link TransferListener} hears comes from several
 * threads at once; differences and results come from one.
 */
public interface CompareListener extends TransferListener {
  /** Rows differ. Those of a dataset come before its result. */
  void difference(Difference difference);

  /** A dataset was compared. */
  void compared(DatasetResult result);

  /** Passes on what is read, and nothing of what is found: for those who need only the report. */
  static CompareListener counting(TransferListener listener) {
    return new CompareListener() {
      @Override
      public void on(TransferEvent event) {
        listener.on(event);
      }

      @Override
      public void difference(Difference difference) {}

      @Override
      public void compared(DatasetResult result) {}
    };
  }
}
