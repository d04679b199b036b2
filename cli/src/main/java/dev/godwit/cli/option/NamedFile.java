package dev.godwit.cli.option;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A file as a command line names it. An empty name, as of a script's variable that is not set,
 * would be the folder in which the command runs.
 */
public final class NamedFile implements ITypeConverter<Path> {
  @Override
  public Path convert(String text) {
    if (text.isBlank()) {
      throw new TypeConversionException("'" + text + "' is no name of a file");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException("'" + text + "' is no name of a file: " + e.getReason());
    }
  }
}
