package dev.godwit.testkit.server.mongo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Prints for each class which tests ran against which server, and which did not, and why. */
public final class RanAgainst implements TestWatcher, AfterAllCallback {
  private static final ExtensionContext.Namespace HERE =
      ExtensionContext.Namespace.create(RanAgainst.class);

  private static List<String> lines(ExtensionContext context) {
    ExtensionContext top = context;
    while (top.getParent().isPresent() && top.getTestMethod().isPresent()) {
      top = top.getParent().get();
    }
    @SuppressWarnings("unchecked")
    List<String> lines =
        (List<String>) top.getStore(HERE).computeIfAbsent("lines", key -> new ArrayList<String>());
    return lines;
  }

  @Override
  public void testSuccessful(ExtensionContext context) {
    lines(context).add("ran      " + context.getDisplayName());
  }

  @Override
  public void testFailed(ExtensionContext context, Throwable cause) {
    lines(context).add("failed   " + context.getDisplayName());
  }

  @Override
  public void testAborted(ExtensionContext context, Throwable cause) {
    lines(context).add("not run  " + context.getDisplayName() + ": " + cause.getMessage());
  }

  @Override
  public void testDisabled(ExtensionContext context, Optional<String> reason) {
    lines(context).add("not run  " + context.getDisplayName() + ": " + reason.orElse(""));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    System.out.println(
        context.getDisplayName() + " against " + MongoServer.shared().describe() + ":");
    lines(context).forEach(line -> System.out.println("  " + line));
  }
}
