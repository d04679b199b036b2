package dev.godwit.extractor.mongodb.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.testkit.sample.OddDocuments;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VarBinaryVector;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;

/** Documents in a batch are the bytes that the server sent. */
class BatchBuilderTest {

  @Test
  void keepsEveryByteOfEveryOddDocument() {
    List<byte[]> documents = new ArrayList<>(OddDocuments.plain().values());
    documents.addAll(OddDocuments.ids().values());
    try (RootAllocator allocator = new RootAllocator();
        BatchBuilder builder = new BatchBuilder(MongoRun.SCHEMA, allocator)) {
      for (int time = 0; time < 2; time++) {
        for (byte[] document : documents) {
          // As the driver has it: somewhere inside of a larger answer.
          byte[] answer = new byte[document.length + 7];
          System.arraycopy(document, 0, answer, 5, document.length);
          builder.add(
              dev.godwit.extractor.mongodb.bson.Raw.bytes(
                  new RawBsonDocument(answer, 5, document.length)));
        }
        RecordBatch batch = builder.build();
        VarBinaryVector vector = (VarBinaryVector) batch.rows().getVector(0);
        assertThat(batch.rowCount()).isEqualTo(documents.size());
        for (int i = 0; i < documents.size(); i++) {
          assertThat(vector.get(i)).isEqualTo(documents.get(i));
        }
        builder.clear();
      }
    }
  }

  @Test
  void aDocumentOf16MegabytesLeavesItsPlace() throws Exception {
    byte[] large = OddDocuments.ofSize(1, 16 << 20);
    assertThat(large.length).isGreaterThan(LargeValue.THRESHOLD);
    try (RootAllocator allocator = new RootAllocator();
        BatchBuilder builder = new BatchBuilder(MongoRun.SCHEMA, allocator)) {
      builder.add(ByteBuffer.wrap(OddDocuments.ofSize(0, 1000)));
      builder.addLarge(ByteBuffer.wrap(large));
      assertThat(builder.ended()).isTrue();
      RecordBatch batch = builder.build();
      assertThat(batch.rows().getVector(0).isNull(1)).isTrue();
      assertThat(batch.largeAt(1, 0).length()).isEqualTo(large.length);
      assertThat(batch.largeAt(1, 0).sha256())
          .isEqualTo(MessageDigest.getInstance("SHA-256").digest(large));
    }
  }
}
