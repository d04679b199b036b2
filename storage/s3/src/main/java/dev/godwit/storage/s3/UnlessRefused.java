package dev.godwit.storage.s3;

import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.AcquireInitialTokenResponse;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RecordSuccessResponse;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;

/**
 * Tries again as another strategy does, but not with a server that is not to be trusted: it will be
 * the same one the next time, and the SDK takes it for a broken connection.
 */
record UnlessRefused(RetryStrategy otherwise) implements RetryStrategy {
  @Override
  public RefreshRetryTokenResponse refreshRetryToken(RefreshRetryTokenRequest request) {
    Throwable failure = request.failure();
    if (Https.isRefusal(failure)) {
      throw new TokenAcquisitionFailedException("no trust", request.token(), failure);
    }
    return otherwise.refreshRetryToken(request);
  }

  @Override
  public AcquireInitialTokenResponse acquireInitialToken(AcquireInitialTokenRequest request) {
    return otherwise.acquireInitialToken(request);
  }

  @Override
  public RecordSuccessResponse recordSuccess(RecordSuccessRequest request) {
    return otherwise.recordSuccess(request);
  }

  @Override
  public int maxAttempts() {
    return otherwise.maxAttempts();
  }

  @Override
  public Builder<?, ?> toBuilder() {
    return otherwise.toBuilder();
  }
}
