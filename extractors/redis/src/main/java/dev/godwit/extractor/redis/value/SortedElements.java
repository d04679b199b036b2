package dev.godwit.extractor.redis.value;

import dev.godwit.spi.aside.Spool;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/**
 * Elements in order, each name once. What does not fit in 16 MiB is sorted in pieces, on disk, and
 * merged.
 */
final class SortedElements implements Iterator<Element>, AutoCloseable {
  private static final long MOST_HELD = 16 << 20;

  private final Comparator<Element> order;
  private final List<Run> runs = new ArrayList<>();
  private final PriorityQueue<Run> heads;
  private final Spool aside = new Spool();
  private Element next;

  SortedElements(Iterator<Element> elements, Comparator<Element> order) {
    this.order = order;
    this.heads = new PriorityQueue<>((one, other) -> order.compare(one.head, other.head));
    try {
      begin(elements);
    } catch (IOException e) {
      close();
      throw new UncheckedIOException(e); // the disk's failures are told by what is set aside
    } catch (RuntimeException e) {
      close();
      throw e;
    }
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
        runs.add(setAside(held));
        held.clear();
        weight = 0;
      }
    }
    held.sort(order);
    runs.add(new Run(held.iterator(), null, held.size()));
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
      throw new UncheckedIOException(e); // the disk's failures are told by what is set aside
    }
    return taken;
  }

  @Override
  public void close() {
    aside.close();
  }

  /** Sets sorted elements aside, and gives them back one by one. */
  private Run setAside(List<Element> elements) throws IOException {
    long offset = aside.length();
    DataOutputStream out = new DataOutputStream(aside);
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
    InputStream part = aside.part(offset, aside.length() - offset);
    return new Run(
        null, new DataInputStream(new BufferedInputStream(part, 1 << 16)), elements.size());
  }

  /** Sorted elements, in memory or set aside. */
  private static final class Run {
    private final Iterator<Element> held;
    private final DataInputStream set;
    private long left;
    private Element head;

    private Run(Iterator<Element> held, DataInputStream set, long left) {
      this.held = held;
      this.set = set;
      this.left = left;
    }

    boolean advance() throws IOException {
      if (left-- <= 0) {
        return false;
      }
      if (held != null) {
        head = held.next();
        return true;
      }
      byte[] name = set.readNBytes(set.readInt());
      int valueLength = set.readInt();
      byte[] value = valueLength < 0 ? null : set.readNBytes(valueLength);
      head = new Element(name, value, set.readDouble(), set.readLong());
      return true;
    }
  }
}
