package dev.godwit.mapping.file;

import dev.godwit.mapping.FieldMapping;
import dev.godwit.mapping.keyvalue.RowsToKeys;
import dev.godwit.mapping.run.DatasetChoice;
import dev.godwit.mapping.run.MappedDataset;
import dev.godwit.mapping.run.Mapping;
import dev.godwit.mapping.run.MappingRequest;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.error.IoReason;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.FieldKind;
import dev.godwit.spi.record.Fields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Field;
import org.tomlj.Toml;

/** Writes the mapping of a run, so that {@link MappingFile#read} gives the same again. */
public final class MappingFileWriter {
  private MappingFileWriter() {}

  /**
   * Writes a file.
   *
   * @param title says what is mapped, for people
   * @param overwrite whether a file that is there is replaced
   * @throws GodwitException {@code USAGE} where there is a file and it is not to be replaced;
   *     {@code FAILED} where it cannot be written
   */
  public static void write(Path file, Mapping mapping, String title, boolean overwrite) {
    OpenOption mode = overwrite ? StandardOpenOption.CREATE : StandardOpenOption.CREATE_NEW;
    try (Writer out =
        Files.newBufferedWriter(
            file, mode, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
      out.write(head(mapping.request(), title));
      try (Stream<MappedDataset> datasets = mapping.datasets()) {
        datasets.forEach(dataset -> append(out, mapping, dataset));
      }
      for (DatasetChoice choice : mapping.request().choices()) {
        if (choice.skip()) {
          out.write("\n" + table(choice.source()) + "]\nskip = true\n");
        }
      }
    } catch (FileAlreadyExistsException e) {
      throw new GodwitException(
          ExitCode.USAGE,
          "the file " + file + " exists already",
          "name another, or add --overwrite to replace it",
          e);
    } catch (IOException e) {
      throw unwritten(file, e);
    } catch (UncheckedIOException e) {
      throw unwritten(file, e.getCause());
    }
  }

  private static GodwitException unwritten(Path file, IOException cause) {
    String why =
        cause instanceof NoSuchFileException ? "there is no such folder" : IoReason.of(cause);
    return new GodwitException(
        ExitCode.FAILED,
        "cannot write the mapping " + file + ": " + why,
        "name a file in a folder that has room and that this user may write",
        cause);
  }

  private static String head(MappingRequest request, String title) {
    return """
    # %s
    #
    # Change names and types, and add skip = true to leave out a dataset or a field, or
    # mask = "hash" to a field; then give the file back with --mapping. What is not in it goes by
    # default; skip-others = true leaves out what is not among the fields of a dataset.

    on-lossy = "%s"
    flatten = %s
    """
        .formatted(
            title.lines().findFirst().orElse(""),
            request.policy().name().toLowerCase(Locale.ROOT),
            request.flatten());
  }

  private static void append(Writer out, Mapping mapping, MappedDataset dataset) {
    try {
      DatasetName source = withoutDatabase(dataset.source().name());
      out.write("\n" + table(source) + "] # " + dataset.source().kind() + "\n");
      out.write("name = " + text(withoutDatabase(dataset.name()).toString()) + "\n");
      String key = dataset.target().attributes().get(RowsToKeys.TEMPLATE);
      if (key != null) {
        out.write("key = " + text(key) + "\n");
      }
      if (mapping.skipsOthers(dataset.source())) {
        out.write("skip-others = true\n");
      }
      out.write("\n" + table(source) + ".fields]\n");
      for (FieldMapping field : dataset.fields()) {
        out.write(line(dataset, field));
      }
      for (String field : dataset.leftOut()) {
        out.write(key(field) + " = { skip = true }\n");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String line(MappedDataset dataset, FieldMapping mapping) {
    Field source = mapping.source();
    Field target = mapping.target().field();
    StringBuilder line = new StringBuilder(key(source.getName()));
    line.append(" = { name = ").append(text(target.getName()));
    Fields.nativeType(target).ifPresent(type -> line.append(", type = ").append(text(type)));
    dataset
        .mask(source.getName())
        .ifPresent(mask -> line.append(", mask = ").append(text(mask.kind().toString())));
    return line.append(" } # ").append(comment(mapping)).append('\n').toString();
  }

  /** The source's type, Arrow's, and what comes through; TOML takes no control characters. */
  private static String comment(FieldMapping mapping) {
    String type = Fields.nativeType(mapping.source()).map(name -> name + ", ").orElse("");
    String note = mapping.target().note();
    return (type
            + "held as "
            + FieldKind.of(mapping.source()).name().toLowerCase(Locale.ROOT).replace('_', ' ')
            + ": "
            + mapping.target().fidelity().name().toLowerCase(Locale.ROOT)
            + (note.isEmpty() ? "" : "; " + note))
        .replaceAll("\\p{Cntrl}", " ");
  }

  /** A source is often called otherwise where the mapping is used again. */
  private static DatasetName withoutDatabase(DatasetName name) {
    int parts = name.parts().size();
    return parts < 2 ? name : new DatasetName(name.parts().subList(1, parts));
  }

  private static String table(DatasetName name) {
    return "[datasets." + text(name.toString());
  }

  private static String key(String name) {
    return name.matches("[A-Za-z0-9_-]+") ? name : text(name);
  }

  private static String text(String text) {
    return '"' + Toml.tomlEscape(text).toString() + '"';
  }
}
