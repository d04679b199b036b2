package dev.godwit.spi.run;

import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;

/**
 * What a plugin gets from whoever runs it.
 *
 * @param allocator where every Arrow buffer of the plugin comes from; bounded by the run, closed by
 *     its owner
 * @param cancellation asked by every long loop
 * @param warnings takes one line that a person should read; called from any thread
 * @param jobs how many partitions are read or written at a time, at least 1; connections beyond
 *     {@code jobs + 2} are never opened
 */
public record PluginContext(
    BufferAllocator allocator, Cancellation cancellation, Consumer<String> warnings, int jobs) {

  /** Checks the bounds. */
  public PluginContext {
    if (jobs < 1) {
      throw new IllegalArgumentException("jobs must be at least 1, is " + jobs);
    }
  }
}
