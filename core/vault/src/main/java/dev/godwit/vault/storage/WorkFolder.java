package dev.godwit.vault.storage;

import dev.godwit.vault.block.VolumeId;

/**
 * The name of this process among all that write a vault. Its unfinished files lie in the folder
 * {@code work/<name>/}, and its locks carry the name, so that the next writer knows whose files it
 * may clear away.
 */
public final class WorkFolder {
  /** 32 hexadecimal digits, made anew for each process. */
  public static final String OF_THIS_PROCESS = VolumeId.random().toString();

  private WorkFolder() {}
}
