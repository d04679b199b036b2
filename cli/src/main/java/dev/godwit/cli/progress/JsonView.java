package dev.godwit.cli.progress;

import dev.godwit.cli.screen.ErrorText;
import dev.godwit.cli.screen.Json;
import dev.godwit.cli.screen.ReaderLeftException;
import dev.godwit.cli.screen.Redaction;
import dev.godwit.cli.screen.Terminal;
import dev.godwit.transfer.TransferEvent;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Events as JSON lines on stdout. Each has {@code schema}, {@code time} and {@code event}; the
 * events are {@code begin}, {@code dataset}, {@code progress} (once a second), {@code skipped},
 * {@code partition}, {@code left_out}, {@code stage}, {@code step}, {@code proof} (what is read to
 * prove what was moved is counted from here on), {@code difference}, {@code compared}, {@code
 * warning}, {@code note}, and last either {@code end} or {@code error}, with {@code exit}. New
 * events and fields may come within a schema's version; none changes its meaning or goes.
 */
final class JsonView implements RunView {
  static final String SCHEMA = "godwit.run/1";
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final Terminal terminal;
  private final Tally tally = new Tally();
  private final Ticker ticker;
  private boolean heard = true;
  private boolean closed;

  JsonView(Terminal terminal, String command) {
    this.terminal = terminal;
    tell("begin", Map.of("command", command));
    this.ticker = new Ticker(EVERY, this::progress);
  }

  @Override
  public synchronized void tell(String event, Map<String, Object> fields) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("schema", SCHEMA);
    line.put("time", Instant.now());
    line.put("event", event);
    line.putAll(fields);
    if (heard) {
      write(line);
    }
  }

  /** Whoever read the events may leave; the run goes on, and its exit status says how it ended. */
  private void write(Map<String, Object> line) {
    try {
      Json.line(terminal.out(), line);
    } catch (UncheckedIOException e) {
      heard = !ReaderLeftException.isBehind(e);
      if (heard) {
        throw e;
      }
    }
  }

  /** A tick that waited while the view was closed comes too late: the end is the last line. */
  synchronized void progress() {
    if (closed) {
      return;
    }
    Tally.State state = tally.look();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("rows", state.rows());
    fields.put("bytes", state.bytes());
    fields.put("estimated_bytes", state.estimate() < 0 ? null : state.estimate());
    fields.put("bytes_per_second", state.rate() < 0 ? null : (long) state.rate());
    tell("progress", fields);
  }

  @Override
  public void on(TransferEvent event) {
    tally.count(event);
    if (event instanceof TransferEvent.DatasetPlanned planned) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("dataset", planned.dataset().name().toString());
      long rows = planned.dataset().estimate().rows();
      long bytes = planned.dataset().estimate().bytes();
      fields.put("estimated_rows", rows < 0 ? null : rows);
      fields.put("estimated_bytes", bytes < 0 ? null : bytes);
      tell("dataset", fields);
    } else if (event instanceof TransferEvent.PartitionSkipped skipped) {
      tell("skipped", Map.of("partition", skipped.partition().toString()));
    } else if (event instanceof TransferEvent.PartitionDone done) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("partition", done.partition().toString());
      fields.put("rows", done.commit().rows());
      fields.put("bytes", done.commit().bytes());
      fields.put("stored_bytes", done.commit().stored() < 0 ? null : done.commit().stored());
      fields.put("rejects", done.commit().rejects());
      tell("partition", fields);
    } else if (event instanceof TransferEvent.DatasetLeftOut left) {
      tell("left_out", Map.of("dataset", left.dataset().toString(), "reason", left.reason()));
    } else if (event instanceof TransferEvent.StageBegun stage) {
      tell("stage", Map.of("stage", stage.stage(), "steps", stage.steps()));
    } else if (event instanceof TransferEvent.StepDone step) {
      tell("step", Map.of("stage", step.stage(), "step", step.step()));
    } else if (event instanceof TransferEvent.ProofBegun) {
      tell("proof", Map.of());
    }
  }

  @Override
  public void total(long bytes) {
    tally.total(bytes);
  }

  @Override
  public void worked(long bytes) {
    tally.moved(0, bytes);
  }

  @Override
  public void warn(String line) {
    tell("warning", Map.of("message", Redaction.of(line)));
  }

  @Override
  public void finished(Outcome outcome) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("exit", outcome.exitCode().status());
    fields.putAll(outcome.fields());
    tell("end", fields);
  }

  @Override
  public void failed(ErrorText error) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("exit", error.exitCode().status());
    fields.put("message", error.message());
    fields.put("hint", error.hint());
    tell("error", fields);
  }

  @Override
  public synchronized void close() {
    ticker.close();
    closed = true;
  }
}
