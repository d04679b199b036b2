package dev.godwit.cli.command;

import picocli.CommandLine.Help;
import picocli.CommandLine.Help.IOptionRenderer;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A help whose descriptions of options flow through the width of the screen. Lines as the code
 * breaks them would be broken once more where they are too long, and end early where they are not.
 */
final class FlowingHelp extends Help {
  FlowingHelp(CommandSpec command, ColorScheme colours) {
    super(command, colours);
  }

  @Override
  public IOptionRenderer createDefaultOptionRenderer() {
    IOptionRenderer lines = super.createDefaultOptionRenderer();
    return (option, labels, colours) -> {
      // It was formatted once already, and is formatted again.
      String text = String.join(" ", option.description()).replace("%", "%%");
      return lines.render(option.toBuilder().description(text).build(), labels, colours);
    };
  }
}
