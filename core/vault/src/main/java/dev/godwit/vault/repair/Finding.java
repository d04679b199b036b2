package dev.godwit.vault.repair;

import dev.godwit.spi.name.DatasetName;
import dev.godwit.vault.Manifest;
import java.util.List;
import java.util.Map;

/** What is wrong with a snapshot, and what a repair does about it. */
public sealed interface Finding {
  /** The snapshot's id. */
  String id();

  /** The path of its manifest. */
  String path();

  /**
   * Nothing of it can be read any more: it is taken out.
   *
   * @param why one line
   */
  record Gone(String id, String path, String why) implements Finding {}

  /**
   * It gets other lists: some of its blocks lie elsewhere then, and what is lost is left out.
   *
   * @param manifest as it is
   * @param lost datasets that are gone, and why
   * @param definitionsLost why its schema objects are gone; empty where they are not
   */
  record Mended(
      String path, Manifest manifest, Map<DatasetName, String> lost, List<String> definitionsLost)
      implements Finding {
    @Override
    public String id() {
      return manifest.id();
    }

    /** Whether all of it is still there. */
    public boolean isWhole() {
      return lost.isEmpty() && definitionsLost.isEmpty();
    }
  }

  /**
   * An earlier repair has mended it already, and was stopped before it took the old one out: it is
   * taken out now.
   *
   * @param by id of the mended one
   */
  record Replaced(String id, String path, String by) implements Finding {}

  /**
   * Something of it is damaged. What is lost for that only who reads it can say, so that it is left
   * as it is.
   *
   * @param why one line
   */
  record Unread(String id, String path, String why) implements Finding {}
}
