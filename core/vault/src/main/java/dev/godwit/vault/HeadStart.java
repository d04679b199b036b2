package dev.godwit.vault;

import dev.godwit.spi.record.Sha256;
import dev.godwit.vault.block.ZstdLibrary;
import dev.godwit.vault.file.Json;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Makes ready what every command over records needs sooner or later, and what takes tens of
 * milliseconds each when it is first touched: Arrow's schemas, the codec, the digest, JSON. Run on
 * a thread of its own beside the parsing of the command line and the login, which leave a core
 * idle. Nothing depends on it.
 */
public final class HeadStart implements Runnable {
  /** As many bytes as it takes until SHA-256 is compiled, and its processor's instructions used. */
  private static final int HASHED = 256 << 10;

  @Override
  public void run() {
    ZstdLibrary.require();
    touch(Schema.class);
    touch(Json.class);
    Sha256.begin().update(new byte[HASHED]);
  }

  private static void touch(Class<?> type) {
    try {
      Class.forName(type.getName(), true, type.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e); // it is there, or this class would not be
    }
  }
}
