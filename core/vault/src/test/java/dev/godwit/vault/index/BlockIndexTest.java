package dev.godwit.vault.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.storage.Storage;
import dev.godwit.testkit.memory.MemoryStorage;
import dev.godwit.vault.block.BlockId;
import dev.godwit.vault.block.BlockKind;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.testing.MeddlingStorage;
import dev.godwit.vault.volume.SealedVolume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Segments that other writers take away while a run looks into them. */
class BlockIndexTest {
  private static final String NOBODY = "";

  private final Storage files = new MemoryStorage();
  private final List<String> warnings = new ArrayList<>();

  /** The operation that something happens ahead of, once. */
  private String operation = NOBODY;

  private Runnable meanwhile = () -> {};
  private final Storage storage = MeddlingStorage.of(files, this::before);

  private void before(String name, String path) {
    if (name.equals(operation) && path.endsWith(IndexFormat.SUFFIX)) {
      operation = NOBODY;
      meanwhile.run();
    }
  }

  private void aheadOfNext(String name, Runnable happens) {
    operation = name;
    meanwhile = happens;
  }

  private BlockIndex open() {
    return BlockIndex.open(new PlainSegments(), storage, warnings::add);
  }

  private BlockIndex openElsewhere() {
    return BlockIndex.open(new PlainSegments(), files, warnings::add);
  }

  private static BlockRef block(int number) {
    BlockId id = new BlockId((long) number << 56, number, number, number);
    return new BlockRef(id, new VolumeId(1, number), 16, 100, 200, 3, BlockKind.BATCH, 7);
  }

  private static SealedVolume volume(int number) {
    return new SealedVolume(block(number).volume(), 1000, List.of(block(number)));
  }

  private static void add(BlockIndex index, int from, int to) {
    IntStream.range(from, to).forEach(number -> index.add(List.of(volume(number))));
  }

  private static void remove(Storage files, IndexSegment segment) {
    try {
      files.delete(segment.path());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void anotherThreadMayFindSegmentsGoneWhileOneLooks() {
    BlockIndex index = open();
    add(index, 1, 4);
    List<IndexSegment> all = index.segments();
    aheadOfNext(
        "read",
        () -> {
          remove(files, all.get(0));
          remove(files, all.get(1));
          assertThat(index.find(block(9).id())).as("by the other thread").isEmpty();
          assertThat(index.segments()).containsExactly(all.get(2));
        });
    assertThat(index.find(block(1).id())).isEmpty();
    assertThat(index.find(block(3).id())).containsExactly(block(3));
  }

  @Test
  void whatAnotherWriterHasMergedIsFoundInWhatItMade() {
    BlockIndex index = open();
    add(index, 1, 5);
    openElsewhere().merge();
    for (int number = 1; number < 5; number++) {
      assertThat(index.find(block(number).id())).containsExactly(block(number));
    }
    assertThat(index.segments()).hasSize(1);
  }

  @Test
  void theOtherThreadMayHaveMetWhatWasMade() {
    BlockIndex index = open();
    add(index, 1, 5);
    aheadOfNext(
        "read",
        () -> {
          openElsewhere().merge();
          assertThat(index.find(block(2).id())).containsExactly(block(2));
        });
    assertThat(index.find(block(1).id())).containsExactly(block(1));
  }

  @Test
  void aSegmentMayBeMergedAsSoonAsItIsWritten() {
    BlockIndex index = open();
    add(index, 1, 4);
    aheadOfNext("stat", () -> openElsewhere().merge());
    add(index, 4, 5);
    assertThat(index.find(block(4).id())).containsExactly(block(4));
    assertThat(warnings).isEmpty();
  }

  @Test
  void twoMayMergeTheSame() {
    BlockIndex index = open();
    add(index, 1, 5);
    aheadOfNext("read", () -> openElsewhere().merge());
    index.merge();
    for (int number = 1; number < 5; number++) {
      assertThat(index.find(block(number).id())).contains(block(number));
    }
    assertThat(warnings).isEmpty();
  }

  @Test
  void whatNamesVolumesThatAreGoneMayBeMergedMeanwhile() {
    BlockIndex index = open();
    index.add(List.of(volume(1), volume(2)));
    add(index, 3, 6);
    aheadOfNext("read", () -> openElsewhere().merge());
    index.drop(block(1).volume()::equals);
    assertThat(index.find(block(2).id())).contains(block(2));
    assertThat(warnings).isEmpty();
  }
}
