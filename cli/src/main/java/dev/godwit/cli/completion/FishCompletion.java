package dev.godwit.cli.completion;

import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes fish's completion, with {@code complete}; see complete(1) of fish. */
final class FishCompletion {
  private final CommandSpec root;

  FishCompletion(CommandSpec root) {
    this.root = root;
  }

  String script() {
    StringBuilder script = new StringBuilder("# fish completion for godwit\n\n");
    script.append("complete -c godwit -f\n");
    root.options().forEach(o -> script.append(line("__fish_use_subcommand", o)));
    for (CommandSpec command : Words.commands(root)) {
      script
          .append("complete -c godwit -n __fish_use_subcommand -a ")
          .append(command.name())
          .append(" -d ")
          .append(quoted(Words.about(command)))
          .append('\n');
    }
    for (CommandSpec command : Words.commands(root)) {
      String here = quoted("__fish_seen_subcommand_from " + command.name());
      script.append('\n');
      if (!Words.names(command).isEmpty()) {
        String names = quoted(String.join(" ", Words.names(command)));
        script.append("complete -c godwit -n " + here + " -F -a " + names + "\n");
      }
      Words.options(command).forEach(option -> script.append(line(here, option)));
      for (PositionalParamSpec parameter : command.positionalParameters()) {
        script.append(line(here, command, parameter));
      }
    }
    return script.toString();
  }

  private static String line(String where, OptionSpec option) {
    StringBuilder line = new StringBuilder("complete -c godwit -n ").append(where);
    for (String name : option.names()) {
      line.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
    }
    if (Words.takesValue(option)) {
      line.append(values(option));
    }
    return line.append(" -d ").append(quoted(Words.about(option))).append('\n').toString();
  }

  private String line(String where, CommandSpec command, PositionalParamSpec parameter) {
    String given =
        command.name().equals("help")
            ? " -a "
                + quoted(
                    String.join(" ", Words.commands(root).stream().map(CommandSpec::name).toList()))
            : values(parameter).replace(" -x", "").replace(" -r -F", " -F");
    return given.isEmpty() ? "" : "complete -c godwit -n " + where + given + "\n";
  }

  /** A value of few words, a file, or any text. */
  private static String values(ArgSpec argument) {
    if (!Words.values(argument).isEmpty()) {
      return " -x -a " + quoted(String.join(" ", Words.values(argument)));
    }
    return Words.isPath(argument) ? " -r -F" : " -x";
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
