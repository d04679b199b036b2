package dev.godwit.vault.storage;

import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Layout;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The names of processes among all that write a vault, of 32 hexadecimal digits. The unfinished
 * files of one lie in the folder {@code work/<name>/}, and its locks carry the name, so that the
 * next writer knows whose files it may clear away.
 *
 * <p>A name tells by itself, on the machine where it was made, whether its process is dead: 16
 * digits are of the machine, 8 of the process id, 8 of its start. One that was killed before its
 * lock was there, or whose lock went before its files, is known for dead all the same. Where
 * processes cannot be told apart a name is random, and tells nothing.
 */
public final class WorkFolder {
  /** The one of this process. */
  public static final String OF_THIS_PROCESS = of(ProcessMark.ofThisProcess());

  private static final int MACHINE_DIGITS = 16;
  private static final int ID_DIGITS = 8;
  private static final Pattern NAME = Pattern.compile("[0-9a-f]{32}");

  private WorkFolder() {}

  /** The one of a process. */
  public static String of(ProcessMark process) {
    if (!process.isKnown()) {
      return VolumeId.random().toString();
    }
    return digits(process.machine(), MACHINE_DIGITS)
        + HexFormat.of().toHexDigits(process.pid(), ID_DIGITS)
        + digits(process.start(), ID_DIGITS);
  }

  private static String digits(String text, int count) {
    UUID hash = UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    return hash.toString().replace("-", "").substring(0, count);
  }

  /**
   * Whether a file lies in the folder of a process, unfinished: of one that makes a vault there at
   * this moment, or was killed before it did.
   */
  public static boolean holds(String path) {
    String[] parts = path.split("/", -1);
    return parts.length == 3 && parts[0].equals(Layout.WORK) && NAME.matcher(parts[1]).matches();
  }

  /** Whether a name is of a process of this machine that is no more; not, where in doubt. */
  public static boolean isOfTheDead(String name) {
    if (!NAME.matcher(name).matches()) {
      return false;
    }
    String id = name.substring(MACHINE_DIGITS, MACHINE_DIGITS + ID_DIGITS);
    ProcessMark now = ProcessMark.here(HexFormat.fromHexDigits(id));
    if (now.machine().isEmpty() || !name.startsWith(digits(now.machine(), MACHINE_DIGITS))) {
      return false;
    }
    return now.isKnown() ? !of(now).equals(name) : ProcessMark.areAllSeen();
  }
}
