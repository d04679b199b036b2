package dev.godwit.storage.s3;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The login of a profile that an address names. It goes ahead of the environment, as {@code
 * --profile} does in AWS's own tools: who names a profile means it.
 */
final class ProfileLogin implements AwsCredentialsProvider {
  private final String profile;
  private final AwsCredentialsProvider login;

  ProfileLogin(String profile) {
    this.profile = profile;
    this.login = ProfileCredentialsProvider.create(profile);
  }

  @Override
  public AwsCredentials resolveCredentials() {
    try {
      return login.resolveCredentials();
    } catch (SdkException e) {
      // The SDK names every profile that there is.
      boolean none = String.valueOf(e.getMessage()).startsWith("Profile file contained no");
      throw none ? failure("", e) : failure(": " + S3Failure.why(e), e);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw failure(": " + S3Failure.why(e), e);
    }
  }

  private GodwitException failure(String why, RuntimeException cause) {
    return new GodwitException(
        ExitCode.FAILED,
        "there is no login for S3 in the profile " + profile + why,
        "look at ~/.aws/credentials and ~/.aws/config, or leave out ?profile=NAME",
        cause);
  }
}
