package dev.godwit.cli.progress;

import dev.godwit.cli.screen.ErrorText;
import dev.godwit.transfer.TransferListener;
import java.util.Map;

/**
 * Shows a run while it goes on, and what it came to. Safe for many threads. Closing it takes away
 * what only shows while something is going on; what is told after that is shown plainly.
 */
public interface RunView extends TransferListener, AutoCloseable {
  /** How many bytes there are to move in all, where that is known better than by estimates. */
  void total(long bytes);

  /** Bytes were worked on outside of a transfer, such as those read by a check. */
  void worked(long bytes);

  /** Something that only scripts are told at once; people hear of it in the outcome. */
  default void tell(String event, Map<String, Object> fields) {}

  /** What the run sets out to do, where that is not what was asked to the letter. */
  default void note(String line) {
    tell("note", Map.of("message", line));
  }

  /** A line that a person should read. */
  void warn(String line);

  /** What the run came to; the view is closed before. */
  void finished(Outcome outcome);

  /** The run failed. The error itself goes to stderr by another way; the view is closed before. */
  void failed(ErrorText error);

  @Override
  void close();
}
