package dev.godwit.extractor.redis.value;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/**
 * Elements in order, each name once. What does not fit in 16 MiB is sorted in pieces, on disk, and
 * merged. The files are gone with {@link #close}.
 */
final class SortedElements implements Iterator<Element>, AutoCloseable {
  private static final long MOST_HELD = 16 << 20;

  private final Comparator<Element> order;
  private final List<Run> runs = new ArrayList<>();
  private final PriorityQueue<Run> heads;
  private Element next;

  SortedElements(Iterator<Element> elements, Comparator<Element> order) {
    this.order = order;
    this.heads = new PriorityQueue<>((one, other) -> order.compare(one.head, other.head));
    try {
      begin(elements);
    } catch (IOException e) {
      close();
      throw failure(e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Of the disk: a failure of the server's is thrown by the elements, unchecked. */
  private static GodwitException failure(IOException e) {
    return new GodwitException(
        ExitCode.FAILED,
        "cannot sort the elements of a large value: " + e.getMessage(),
        "make room in " + System.getProperty("java.io.tmpdir") + " or set -Djava.io.tmpdir",
        e);
  }

  private void begin(Iterator<Element> elements) throws IOException {
    List<Element> held = new ArrayList<>();
    long weight = 0;
    while (elements.hasNext()) {
      Element element = elements.next();
      held.add(element);
      weight += element.weight();
      if (weight > MOST_HELD) {
        held.sort(order);
        runs.add(Run.onDisk(held));
        held.clear();
        weight = 0;
      }
    }
    held.sort(order);
    runs.add(new Run(held.iterator(), null));
    for (Run run : runs) {
      if (run.advance()) {
        heads.add(run);
      }
    }
    step();
  }

  private void step() throws IOException {
    Element before = next;
    next = null;
    while (next == null && !heads.isEmpty()) {
      Run least = heads.remove();
      Element candidate = least.head;
      if (least.advance()) {
        heads.add(least);
      }
      if (before == null || !Arrays.equals(before.name(), candidate.name())) {
        next = candidate;
      }
    }
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public Element next() {
    if (next == null) {
      throw new NoSuchElementException();
    }
    Element taken = next;
    try {
      step();
    } catch (IOException e) {
      throw failure(e);
    }
    return taken;
  }

  @Override
  public void close() {
    for (Run run : runs) {
      if (run.file != null) {
        try {
          run.file.close();
        } catch (IOException e) {
          // It is deleted with the process at the latest.
        }
      }
    }
  }

  /** Sorted elements, in memory or in a file that is deleted when it is closed. */
  private static final class Run {
    private final Iterator<Element> held;
    private final DataInputStream file;
    private Element head;

    private Run(Iterator<Element> held, DataInputStream file) {
      this.held = held;
      this.file = file;
    }

    static Run onDisk(List<Element> elements) throws IOException {
      Path path = Files.createTempFile("godwit-sort-", ".run");
      try (DataOutputStream out =
          new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(path), 1 << 16))) {
        for (Element element : elements) {
          out.writeInt(element.name().length);
          out.write(element.name());
          out.writeInt(element.value() == null ? -1 : element.value().length);
          if (element.value() != null) {
            out.write(element.value());
          }
          out.writeDouble(element.score());
          out.writeLong(element.expires());
        }
        out.writeInt(-1);
      } catch (IOException e) {
        Files.deleteIfExists(path);
        throw e;
      }
      return new Run(
          null,
          new DataInputStream(
              new BufferedInputStream(
                  Files.newInputStream(path, StandardOpenOption.DELETE_ON_CLOSE), 1 << 16)));
    }

    boolean advance() throws IOException {
      if (held != null) {
        head = held.hasNext() ? held.next() : null;
        return head != null;
      }
      int length = file.readInt();
      if (length < 0) {
        return false;
      }
      byte[] name = file.readNBytes(length);
      int valueLength = file.readInt();
      byte[] value = valueLength < 0 ? null : file.readNBytes(valueLength);
      head = new Element(name, value, file.readDouble(), file.readLong());
      return true;
    }
  }
}
