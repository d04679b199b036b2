package dev.godwit.spi.aside;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Bytes set aside until they are needed: in memory while they are few, in a temporary file beyond,
 * which nobody else can read. Appended at the end, read anywhere. Safe for use by many threads.
 */
public final class Spool extends OutputStream {
  private static final int IN_MEMORY = 256 << 10;

  private byte[] memory = new byte[4096];
  private Veil veil;
  private FileChannel file;
  private long length;
  private int buffered;

  /** How many bytes it holds. */
  public synchronized long length() {
    return length;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  /**
   * Appends.
   *
   * @throws dev.godwit.spi.error.GodwitException if the disk of the temporary folder is full
   */
  @Override
  public synchronized void write(byte[] bytes, int from, int count) {
    if (buffered + count > IN_MEMORY) {
      spill();
      if (count > IN_MEMORY) {
        append(Arrays.copyOfRange(bytes, from, from + count), count);
        length += count;
        return;
      }
    }
    if (buffered + count > memory.length) {
      memory = Arrays.copyOf(memory, Math.max(buffered + count, memory.length * 2));
    }
    System.arraycopy(bytes, from, memory, buffered, count);
    buffered += count;
    length += count;
  }

  private void spill() {
    append(memory, buffered);
    buffered = 0;
  }

  /** Appends to the file; the bytes are of no use then. */
  private void append(byte[] plain, int count) {
    try {
      if (file == null) {
        Path path = Files.createTempFile("godwit-", ".spool");
        file =
            FileChannel.open(
                path,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
        veil = new Veil();
      }
      veil.apply(file.size(), plain, 0, count);
      ByteBuffer bytes = ByteBuffer.wrap(plain, 0, count);
      while (bytes.hasRemaining()) {
        file.write(bytes, file.size());
      }
    } catch (IOException e) {
      throw TemporaryFailure.of(e);
    }
  }

  /**
   * Reads from an offset.
   *
   * @return how many bytes were read; fewer than asked only at the end
   */
  public synchronized int read(long offset, byte[] into, int from, int count) {
    int wanted = (int) Math.min(count, length - offset);
    if (wanted <= 0) {
      return 0;
    }
    long inFile = length - buffered;
    int done = 0;
    try {
      while (done < wanted && offset + done < inFile) {
        int most = (int) Math.min(wanted - done, inFile - offset - done);
        int read = file.read(ByteBuffer.wrap(into, from + done, most), offset + done);
        if (read < 0) {
          throw new IOException("the temporary file was cut short");
        }
        veil.apply(offset + done, into, from + done, read);
        done += read;
      }
    } catch (IOException e) {
      throw TemporaryFailure.of(e);
    }
    if (done < wanted) {
      System.arraycopy(memory, (int) (offset + done - inFile), into, from + done, wanted - done);
    }
    return wanted;
  }

  /** Reads so many bytes from an offset. */
  public byte[] bytes(long offset, int count) {
    byte[] bytes = new byte[count];
    if (read(offset, bytes, 0, count) != count) {
      throw new IllegalStateException("the spool holds no " + count + " bytes at " + offset);
    }
    return bytes;
  }

  /** Reads on from an offset to the end. Used by one thread. */
  public InputStream from(long offset) {
    return part(offset, Long.MAX_VALUE - offset);
  }

  /** Reads so many bytes from an offset, or fewer where the end comes first. Used by one thread. */
  public InputStream part(long offset, long count) {
    return new InputStream() {
      private long at = offset;

      @Override
      public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] into, int from, int most) {
        int wanted = (int) Math.min(most, offset + count - at);
        int read = Spool.this.read(at, into, from, wanted);
        at += read;
        return read == 0 && most > 0 ? -1 : read;
      }
    };
  }

  /** Forgets what it holds. */
  @Override
  public synchronized void close() {
    memory = new byte[0];
    buffered = 0;
    length = 0;
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      file = null;
    }
  }
}
