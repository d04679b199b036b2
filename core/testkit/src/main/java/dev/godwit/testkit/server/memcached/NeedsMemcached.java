package dev.godwit.testkit.server.memcached;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Leaves tests out where there is no Memcached on this machine, and says so in a line for each
 * class; on a build server ({@code CI=true}) that is a failure.
 */
public final class NeedsMemcached implements ExecutionCondition {
  private static final String MISSING =
      "there is no memcached: install Debian's package memcached, or let GODWIT_TEST_MEMCACHED name"
          + " the program";

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (MemcachedProgram.find().isPresent()) {
      return ConditionEvaluationResult.enabled("");
    } else if ("true".equals(System.getenv("CI"))) {
      throw new IllegalStateException(MISSING);
    }
    if (context.getTestMethod().isEmpty()) {
      System.out.println("not run  " + context.getDisplayName() + ": " + MISSING);
    }
    return ConditionEvaluationResult.disabled(MISSING);
  }
}
