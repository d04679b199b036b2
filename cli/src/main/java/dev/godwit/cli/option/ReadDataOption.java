package dev.godwit.cli.option;

import dev.godwit.vault.check.DataShare;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.OverwrittenOptionException;

/** How much of the data a check reads. */
public final class ReadDataOption {
  private static final String ALL = "100%";

  @Option(
      names = "--read-data",
      arity = "0..1",
      paramLabel = "PART",
      preprocessor = OnlyAttached.class,
      description = {
        "Read and verify every byte; with a part, such as --read-data=5%%, that of the volumes whose"
            + " turn it is today."
      })
  private String part;

  /** A value is one only behind an equals sign: the next word is the vault. */
  static final class OnlyAttached implements IParameterPreprocessor {
    @Override
    @SuppressWarnings("JdkObsolete") // the type is picocli's
    public boolean preprocess(
        Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> info) {
      if (option.getValue() != null) {
        throw new OverwrittenOptionException(
            command.commandLine(), option, "option '--read-data' should be specified only once");
      }
      if ("=".equals(info.get("separator"))) {
        return false;
      }
      option.setValue(ALL);
      return true;
    }
  }

  /**
   * What is read.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code USAGE} if the part makes no sense
   */
  public DataShare share() {
    if (part == null) {
      return DataShare.NONE;
    }
    return DataShare.parse(part, LocalDate.now(ZoneOffset.UTC).toEpochDay());
  }
}
