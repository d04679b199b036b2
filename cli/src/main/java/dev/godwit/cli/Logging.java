package dev.godwit.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.List;
import org.slf4j.Logger;

/**
 * Sets the logs of libraries up: to stderr, warnings only; Godwit tells what it has to say itself.
 * Found by Logback through {@link java.util.ServiceLoader} when the first thing is logged, so that
 * commands that log nothing do not pay for it; in code, because reading a file of XML takes longer.
 */
public final class Logging extends ContextAwareBase implements Configurator {
  @Override
  public ExecutionStatus configure(LoggerContext context) {
    LogLine layout = new LogLine();
    layout.setContext(context);
    layout.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setLayout(layout);
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(appender);
    // The demo's document store tells at each connection which commands it does not know.
    context.getLogger("de.bwaldvogel").setLevel(Level.OFF);
    // It tells of a server that stops slowly, which the demo waits for.
    context.getLogger("io.zonky.test").setLevel(Level.OFF);
    // What these warn of, such as a connection that broke, is tried again or told as an error.
    for (String library : List.of("org.apache.sshd", "software.amazon.awssdk", "org.apache.hc")) {
      context.getLogger(library).setLevel(Level.OFF);
    }
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
