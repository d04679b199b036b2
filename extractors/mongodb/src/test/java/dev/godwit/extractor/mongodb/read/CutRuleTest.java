package dev.godwit.extractor.mongodb.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Where batches are cut hangs on the documents, not on what lies beside them. */
class CutRuleTest {
  private static final int SIZE = 1000;
  private static final CutRule RULE = CutRule.forDocuments(SIZE, 64 << 20);

  /** The batches of documents with these hashes, as their first and last. */
  private static List<List<Long>> batches(List<Long> hashes) {
    List<List<Long>> batches = new ArrayList<>();
    int first = 0;
    for (int i = 1; i <= hashes.size(); i++) {
      long bytes = (long) (i - first) * SIZE;
      if (i == hashes.size() || RULE.endsBefore(hashes.get(i), SIZE, bytes)) {
        batches.add(List.copyOf(hashes.subList(first, i)));
        first = i;
      }
    }
    return batches;
  }

  private static List<Long> hashes(int count) {
    Random random = new Random(1);
    return LongStream.range(0, count).mapToObj(i -> random.nextLong()).toList();
  }

  @Test
  void batchesAreNeitherTooSmallNorTooLarge() {
    List<List<Long>> batches = batches(hashes(200_000));
    assertThat(batches).allMatch(batch -> batch.size() * SIZE <= CutRule.MOST);
    long small = batches.stream().filter(b -> b.size() * SIZE < CutRule.LEAST).count();
    assertThat(small).as("only ahead of a document that always begins one").isLessThan(25);
    assertThat(200_000L * SIZE / batches.size()).isBetween(3L << 20, 5L << 20);
  }

  @Test
  void aChangeStaysWhereItIs() {
    List<Long> before = hashes(200_000);
    List<Long> after = new ArrayList<>(before);
    after.add(10, 77L);
    after.remove(100_000);
    Set<List<Long>> kept = new HashSet<>(batches(before));
    List<List<Long>> now = batches(after);
    long all = now.size();
    kept.retainAll(now);
    assertThat(all - kept.size()).as("batches of %d that are new", all).isLessThan(12);
  }

  @Test
  void whereAPartitionBeginsMakesNoDifference() {
    List<Long> all = hashes(200_000);
    int middle = 70_000;
    while (!RULE.always(all.get(middle))) {
      middle++;
    }
    List<List<Long>> divided = new ArrayList<>(batches(all.subList(0, middle)));
    divided.addAll(batches(all.subList(middle, all.size())));
    assertThat(divided).isEqualTo(batches(all));
  }
}
