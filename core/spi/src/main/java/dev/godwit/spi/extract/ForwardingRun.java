package dev.godwit.spi.extract;

import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.store.Source;
import dev.godwit.spi.store.StoreInfo;
import java.util.Optional;

/**
 * A run that hands everything on to another, which it is seen through: who shows its datasets or
 * records otherwise overrides what differs. Closing it closes the run below.
 */
public abstract class ForwardingRun implements ExtractRun {
  private final ExtractRun below;

  /** Hands on to a run. */
  protected ForwardingRun(ExtractRun below) {
    this.below = below;
  }

  /** The run that is seen. */
  protected final ExtractRun below() {
    return below;
  }

  /** Partitions of the run below, as they are seen here; all of them as they are, unless told. */
  protected Reading.Partitioned seen(Reading.Partitioned partitions) {
    return partitions;
  }

  @Override
  public StoreInfo info() {
    return below.info();
  }

  @Override
  public Source source() {
    return below.source();
  }

  @Override
  public Catalogue catalogue() {
    return below.catalogue();
  }

  @Override
  public Reading reading() {
    return below.reading() instanceof Reading.Partitioned partitions
        ? seen(partitions)
        : below.reading();
  }

  @Override
  public Optional<Reading.Partitioned> later() {
    return below.later().map(this::seen);
  }

  @Override
  public Conclusion conclude() {
    return below.conclude();
  }

  @Override
  public void close() {
    below.close();
  }
}
