package dev.godwit.cli.records;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;

/** Writes JSON values, one a line. */
final class JsonLines {
  private JsonLines() {}

  /** Begins; the stream stays open. */
  static JsonGenerator on(OutputStream out) throws IOException {
    JsonGenerator json =
        new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET).createGenerator(out);
    json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
    return json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
  }

  /** Ends the last line. */
  static void end(JsonGenerator json) throws IOException {
    if (json.getOutputContext().getEntryCount() > 0) {
      json.writeRaw('\n');
    }
    json.close();
  }
}
