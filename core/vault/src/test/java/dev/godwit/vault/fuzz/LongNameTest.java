package dev.godwit.vault.fuzz;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.vault.archive.TarImport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers of a tar that go on and on are refused before they fill the memory. */
class LongNameTest {
  private static final long SIZE = 4L << 30;

  @TempDir Path folder;

  /** Bytes that never end, in the form of a PAX header whose one value is as long as the header. */
  private static final class Endless extends InputStream {
    private long left = SIZE;
    private final byte[] begin = (SIZE + " path=").getBytes(StandardCharsets.US_ASCII);
    private int at;

    @Override
    public int read() {
      return left-- <= 0 ? -1 : at < begin.length ? begin[at++] : 'a';
    }

    @Override
    public int read(byte[] into, int from, int count) {
      if (left <= 0) {
        return -1;
      }
      if (at < begin.length) {
        into[from] = (byte) read();
        return 1;
      }
      int given = (int) Math.min(left, count);
      Arrays.fill(into, from, from + given, (byte) 'a');
      left -= given;
      return given;
    }
  }

  @ParameterizedTest
  @ValueSource(
      bytes = {
        TarConstants.LF_GNUTYPE_LONGNAME,
        TarConstants.LF_GNUTYPE_LONGLINK,
        TarConstants.LF_PAX_EXTENDED_HEADER_LC,
        TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER
      })
  void isRefused(byte kind) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry("././@LongLink", kind);
    entry.setSize(SIZE);
    byte[] header = new byte[512];
    entry.writeEntryHeader(header);
    TarImport tar = new TarImport("x.tar", new Cancellation(), read -> {});
    InputStream in =
        new SequenceInputStream(
            new SequenceInputStream(whole(), new ByteArrayInputStream(header)), new Endless());
    assertThatThrownBy(() -> tar.unpack(in, folder))
        .isInstanceOfSatisfying(
            GodwitException.class,
            e ->
                org.assertj.core.api.Assertions.assertThat(e.exitCode())
                    .isEqualTo(ExitCode.DAMAGED));
  }

  private static InputStream whole() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    // Not closed: its end would end the tar.
    TarArchiveOutputStream tar = new TarArchiveOutputStream(out);
    TarArchiveEntry vault = new TarArchiveEntry("vault.json");
    vault.setSize(2);
    tar.putArchiveEntry(vault);
    tar.write(new byte[2]);
    tar.closeArchiveEntry();
    tar.flush();
    return new ByteArrayInputStream(Arrays.copyOf(out.toByteArray(), 1024));
  }
}
