package dev.godwit.vault.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFolderTest {
  @TempDir Path proc;

  private static final ProcessMark MINE = ProcessMark.ofThisProcess();

  @Test
  void aNameTellsWhetherItsProcessIsDead() {
    assertThat(WorkFolder.OF_THIS_PROCESS).matches("[0-9a-f]{32}").isEqualTo(WorkFolder.of(MINE));
    assertThat(WorkFolder.isOfTheDead(WorkFolder.OF_THIS_PROCESS)).isFalse();
    ProcessMark earlier = new ProcessMark(MINE.machine(), MINE.pid(), MINE.start() + "0");
    assertThat(WorkFolder.isOfTheDead(WorkFolder.of(earlier))).as("of the same id").isTrue();
    ProcessMark gone = new ProcessMark(MINE.machine(), Integer.MAX_VALUE, "1");
    assertThat(WorkFolder.isOfTheDead(WorkFolder.of(gone))).as("an id of nobody").isTrue();
  }

  @Test
  void aNameOfAnotherMachineOrOfNobodyTellsNothing() {
    ProcessMark elsewhere = new ProcessMark("elsewhere", Integer.MAX_VALUE, "1");
    assertThat(WorkFolder.isOfTheDead(WorkFolder.of(elsewhere))).isFalse();
    ProcessMark unknown = new ProcessMark("", 1, "");
    assertThat(WorkFolder.of(unknown)).isNotEqualTo(WorkFolder.of(unknown));
    assertThat(WorkFolder.isOfTheDead(WorkFolder.of(unknown))).isFalse();
    assertThat(WorkFolder.isOfTheDead("")).isFalse();
    assertThat(WorkFolder.isOfTheDead("notes")).isFalse();
  }

  @Test
  void whereProcessesOfOthersAreHiddenNobodyIsKnownToBeDead() throws Exception {
    Files.createDirectories(proc.resolve("sys/kernel/random"));
    Files.writeString(proc.resolve("sys/kernel/random/boot_id"), "a\n");
    Files.createDirectories(proc.resolve("self/ns"));
    Files.createSymbolicLink(proc.resolve("self/ns/pid"), Path.of("pid:[1]"));
    ProcessMark process = new ProcessMark("a pid:[1]", 77, "5");
    assertThat(process.lives(proc)).as("it may be hidden").isEmpty();
    Files.createDirectories(proc.resolve("1"));
    Files.writeString(proc.resolve("1/stat"), "1 (init) S" + " 0".repeat(40));
    assertThat(process.lives(proc)).contains(false);
  }
}
