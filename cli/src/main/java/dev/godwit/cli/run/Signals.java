package dev.godwit.cli.run;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.run.Cancellation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * SIGINT, SIGTERM and SIGHUP cancel the run; a second one, or five seconds, ends the process at
 * once.
 *
 * <p>A shutdown hook would not do: it does not know which signal came, and while it works a second
 * signal is not heard. {@code sun.misc.Signal} is met by reflection because the compiler warns of
 * it in a way that cannot be turned off; it is exported by {@code jdk.unsupported} on every JVM
 * that runs Godwit.
 */
final class Signals implements AutoCloseable {
  /**
   * After so long a run that does not end by itself is ended. A test that asks how a run ends by
   * itself gives it more: on a busy machine that may take longer.
   */
  private static final long PATIENCE_MILLIS = Long.getLong("godwit.patience.millis", 4_500);

  /** What holds of every command: none takes what is half done for done. */
  private static final String FORCED =
      """
      godwit: ended by force, the run did not stop in time
      hint: a server may go on for a while with what it was asked; the same command, run again, goes \
      on or says how to""";

  private final List<Runnable> undo = new ArrayList<>();
  private final AtomicBoolean came = new AtomicBoolean();
  private final Cancellation cancellation;

  Signals(Cancellation cancellation) {
    this.cancellation = cancellation;
    handle("INT", ExitCode.INTERRUPTED);
    handle("TERM", ExitCode.TERMINATED);
    handle("HUP", ExitCode.TERMINATED);
  }

  private void handle(String name, ExitCode code) {
    try {
      Class<?> signalClass = Class.forName("sun.misc.Signal");
      Class<?> handlerClass = Class.forName("sun.misc.SignalHandler");
      Object signal = signalClass.getConstructor(String.class).newInstance(name);
      Object handler =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handlerClass},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "handle" -> {
                      came(code);
                      yield null;
                    }
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    default -> name;
                  });
      var install = signalClass.getMethod("handle", signalClass, handlerClass);
      Object before = install.invoke(null, signal, handler);
      undo.add(
          () -> {
            try {
              install.invoke(null, signal, before);
            } catch (ReflectiveOperationException e) {
              throw new IllegalStateException(e);
            }
          });
    } catch (InvocationTargetException e) {
      // The JVM keeps this signal for itself (-Xrs): then it ends the process as it always did.
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JVM has no sun.misc.Signal", e);
    }
  }

  private void came(ExitCode code) {
    if (!came.compareAndSet(false, true)) {
      Runtime.getRuntime().halt(code.status());
    }
    Thread watchdog =
        new Thread(
            () -> {
              try {
                Thread.sleep(PATIENCE_MILLIS);
              } catch (InterruptedException e) {
                return;
              }
              System.err.println(FORCED);
              Runtime.getRuntime().halt(code.status());
            },
            "godwit-watchdog");
    watchdog.setDaemon(true);
    watchdog.start();
    cancellation.cancel(code);
  }

  @Override
  public void close() {
    // Once a signal came its handlers stay, so that a second one ends what follows the run.
    if (!came.get()) {
      undo.forEach(Runnable::run);
    }
  }
}
