package dev.godwit.vault.list;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import dev.godwit.spi.aside.Spool;
import dev.godwit.spi.aside.TemporaryFailure;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.record.Sha256;
import dev.godwit.spi.storage.StorageWriter;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.block.ZstdLibrary;
import dev.godwit.vault.file.FormatVersion;
import dev.godwit.vault.file.Json;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.plane.VaultRun;
import dev.godwit.vault.storage.StorageFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;

/**
 * Writes a list: a header line, then one JSON value to a line. Lines are set aside as they come and
 * compressed at the end, so that a list that is being written holds no compressor. Used by one
 * thread.
 */
public final class ListWriter implements AutoCloseable {
  private static final int LEVEL = 3;

  private final VaultRun run;
  private final ListKind kind;
  private final Predicate<String> going;
  private final Spool lines = new Spool();

  /** Begins a list. */
  public ListWriter(VaultRun run, ListKind kind) {
    this(run, kind, id -> false);
  }

  /**
   * Begins a list.
   *
   * @param going whether the list of an id is about to be removed, and so may not be relied on even
   *     if it is written again
   */
  public ListWriter(VaultRun run, ListKind kind, Predicate<String> going) {
    this.run = run;
    this.kind = kind;
    this.going = going;
  }

  /** Adds a line. */
  public void add(Object line) {
    addRaw(json(line));
  }

  /** Adds a line that is JSON already. */
  public void addRaw(byte[] json) {
    if (json.length > BoundedLines.MOST_CHARS) {
      throw new GodwitException(
          ExitCode.FAILED,
          "a definition of " + json.length + " bytes is too long for a vault",
          "leave its dataset out with --exclude");
    }
    lines.write(json, 0, json.length);
    lines.write('\n');
  }

  /** A value as JSON of one line. */
  public static byte[] json(Object value) {
    try {
      return Json.LINE.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * Stores the list, unless the vault has it already.
   *
   * @return its id: the SHA-256 of its stored bytes
   */
  public String commit() {
    String id = commit(null);
    return id == null ? commit(VolumeId.random().toString()) : id;
  }

  /** Null where the list of this id is about to be removed. */
  private String commit(String salt) {
    MessageDigest digest = Sha256.begin();
    try (Spool stored = new Spool()) {
      compress(
          new ListHeader(kind.word(), FormatVersion.CURRENT, salt),
          new DigestOutputStream(stored, digest));
      String id = HexFormat.of().formatHex(digest.digest());
      if (going.test(id)) {
        return null;
      }
      String path = Layout.list(id);
      if (!ListReader.isWhole(run.storage(), id)) {
        store(stored, path);
      }
      return id;
    }
  }

  private void compress(ListHeader header, OutputStream stored) {
    ZstdLibrary.require();
    byte[] first = json(header);
    byte[] chunk = new byte[64 << 10];
    try (OutputStream sealed = ListSeal.of(run).sealing(kind, stored);
        ZstdOutputStreamNoFinalizer zstd = new ZstdOutputStreamNoFinalizer(sealed, LEVEL);
        InputStream from =
            new SequenceInputStream(
                Collections.enumeration(
                    List.of(
                        new ByteArrayInputStream(first),
                        new ByteArrayInputStream(new byte[] {'\n'}),
                        lines.from(0))))) {
      zstd.setCloseFrameOnFlush(false);
      zstd.setChecksum(true);
      // Whole chunks, so that the same lines are always compressed to the same bytes.
      for (int read; (read = from.readNBytes(chunk, 0, chunk.length)) > 0; ) {
        zstd.write(chunk, 0, read);
      }
    } catch (IOException e) {
      throw TemporaryFailure.of(e);
    }
  }

  private void store(Spool stored, String path) {
    byte[] chunk = new byte[64 << 10];
    try (StorageWriter file = run.storage().create(path)) {
      long at = 0;
      for (int read; (read = stored.read(at, chunk, 0, chunk.length)) > 0; at += read) {
        file.write(ByteBuffer.wrap(chunk, 0, read));
      }
      file.commit();
    } catch (IOException e) {
      throw StorageFailure.writing(run.storage(), path, e);
    }
  }

  @Override
  public void close() {
    lines.close();
  }
}
