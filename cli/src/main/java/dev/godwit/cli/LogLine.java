package dev.godwit.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * A line of the log: time, level, thread, class, message, and the stack of what was thrown.
 * Logback's own patterns say the same, and take 30 ms of a start to be read.
 */
final class LogLine extends LayoutBase<ILoggingEvent> {
  @Override
  public String doLayout(ILoggingEvent event) {
    String time =
        DateTimeFormatter.ofPattern("HH:mm:ss.SSS")
            .withZone(ZoneId.systemDefault())
            .format(event.getInstant());
    String logger = event.getLoggerName();
    String line =
        "%s %-5s [%s] %s %s%n"
            .formatted(
                time,
                event.getLevel(),
                event.getThreadName(),
                logger.substring(logger.lastIndexOf('.') + 1),
                event.getFormattedMessage());
    return event.getThrowableProxy() == null
        ? line
        : line + ThrowableProxyUtil.asString(event.getThrowableProxy());
  }
}
