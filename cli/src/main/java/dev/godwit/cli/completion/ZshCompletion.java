package dev.godwit.cli.completion;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes zsh's completion, with {@code _arguments}; see zshcompsys(1). */
final class ZshCompletion {
  private final CommandSpec root;

  ZshCompletion(CommandSpec root) {
    this.root = root;
  }

  String script() {
    StringBuilder script = new StringBuilder();
    script.append("#compdef godwit\n\n_godwit() {\n");
    script.append("  local curcontext=\"$curcontext\" state line\n");
    script.append("  _arguments -C \\\n");
    root.options().forEach(option -> script.append(option(option)));
    script.append("    '1:command:->command' \\\n    '*::argument:->argument'\n\n");
    script.append("  case $state in\n    command)\n      local -a commands\n      commands=(\n");
    for (CommandSpec command : Words.commands(root)) {
      script
          .append("        '")
          .append(command.name())
          .append(':')
          .append(escaped(Words.about(command)))
          .append("'\n");
    }
    script.append("      )\n      _describe command commands\n      ;;\n");
    script.append("    argument)\n      case $line[1] in\n");
    Words.commands(root).forEach(command -> arguments(script, command));
    script.append("      esac\n      ;;\n  esac\n}\n\n");
    script.append("if [ \"$funcstack[1]\" = _godwit ]; then\n  _godwit \"$@\"\n");
    script.append("else\n  compdef _godwit godwit\nfi\n");
    return script.toString();
  }

  private void arguments(StringBuilder script, CommandSpec command) {
    script.append("        ").append(command.name()).append(")\n          _arguments");
    for (OptionSpec option : Words.options(command)) {
      script
          .append(" \\\n        ")
          .append(option(option).stripTrailing().replaceAll(" \\\\$", ""));
    }
    if (!Words.names(command).isEmpty()) {
      String names = String.join(" ", Words.names(command));
      script.append(" \\\n            '1:command:(" + names + ")'");
      script.append(" \\\n            '*:argument:_files'");
    }
    int place = 1;
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      script
          .append(" \\\n            '")
          .append(place++)
          .append(parameter.required() ? ":" : "::")
          .append(parameter.paramLabel().toLowerCase(Locale.ROOT))
          .append(':')
          .append(action(command, parameter))
          .append('\'');
    }
    script.append("\n          ;;\n");
  }

  private static String option(OptionSpec option) {
    String names =
        option.names().length == 1
            ? option.names()[0]
            : "{" + String.join(",", option.names()) + "}";
    String exclusive = option.isMultiValue() ? "*" : "(" + String.join(" ", option.names()) + ")";
    String value =
        Words.takesValue(option)
            ? ":" + option.paramLabel().toLowerCase(Locale.ROOT) + ":" + values(option)
            : "";
    return "    '"
        + exclusive
        + "'"
        + names
        + "'["
        + escaped(Words.about(option))
        + "]"
        + value.replace("'", "'\\''")
        + "' \\\n";
  }

  private String action(CommandSpec command, ArgSpec argument) {
    if (command.name().equals("help")) {
      return "("
          + String.join(" ", Words.commands(root).stream().map(CommandSpec::name).toList())
          + ")";
    }
    return values(argument);
  }

  private static String values(ArgSpec argument) {
    List<String> values = Words.values(argument);
    if (!values.isEmpty()) {
      return "(" + String.join(" ", values) + ")";
    }
    return Words.isPath(argument) ? "_files" : " ";
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\")
        .replace("[", "\\[")
        .replace("]", "\\]")
        .replace(":", "\\:")
        .replace("'", "'\\''");
  }
}
